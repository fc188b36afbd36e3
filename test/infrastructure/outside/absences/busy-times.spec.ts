import { busyTimes } from '../../../../src/infrastructure/outside/absences/busy-times';
import type { BusyTimes } from '../../../../src/infrastructure/outside/absences/calendar-read';
import { readCalendar } from '../../../../src/infrastructure/outside/absences/take-calendar';
import { calendarOf, eventOf, ownZone } from '../../../support/calendars';

/** Monday, 2 March 2026, 10:00 in Cluj, and 60 days. */
const window = { from: '2026-03-02T08:00:00.000Z', to: '2026-05-01T21:00:00.000Z' };
const read = (text: string): BusyTimes => {
  const found = busyTimes(text, window);
  if (found.kind !== 'read') throw new Error(found.why);
  return found;
};
const busyIn = (...lines: readonly string[]): readonly string[] => {
  const { busy, unreadable } = read(calendarOf(ownZone, eventOf(...lines)));
  expect(unreadable).toEqual([]);
  return busy.map(({ from, to }) => `${from.slice(0, 16)} ${to.slice(0, 16)}`);
};

describe('A16: the busy times of a calendar', () => {
  it.each([
    ['in UTC', ['DTSTART:20260305T080000Z', 'DTEND:20260305T090000Z'], ['2026-03-05T08:00 2026-03-05T09:00']],
    ['without a zone', ['DTSTART:20260305T080000', 'DTEND:20260305T090000'], ['2026-03-05T06:00 2026-03-05T07:00']],
    ['with a duration', ['DTSTART:20260305T080000', 'DURATION:PT90M'], ['2026-03-05T06:00 2026-03-05T07:30']],
    [
      'in a zone of the tz database that the calendar does not explain',
      ['DTSTART;TZID=Europe/Berlin:20260305T080000', 'DTEND;TZID=Europe/Berlin:20260305T090000'],
      ['2026-03-05T07:00 2026-03-05T08:00'],
    ],
    [
      'in a zone as Windows calls it',
      ['DTSTART;TZID=GTB Standard Time:20260405T080000', 'DTEND;TZID=GTB Standard Time:20260405T090000'],
      ['2026-04-05T05:00 2026-04-05T06:00'],
    ],
    [
      'in the zone that the calendar explains itself',
      ['DTSTART;TZID=Of the house:20260305T080000', 'DTEND;TZID="Of the house":20260305T090000'],
      ['2026-03-05T03:00 2026-03-05T04:00'],
    ],
    [
      'whole days, those of Bucharest, over the night when the clock changes',
      ['DTSTART;VALUE=DATE:20260328', 'DTEND;VALUE=DATE:20260330'],
      ['2026-03-27T22:00 2026-03-29T21:00'],
    ],
    ['a whole day without an end', ['DTSTART;VALUE=DATE:20260310'], ['2026-03-09T22:00 2026-03-10T22:00']],
    ['under way already', ['DTSTART:20260301T080000Z', 'DTEND:20260304T080000Z'], ['2026-03-01T08:00 2026-03-04T08:00']],
    ['over', ['DTSTART:20260301T080000Z', 'DTEND:20260302T080000Z'], []],
    ['after the horizon', ['DTSTART:20260601T080000Z', 'DTEND:20260602T080000Z'], []],
    ['a moment', ['DTSTART:20260305T080000Z'], []],
    ['marked free', ['DTSTART:20260305T080000Z', 'DTEND:20260305T090000Z', 'TRANSP:TRANSPARENT'], []],
    ['called off', ['DTSTART:20260305T080000Z', 'DTEND:20260305T090000Z', 'STATUS:CANCELLED'], []],
    ['not yet certain', ['DTSTART:20260305T080000Z', 'DTEND:20260305T090000Z', 'STATUS:TENTATIVE'], ['2026-03-05T08:00 2026-03-05T09:00']],
    [
      'a meeting of ours that comes back from where it was sent',
      ['UID:0198c0de@tichet-albastru', 'DTSTART:20260305T080000Z', 'DTEND:20260305T081500Z'],
      [],
    ],
  ])('%s', (_, lines, expected) => {
    expect(busyIn(...lines)).toEqual(expected);
  });

  it('a series keeps its hour on the wall when the clock changes, without the days that were called off', () => {
    const every = ['DTSTART;TZID=Europe/Bucharest:20250106T090000', 'DTEND;TZID=Europe/Bucharest:20250106T100000'];
    expect(busyIn(...every, 'RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20260413T060000Z', 'EXDATE;TZID=Europe/Bucharest:20260316T090000')).toEqual([
      '2026-03-09T07:00 2026-03-09T08:00',
      '2026-03-23T07:00 2026-03-23T08:00',
      '2026-03-30T06:00 2026-03-30T07:00',
      '2026-04-06T06:00 2026-04-06T07:00',
      '2026-04-13T06:00 2026-04-13T07:00',
    ]);
    // Outlook
    expect(busyIn(...every, 'RRULE:FREQ=WEEKLY;COUNT=62', 'EXDATE;VALUE=DATE:20260309')).toEqual([]);
  });

  it('one of a series that was moved, called off or freed by itself', () => {
    const uid = 'UID:series@somewhere.example';
    const { busy, unreadable } = read(
      calendarOf(
        eventOf(uid, 'DTSTART:20260303T080000Z', 'DTEND:20260303T090000Z', 'RRULE:FREQ=DAILY;COUNT=4'),
        eventOf(uid, 'RECURRENCE-ID:20260304T080000Z', 'DTSTART:20260304T120000Z', 'DTEND:20260304T123000Z'),
        eventOf(uid, 'RECURRENCE-ID:20260305T080000Z', 'DTSTART:20260305T080000Z', 'DTEND:20260305T090000Z', 'STATUS:CANCELLED'),
        eventOf('DTSTART:20260303T080000Z', 'DTEND:20260303T090000Z'),
      ),
    );
    expect(unreadable).toEqual([]);
    expect(busy.map(({ from }) => from.slice(0, 16))).toEqual(['2026-03-03T08:00', '2026-03-04T12:00', '2026-03-06T08:00']);
  });

  it('says by its line what it cannot read, and reads the rest', () => {
    const text = calendarOf(
      eventOf('DTSTART:20260305T080000Z', 'DTEND:20260305T090000Z'),
      eventOf('DTSTART:soon', 'DTEND:20260305T090000Z'),
      eventOf('DTSTART;TZID=Middle-earth:20260305T080000', 'DTEND;TZID=Middle-earth:20260305T090000'),
      eventOf('DTSTART:20260305T080000Z', 'DTEND:20260305T080001Z', 'RRULE:FREQ=SECONDLY'),
      eventOf('DTSTART:10260305T080000Z', 'DTEND:10260305T090000Z', 'RRULE:FREQ=DAILY'),
      eventOf('SUMMARY:Nothing else'),
    );
    const { busy, unreadable, events } = read(text);
    expect(busy).toEqual([{ from: '2026-03-05T08:00:00.000Z', to: '2026-03-05T09:00:00.000Z' }]);
    expect(events).toBe(6);
    expect(unreadable.map(({ why }) => why)).toEqual(['time', 'zone', 'rule', 'too-many', 'time']);
    const lines = text.split('\r\n');
    for (const { line } of unreadable) expect(lines[line - 1]).toBe('BEGIN:VEVENT');
    expect(JSON.stringify({ busy, unreadable })).not.toContain('Canarul');
  });

  it.each([
    ['nothing', '', 'not-a-calendar'],
    ['a page', '<!doctype html><html><body>Sign in</body></html>', 'not-a-calendar'],
    ['half a file', calendarOf(eventOf('DTSTART:20260305T080000Z', 'DTEND:20260305T090000Z')).slice(0, 120), 'cut-short'],
    ['a file without its last line', calendarOf(eventOf('DTSTART:20260305T080000Z')).replace('END:VCALENDAR\r\n', ''), 'cut-short'],
  ])('%s is no calendar', (_, text, why) => {
    expect(busyTimes(text, window)).toEqual({ kind: 'no-calendar', why });
  });

  it('a calendar that is folded, begins with a mark and ends its lines as it likes is read all the same', () => {
    const folded = calendarOf(eventOf('DTSTART:20260305T080000Z', 'DTEND:20260305T090000Z')).replace('T080000Z', 'T08\r\n 0000Z');
    expect(read(`\uFEFF${folded.replaceAll('\r\n', '\n')}`).busy).toHaveLength(1);
  });
});

