import { spawnSync } from 'node:child_process';
import ICAL from 'ical.js';
import { cancelTicket } from '../../../../src/application/booking/cancel-ticket';
import { reassignTicket, rescheduleTicket } from '../../../../src/application/booking/move-meeting';
import { requestTicket } from '../../../../src/application/booking/request-ticket';
import { isRefusal } from '../../../../src/domain/kernel/refusal';
import { recordingNotice } from '../../../../src/domain/ticket/request-ticket';
import { createWorld, request, type World } from '../../../application/kernel/processes/world';

/** What a calendar program knows of a meeting after a letter; instants in UTC. */
type Known = {
  readonly uid: string;
  readonly sequence: number;
  readonly method: string;
  readonly status: string;
  readonly stamp: string;
  readonly startsAt: string;
  readonly endsAt: string;
  readonly organizer: string;
  readonly attendee: string;
};

const byIcalJs = (content: string): Known => {
  const calendar = ICAL.Component.fromString(content);
  const zone = new ICAL.Timezone(calendar.getFirstSubcomponent('vtimezone') ?? new ICAL.Component('vtimezone'));
  const vevent = calendar.getFirstSubcomponent('vevent') ?? new ICAL.Component('vevent');
  const event = new ICAL.Event(vevent);
  const instant = (name: string): string => {
    const time = vevent.getFirstPropertyValue(name);
    if (!(time instanceof ICAL.Time)) throw new Error(`no ${name}`);
    const there = time.clone();
    if (there.zone !== ICAL.Timezone.utcTimezone) there.zone = zone;
    return new Date(there.toUnixTime() * 1000).toISOString();
  };
  return {
    uid: event.uid,
    sequence: event.sequence,
    method: String(calendar.getFirstPropertyValue('method')),
    status: String(vevent.getFirstPropertyValue('status')),
    stamp: instant('dtstamp'),
    startsAt: instant('dtstart'),
    endsAt: instant('dtend'),
    organizer: event.organizer,
    attendee: String(event.attendees[0]?.getFirstValue()),
  };
};

/** The same, by python3-icalendar (Debian), which shares no line with ical.js. */
const script = `
import json, sys
from datetime import timezone
from icalendar import Calendar
def instant(time):
    return time.astimezone(timezone.utc).strftime('%Y-%m-%dT%H:%M:%S.000Z')
known = []
for content in json.load(sys.stdin):
    calendar = Calendar.from_ical(content)
    assert len(calendar.walk('VTIMEZONE')) == 1 and len(calendar.walk('VEVENT')) == 1
    calendar.walk('VTIMEZONE')[0].to_tz()
    event = calendar.walk('VEVENT')[0]
    assert str(event['DTSTART'].params['TZID']) == str(calendar.walk('VTIMEZONE')[0]['TZID'])
    known.append(dict(uid=str(event['UID']), sequence=int(event['SEQUENCE']), method=str(calendar['METHOD']), status=str(event['STATUS']),
        stamp=instant(event['DTSTAMP'].dt), startsAt=instant(event['DTSTART'].dt), endsAt=instant(event['DTEND'].dt),
        organizer=str(event['ORGANIZER']), attendee=str(event['ATTENDEE'])))
print(json.dumps(known))
`;
const python = (source: string, input = ''): string | undefined => {
  const { status, stdout, stderr } = spawnSync('python3', ['-c', source], { input, encoding: 'utf8' });
  if (status !== 0 && input !== '') throw new Error(stderr);
  return status === 0 ? stdout : undefined;
};
const hasIcalendar = python('import icalendar') !== undefined;
if (!hasIcalendar) console.warn('python3-icalendar is not installed: the second calendar program is skipped.');
const itWithPython = hasIcalendar ? it : it.skip;

/** The calendar of somebody who got these letters (RFC 5546, 2.1.5): a lower number never undoes a higher one. */
const calendarAfter = (letters: readonly Known[]): ReadonlyMap<string, Known> => {
  const calendar = new Map<string, Known>();
  for (const letter of letters) {
    const { sequence = -1, stamp = '' } = calendar.get(letter.uid) ?? {};
    if (letter.sequence > sequence || (letter.sequence === sequence && letter.stamp >= stamp)) calendar.set(letter.uid, letter);
  }
  return calendar;
};

const friday = '2026-10-23T07:00:00.000Z';
/** After the clocks went back: 10:00 in Cluj as well. */
const monday = '2026-10-26T08:00:00.000Z';
const tuesday = '2026-10-27T08:15:00.000Z';

