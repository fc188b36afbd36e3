import * as fc from 'fast-check';
import {
  addDays,
  atLocal,
  civilDateOf,
  daysBetween,
  isCivilDate,
  isInstant,
  localTimeOf,
  nextAtLocal,
  minutesBetween,
  parseInstant,
  plusHours,
  plusMinutes,
  plusSeconds,
  secondsBetween,
  startOfDay,
  startOfNextDay,
  wholeDays,
} from '../../../src/domain/time/civil-time';
import { anyDate, anyInstant } from '../../support/arbitrary-time';
import { holdsFor } from '../../support/holds-for';

describe('instants', () => {
  it.each([
    ['2026-11-25T10:00:00Z', '2026-11-25T10:00:00.000Z'],
    ['2026-11-25T12:00+02:00', '2026-11-25T10:00:00.000Z'],
    ['2026-11-25T12:00:00.1234567+02', '2026-11-25T10:00:00.123Z'],
    ['2026-11-25T12:00:00,5+0200', '2026-11-25T10:00:00.500Z'],
    ['20261125T100000Z', '2026-11-25T10:00:00.000Z'],
    ['2026-W48-3T10:00Z', '2026-11-25T10:00:00.000Z'],
    ['2026-12-31T23:30:00-01:00', '2027-01-01T00:30:00.000Z'],
    ['2024-02-29T00:00:00-00:00', '2024-02-29T00:00:00.000Z'],
  ])('reads %s', (text, instant) => {
    expect(parseInstant(text)).toBe(instant);
  });

  it.each([
    '2026-11-25T10:00:00', // no offset: whose hour would it be?
    '2026-11-25',
    '2026-11-25Z',
    '10:00Z',
    '2026-02-29T10:00:00Z',
    '2026-13-01T10:00:00Z',
    '2026-11-25T25:00:00Z',
    '2026-11-25T10:00:60Z',
    '2026-11-25T10:00:00+25:00',
    '2026-11-25T10:00:00+02:60',
    '2026-11-25T10:00:00[Europe/Bucharest]',
    '+012026-11-25T10:00:00Z',
    ' 2026-11-25T10:00:00Z',
    '2026-11-25T10:00:00Z\n',
    'tomorrow',
    '',
  ])('refuses %j', (text) => {
    expect(parseInstant(text)).toBeUndefined();
    expect(isInstant(text)).toBe(false);
  });

  it('calls only the canonical form an instant, since two of them must compare as strings', () => {
    expect(isInstant('2026-11-25T10:00:00.000Z')).toBe(true);
    expect(isInstant('2026-11-25T10:00:00Z')).toBe(false);
    expect(isInstant('2026-11-25T12:00:00.000+02:00')).toBe(false);
  });

  it('orders canonical instants as strings just as in time, and adding keeps them canonical', () => {
    holdsFor(300, [anyInstant, fc.integer({ min: -10_000_000, max: 10_000_000 })], (instant, seconds) => {
      const later = plusSeconds(instant, seconds);
      expect(isInstant(later)).toBe(true);
      expect(secondsBetween(instant, later)).toBe(seconds);
      expect(Math.sign(seconds)).toBe(later > instant ? 1 : later < instant ? -1 : 0);
    });
  });

  it('adds and measures elapsed time, not wall time', () => {
    expect(plusHours('2026-10-24T21:30:00.000Z', 5)).toBe('2026-10-25T02:30:00.000Z');
    expect(plusMinutes('2026-11-25T10:00:00.000Z', 90)).toBe('2026-11-25T11:30:00.000Z');
    expect(minutesBetween('2026-11-25T10:00:00.000Z', '2026-11-25T10:00:30.000Z')).toBe(0.5);
    expect(minutesBetween(startOfDay('2026-10-25'), startOfNextDay('2026-10-25'))).toBe(25 * 60);
    expect(minutesBetween(startOfDay('2026-03-29'), startOfNextDay('2026-03-29'))).toBe(23 * 60);
  });

  it('takes days whole, and leaves open the end at which no day is named', () => {
    const [from, before] = ['2026-10-24T21:00:00.000Z', '2026-10-26T22:00:00.000Z'];
    expect(wholeDays({ from: '2026-10-25', to: '2026-10-26' })).toEqual({ from, before });
    expect(wholeDays({ from: '2026-10-25', to: undefined })).toStrictEqual({ from });
    expect(wholeDays({ to: '2026-10-26' })).toStrictEqual({ before });
    expect(wholeDays({})).toStrictEqual({});
  });
});