describe('a calendar that nobody can compute', () => {
  it('ends its thread and nothing else', async () => {
    const never = ['DTSTART:20260301T000000Z', 'DTEND:20260301T010000Z', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'];
    expect(await readCalendar(calendarOf(eventOf(...never)), window, 1500)).toEqual({ kind: 'no-calendar', why: 'too-hard' });
    const fine = calendarOf(eventOf('DTSTART:20260305T080000Z', 'DTEND:20260305T090000Z'));
    expect(await readCalendar(fine, window, 600_000)).toMatchObject({ kind: 'read', events: 1 });
  });

  it('takes two threads at most, however many are handed in at once, and the next one has its turn', async () => {
    const never = calendarOf(eventOf('DTSTART:20260301T000000Z', 'DTEND:20260301T010000Z', 'RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30'));
    const began = Date.now();
    const all = Array.from({ length: 6 }, () => readCalendar(never, window, 300));
    expect(await Promise.all(all)).toEqual(Array.from({ length: 6 }, () => ({ kind: 'no-calendar', why: 'too-hard' })));
    // three pairs, one after the other
    expect(Date.now() - began).toBeGreaterThanOrEqual(3 * 300 - 50);
    const fine = calendarOf(eventOf('DTSTART:20260305T080000Z', 'DTEND:20260305T090000Z'));
    expect(await readCalendar(fine, window, 600_000)).toMatchObject({ kind: 'read', events: 1 });
  });
});