describe('Art. 3 e, 5, 8: the calendar entries of a whole life, across the clock change of October', () => {
  let world: World;
  let contents: readonly string[];
  beforeAll(async () => {
    world = createWorld();
    world.clock.set('2026-10-20T07:00:00.000Z');
    await world.open();
    await world.registerStaff('S-099');
    const done = <T>(outcome: T): T => {
      if (isRefusal(outcome)) throw new Error(outcome.code);
      return outcome;
    };
    const { ports } = world;
    const ticketId = ports.identifiers.next();
    const contact = { email: 'ion@example.org', phone: '0740123456', recordingNoticeVersion: recordingNotice.version };
    const asked = { ticketId, holdId: ports.identifiers.next(), request, startsAt: friday, mode: 'online' as const, ...contact };
    done(await requestTicket(ports)(world.context('citizen'), asked));
    await world.verify(ticketId);
    await world.drain();
    for (const [startsAt, by] of [[monday, { by: 'staff', reason: 'illness' }] as const, [tuesday, { by: 'citizen' }] as const]) {
      world.clock.advance({ minutes: 5 });
      const move = { ticketId, holdId: ports.identifiers.next(), startsAt, ...by };
      done(await rescheduleTicket(ports)(world.context(), move));
      await world.drain();
    }
    world.clock.advance({ minutes: 5 });
    const other = { ticketId, holdId: ports.identifiers.next(), staffId: 'S-099', reason: 'Dosarul a fost preluat.' };
    done(await reassignTicket(ports)(world.context(), other));
    await world.drain();
    world.clock.advance({ minutes: 5 });
    done(await cancelTicket(ports)(world.context('citizen'), { ticketId, by: 'citizen' }));
    await world.drain();
    contents = world.mail.letters.flatMap(({ calendar }) => (calendar === undefined ? [] : [calendar.content]));
  });

  it('A19: each letter says how often the citizen may still move it: what staff move does not count', () => {
    const told = world.mail.letters.flatMap(
      ({ text }) => / la altă oră, (o dată|de cel mult \d+ ori);/.exec(text.replace(/\s+/g, ' '))?.[1] ?? [],
    );
    expect([...new Set(told)]).toEqual(['de cel mult 2 ori', 'o dată']);
  });

  const expectALife = (letters: readonly Known[]): void => {
    expect(new Set(letters.map(({ uid }) => uid)).size).toBe(1);
    const sequences = letters.map(({ sequence }) => sequence);
    expect(sequences).toEqual([...new Set(sequences)].sort((a, b) => a - b));
    const starts = letters.map(({ startsAt }) => startsAt);
    expect(starts.filter((start, index) => start !== starts[index - 1])).toEqual([friday, monday, tuesday]);
    for (const { startsAt, endsAt } of letters) expect(Date.parse(endsAt) - Date.parse(startsAt)).toBe(15 * 60_000);
    expect(letters.map(({ method }) => method)).toEqual([...letters.slice(1).map(() => 'REQUEST'), 'CANCEL']);
    expect(letters.map(({ status }) => status)).toEqual([...letters.slice(1).map(() => 'CONFIRMED'), 'CANCELLED']);
    expect(new Set(letters.map(({ organizer }) => organizer))).toEqual(new Set(['mailto:tichet@primaria.example']));
    expect(new Set(letters.map(({ attendee }) => attendee))).toEqual(new Set(['mailto:ion@example.org']));
    expect([...calendarAfter(letters).values()]).toEqual([letters.at(-1)]);
    // Whatever the order in which they arrive, the last word counts.
    expect([...calendarAfter([...letters].reverse()).values()]).toEqual([letters.at(-1)]);
  };

  it('ical.js: one entry, rising numbers, the last state wins', () => {
    expect(contents.length).toBeGreaterThanOrEqual(8);
    expectALife(contents.map(byIcalJs));
  });

  itWithPython('python3-icalendar: the same, instant by instant', () => {
    const known = JSON.parse(python(script, JSON.stringify(contents)) ?? '[]') as readonly Known[];
    expectALife(known);
    expect(known).toEqual(contents.map(byIcalJs));
  });

  it('is caught when a move is a new entry, or keeps its number', () => {
    const letters = contents.map(byIcalJs);
    const anew = letters.map((letter, index) => ({ ...letter, uid: `${letter.uid}${index}` }));
    expect(calendarAfter(anew).size).toBeGreaterThan(1);
    const same = letters.map((letter) => ({ ...letter, sequence: 0, stamp: letters[0]?.stamp ?? '' }));
    expect([...calendarAfter([...same].reverse()).values()][0]?.status).toBe('CONFIRMED');
  });
});