describe('civil dates', () => {
  it.each(['2026-02-28', '2024-02-29', '2000-02-29'])('%s is a date', (text) => {
    expect(isCivilDate(text)).toBe(true);
  });
  it.each(['2026-02-29', '2026-2-8', '26-02-08', '2026-00-10', '2026-04-31', '2026-11-25T10:00', '20261125', '2026-W48', ''])(
    '%j is not',
    (text) => {
      expect(isCivilDate(text)).toBe(false);
    },
  );
  it.each(['0000-01-01', '0999-12-31', '9000-01-01', '9999-12-31'])(
    '%s is none of ours: days counted from it would leave the years of four digits, and their order',
    (text) => {
      expect(isCivilDate(text)).toBe(false);
    },
  );

  it('counts days over ends of years and leap days', () => {
    expect(addDays('2023-12-31', 1)).toBe('2024-01-01');
    expect(addDays('2024-02-28', 2)).toBe('2024-03-01');
    expect(addDays('2026-03-01', -1)).toBe('2026-02-28');
    expect(daysBetween('2026-03-28', '2026-03-30')).toBe(2);
    expect(daysBetween('2026-11-25', '2026-11-25')).toBe(0);
    expect(daysBetween('2027-01-01', '2026-01-01')).toBe(-365);
  });

  it('adding days is undone by counting them', () => {
    holdsFor(300, [anyDate, fc.integer({ min: -4000, max: 4000 })], (date, days) => {
      expect(daysBetween(date, addDays(date, days))).toBe(days);
    });
  });
});

describe('the wall clock of Bucharest', () => {
  it('tells date and time from an instant', () => {
    expect(civilDateOf('2026-11-25T21:59:59.999Z')).toBe('2026-11-25');
    expect(civilDateOf('2026-11-25T22:00:00.000Z')).toBe('2026-11-26');
    expect(civilDateOf('2026-07-01T21:00:00.000Z')).toBe('2026-07-02');
    expect(localTimeOf('2026-11-25T22:00:00.000Z')).toBe('00:00');
    expect(localTimeOf('2026-07-01T06:15:00.000Z')).toBe('09:15');
  });

  it('shows the repeated hour of October twice', () => {
    expect(localTimeOf('2026-10-25T00:30:00.000Z')).toBe('03:30');
    expect(localTimeOf('2026-10-25T01:30:00.000Z')).toBe('03:30');
  });

  it('reads a repeated wall time as its first passing and a skipped one as long after midnight', () => {
    expect(atLocal('2026-10-25', '03:30')).toBe('2026-10-25T00:30:00.000Z');
    expect(atLocal('2026-10-25', '02:59')).toBe('2026-10-24T23:59:00.000Z');
    expect(atLocal('2026-10-25', '04:00')).toBe('2026-10-25T02:00:00.000Z');
    expect(atLocal('2026-03-29', '02:59')).toBe('2026-03-29T00:59:00.000Z');
    expect(atLocal('2026-03-29', '03:30')).toBe('2026-03-29T01:30:00.000Z');
    expect(atLocal('2026-03-29', '04:00')).toBe('2026-03-29T01:00:00.000Z');
  });

  it('tells when it shows a time next: later today, or tomorrow, also from that very moment on', () => {
    expect(nextAtLocal('21:00', '2026-03-28T18:59:59.999Z')).toBe('2026-03-28T19:00:00.000Z');
    expect(nextAtLocal('21:00', '2026-03-28T19:00:00.000Z')).toBe('2026-03-29T18:00:00.000Z');
    expect(nextAtLocal('07:00', '2026-03-28T22:30:00.000Z')).toBe('2026-03-29T04:00:00.000Z');
  });

  it('begins a day at midnight in Bucharest, on the days of a change too', () => {
    expect(startOfDay('2026-11-25')).toBe('2026-11-24T22:00:00.000Z');
    expect(startOfDay('2026-10-25')).toBe('2026-10-24T21:00:00.000Z');
    expect(startOfNextDay('2026-10-25')).toBe('2026-10-25T22:00:00.000Z');
    expect(startOfDay('2026-03-29')).toBe('2026-03-28T22:00:00.000Z');
    expect(startOfNextDay('2026-03-29')).toBe('2026-03-29T21:00:00.000Z');
  });

  it('reads back the wall time it was given, whenever the wall showed it', () => {
    const quarter = fc.integer({ min: 0, max: 95 });
    fc.assert(
      fc.property(anyDate, quarter, (date, quarters) => {
        const time = `${String(Math.floor(quarters / 4)).padStart(2, '0')}:${String((quarters % 4) * 15).padStart(2, '0')}`;
        const instant = atLocal(date, time);
        const skipped = localTimeOf(instant) !== time;
        expect(skipped).toBe(skipped && minutesBetween(startOfDay(date), startOfNextDay(date)) === 23 * 60 && time.startsWith('03'));
        expect(civilDateOf(instant)).toBe(date);
      }),
      {
        numRuns: 500,
        examples: [
          ['2026-03-29', 14],
          ['2026-10-25', 14],
          ['2026-03-29', 11],
          ['2026-03-29', 16],
        ],
      },
    );
  });
});
