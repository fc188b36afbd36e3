import { hoursInText, typedHours, typedWeek } from '../../../../src/infrastructure/web/schedule/hours-text';

describe('the hours of a day as typed', () => {
  it.each([
    ['', []],
    ['08:00–16:00', [['08:00', '16:00']]],
    ['8-16', [['08:00', '16:00']]],
    [
      '8:00 - 12:00, 13.00—17.30',
      [
        ['08:00', '12:00'],
        ['13:00', '17:30'],
      ],
    ],
    [
      '8–12; 13–16',
      [
        ['08:00', '12:00'],
        ['13:00', '16:00'],
      ],
    ],
    [
      '08:00 până la 12:00 și 13:00 până la 16:00',
      [
        ['08:00', '12:00'],
        ['13:00', '16:00'],
      ],
    ],
    [
      '8 to 12 and 13 to 16',
      [
        ['08:00', '12:00'],
        ['13:00', '16:00'],
      ],
    ],
  ])('%p', (text, hours) => {
    expect(typedHours(text)).toEqual(hours);
  });

  it.each(['abc', '8', '8-', '-16', '8-12-16', '8-25', '08:00–16:00,', '\u202e8-16', '<script>'])('%p cannot be read', (text) => {
    expect(typedHours(text)).toBeUndefined();
  });

  it('A16: reads what it writes, however many stretches a day has', () => {
    const hours = [
      ['08:00', '10:00'],
      ['10:15', '12:00'],
      ['13:00', '16:00'],
    ] as const;
    expect(typedHours(hoursInText(hours))).toEqual(hours);
  });

  it('leaves days without hours out of a week, and names those that it could not read', () => {
    const typed = new Map([
      ['mon', '8-16'],
      ['tue', 'abc'],
    ]);
    expect(typedWeek((day) => typed.get(day) ?? '')).toEqual({ week: { mon: [['08:00', '16:00']] }, unread: ['tue'] });
  });
});
