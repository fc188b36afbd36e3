import ICAL from 'ical.js';
import type { Letter } from '../../../../src/application/kernel/ports/mailer';
import { compose, correspondence, head, joinUrl, meeting, requestOf } from './letter-requests';

const entryIn = (content: string) => {
  const calendar = ICAL.Component.fromString(content);
  const zone = calendar.getFirstSubcomponent('vtimezone');
  const event = calendar.getFirstSubcomponent('vevent');
  if (zone === null || event === null) throw new Error('no zone or no event');
  return { method: calendar.getFirstPropertyValue('method'), zone: new ICAL.Timezone(zone), event, read: new ICAL.Event(event) };
};
const calendarOf = (letter: Letter) => {
  if (letter.calendar === undefined) throw new Error('no calendar entry');
  return letter.calendar.content;
};
/** The instant that a calendar program makes of DTSTART or DTEND with the VTIMEZONE in the entry, and nothing else. */
const instantOf = (content: string, property: 'dtstart' | 'dtend') => {
  const { zone, event } = entryIn(content);
  const time = event.getFirstPropertyValue(property);
  if (!(time instanceof ICAL.Time)) throw new Error(`no ${property}`);
  const there = time.clone();
  there.zone = zone;
  return new Date(there.toUnixTime() * 1000).toISOString();
};

describe('Art. 3 e, 5: the calendar entry', () => {
  it('is an invitation to fifteen minutes in the wall time of Bucharest', () => {
    const content = calendarOf(compose('link'));
    const { method, event, read } = entryIn(content);
    expect(method).toBe('REQUEST');
    expect(content).toContain('DTSTART;TZID=Europe/Bucharest:20261126T100000\r\n');
    expect(content).toContain('DTEND;TZID=Europe/Bucharest:20261126T101500\r\n');
    expect(content).toContain('DTSTAMP:20261123T081500Z\r\n');
    expect(instantOf(content, 'dtstart')).toBe(meeting.slot.startsAt);
    expect(instantOf(content, 'dtend')).toBe(meeting.slot.endsAt);
    expect(read.uid).toBe(`${head.ticketId}@tichet-albastru`);
    expect(read.sequence).toBe(1);
    expect(read.organizer).toBe('mailto:tichet@primarie.example');
    expect(event.getFirstProperty('organizer')?.getParameter('cn')).toBe('Primăria municipiului Cluj-Napoca');
    expect(read.attendees.map((attendee) => attendee.getFirstValue())).toEqual([`mailto:${head.to}`]);
    expect(event.getFirstPropertyValue('url')).toBe(new URL(joinUrl).href);
    expect(event.getFirstPropertyValue('status')).toBe('CONFIRMED');
    expect(read.description).toContain('Győző Pop-Mureșan');
  });

  it.each([
    ['the last slot before the clock goes forward', '2027-03-26T11:45:00.000Z', '20270326T134500'],
    ['the first slot after the clock went forward', '2027-03-29T05:00:00.000Z', '20270329T080000'],
    ['the last slot before the clock goes back', '2026-10-23T10:45:00.000Z', '20261023T134500'],
    ['the first slot after the clock went back', '2026-10-26T06:00:00.000Z', '20261026T080000'],
    ['the second before the hour is skipped', '2027-03-28T00:45:00.000Z', '20270328T024500'],
    ['the hour after the skipped one', '2027-03-28T01:00:00.000Z', '20270328T040000'],
  ])('A7: %s keeps its instant', (_, startsAt, wall) => {
    const endsAt = new Date(Date.parse(startsAt) + 15 * 60_000).toISOString();
    const { content } = correspondence.calendarEntry({ ...head, ...meeting, locale: 'ro', cancelled: false, slot: { startsAt, endsAt } });
    expect(content).toContain(`DTSTART;TZID=Europe/Bucharest:${wall}\r\n`);
    expect(instantOf(content, 'dtstart')).toBe(startsAt);
    expect(instantOf(content, 'dtend')).toBe(endsAt);
  });

  it('Art. 8: every later entry of a ticket has the same UID and a higher SEQUENCE; a cancellation cancels', () => {
    const entries = (['invitation', 'link', 'rescheduled', 'reassigned', 'cancellation'] as const).map((kind) =>
      entryIn(calendarOf(compose(kind))),
    );
    expect(new Set(entries.map(({ read }) => read.uid)).size).toBe(1);
    expect(entries.map(({ read }) => read.sequence)).toEqual([0, 1, 2, 3, 4]);
    expect(entries.map(({ method }) => method)).toEqual(['REQUEST', 'REQUEST', 'REQUEST', 'REQUEST', 'CANCEL']);
    expect(entries.at(-1)?.event.getFirstPropertyValue('status')).toBe('CANCELLED');
  });

  it('Art. 3 e, 7: no entry before there is a meeting, nor after it', () => {
    for (const kind of ['code', 'resolution', 'staff-absent'] as const) expect(compose(kind).calendar).toBeUndefined();
  });

  it('Art. 3 d: says where a meeting in person is, and has no link then', () => {
    const { read, event } = entryIn(calendarOf(compose('in-person')));
    expect(read.location).toBe('str. Moților nr. 3, camera 12');
    expect(event.getFirstPropertyValue('url')).toBeNull();
  });

  it('A10: with no e-mail it is an entry to keep, without anybody invited', () => {
    const { ticketId, reference, publicUrl, issuedAt } = head;
    const { method, content } = correspondence.calendarEntry({
      ticketId,
      reference,
      publicUrl,
      issuedAt,
      ...meeting,
      mode: 'phone',
      locale: 'en',
      cancelled: false,
    });
    expect(method).toBe('PUBLISH');
    expect(entryIn(content).read.attendees).toEqual([]);
  });

  it('reminds a day and two hours before, and no more once the meeting was cancelled', () => {
    const alarmsOf = (content: string): unknown[] =>
      entryIn(content)
        .event.getAllSubcomponents('valarm')
        .map((alarm) => [alarm.getFirstPropertyValue('action'), String(alarm.getFirstPropertyValue('trigger'))]);
    expect(alarmsOf(calendarOf(compose('link')))).toEqual([
      ['DISPLAY', '-PT24H'],
      ['DISPLAY', '-PT2H'],
    ]);
    expect(alarmsOf(calendarOf(compose('cancellation')))).toEqual([]);
  });

  it('says where the page of the ticket is', () => {
    expect(entryIn(calendarOf(compose('link'))).read.description).toContain('https://tichet.primarie.example/tichet/TA-7H3K9QXZ');
  });

  it('lines are at most 75 octets, end in CR LF, and hostile names add none', () => {
    const name = 'Ana "Șef"; CN=x:\r\nATTENDEE:mailto:bad@x.example\n^n\u2028 ' + '👩‍👧'.repeat(60);
    const content = calendarOf(correspondence.compose({ ...requestOf('link', 'ro'), name }));
    expect(content.endsWith('END:VCALENDAR\r\n')).toBe(true);
    expect(content.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/u);
    for (const line of content.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    const { read, event } = entryIn(content);
    expect(read.attendees).toHaveLength(1);
    expect(event.getFirstPropertyValue('attendee')).toBe(`mailto:${head.to}`);
    expect(event.getFirstProperty('attendee')?.getParameter('cn')).toContain('Ana ’Șef’; CN=x: ATTENDEE:mailto:bad@x.example');
  });
});
