import { createHash } from 'node:crypto';
import ICAL from 'ical.js';
import type { Ports } from '../../../application/kernel/ports/ports';
import { type MeetingRow, type StaffCalendarRow, tables } from '../../../application/kernel/ports/tables';
import { closedAmong } from '../../../application/staff/staff-calendar';
import { sentences } from '../../phrasing/sentences';
import { local, property, romanianTime, utc } from '../mail/calendar-entry';
import { addDays, civilDateOf, startOfDay, zone } from '../../../domain/time/civil-time';

const daysBack = 30;
const mostMeetings = 1000;
/** Meetings that stand or took place; what was cancelled leaves the feed, and so does a ticket whose stream was closed. */
const shown = ['scheduled', 'staff-absent', 'in-progress', 'held', 'resolved', 'concluded', 'citizen-absent'];

const event = ({ ticketId, reference, mode, startsAt, endsAt, requestNumber }: MeetingRow, stampedAt: string): ICAL.Component => {
  const component = new ICAL.Component('vevent');
  for (const one of [
    property('uid', 'text', `${ticketId}@tichet-albastru`),
    property('dtstamp', 'date-time', utc(stampedAt)),
    property('dtstart', 'date-time', local(startsAt), { tzid: zone }),
    property('dtend', 'date-time', local(endsAt), { tzid: zone }),
    property('summary', 'text', `Tichet albastru ${reference}, ${sentences.ro.modes.feed[mode]}`),
    property('description', 'text', `Cererea nr. ${requestNumber}`),
    property('class', 'text', 'PRIVATE'),
  ]) {
    component.addProperty(one);
  }
  return component;
};

/** One person's meetings as a calendar to subscribe to. It names no citizen. */
export const staffFeed = async (ports: Ports, staffId: string): Promise<{ readonly content: string; readonly etag: string }> => {
  const now = ports.clock.now();
  const { rows } = await ports.readModels.select<StaffCalendarRow>(tables.staffCalendar, {
    where: [
      { column: 'staffId', is: staffId },
      { column: 'kind', is: 'meeting' },
      { column: 'status', in: shown },
      { column: 'startsAt', from: startOfDay(addDays(civilDateOf(now), -daysBack)) },
    ],
    orderBy: [{ column: 'startsAt' }],
    limit: mostMeetings,
  });
  const booked = rows.filter((row) => row.kind === 'meeting');
  const closed = await closedAmong(ports, booked);
  const meetings = booked.filter(({ ticketId }) => closed.get(ticketId) !== 'ticket');
  const calendar = new ICAL.Component('vcalendar');
  for (const one of [
    property('version', 'text', '2.0'),
    property('prodid', 'text', '-//Tichet albastru//Tichet albastru//RO'),
    property('calscale', 'text', 'GREGORIAN'),
    property('refresh-interval', 'duration', 'PT15M'),
    // what Outlook reads instead of the line above
    property('x-published-ttl', 'unknown', 'PT15M'),
    property('x-wr-calname', 'text', 'Tichet albastru'),
  ]) {
    calendar.addProperty(one);
  }
  calendar.addSubcomponent(ICAL.Component.fromString(romanianTime));
  for (const meeting of meetings) calendar.addSubcomponent(event(meeting, now));
  const said = meetings.map(({ ticketId, startsAt, mode, requestNumber }) => [ticketId, startsAt, mode, requestNumber]);
  return { content: `${calendar.toString()}\r\n`, etag: `"${createHash('sha256').update(JSON.stringify(said)).digest('base64url')}"` };
};
