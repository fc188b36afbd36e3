import ICAL from 'ical.js';
import { tzlib_get_ical_block as timeZoneBlock } from 'timezones-ical-library';
import type { Instant } from '../../../domain/kernel/fact';
import type { Slot } from '../../../domain/time/slot';
import type { CalendarEntry } from '../../../application/kernel/ports/correspondence';
import { cleanLine, cleanLines } from './clean-text';
import { civilDateOf, localTimeOf, zone } from '../../../domain/time/civil-time';

// The library does not count the blank before a continued line, which RFC 5545 does: 75 octets a line.
ICAL.foldLength = 74;

/** A mailbox as a calendar names it. */
export type Party = { readonly name: string; readonly address: string };

/** One meeting as a calendar keeps it. All texts are cleaned here. */
export type CalendarMeeting = {
  readonly ticketId: string;
  readonly slot: Slot;
  readonly sequence: number;
  readonly cancelled: boolean;
  /** DTSTAMP: when this version of the entry was made */
  readonly stampedAt: Instant;
  readonly summary: string;
  readonly description: string;
  readonly location: string;
  readonly url?: string;
  /** hours before the meeting at which the citizen's own calendar reminds them, at any hour of the day */
  readonly remindHoursBefore: readonly number[];
  readonly organizer: Party;
  readonly attendee?: Party;
};

export const utc = (instant: Instant): string => `${instant.slice(0, 19)}Z`;
/** The clocks of Romania differ from those of UTC by whole minutes. */
export const local = (instant: Instant): string => `${civilDateOf(instant)}T${localTimeOf(instant)}:${instant.slice(17, 19)}`;

/** The same in every entry: read and written once. */
export const romanianTime = ((): string => {
  const [block] = timeZoneBlock(zone);
  if (block === undefined) throw new Error(`no time zone block for ${zone}`);
  return ICAL.Component.fromString(block).toString();
})();

export const property = (
  name: string,
  type: string,
  value: string | number,
  parameters: Readonly<Record<string, string>> = {},
): ICAL.Property => new ICAL.Property([name, parameters, type, value]);

// A double quote has no place in a parameter's value (RFC 5545, 3.2), and a circumflex would start an escape (RFC 6868).
const commonName = (name: string): string => cleanLine(name).replace(/["^]/gu, '’').slice(0, 200);

const reminder = (hours: number, text: string): ICAL.Component => {
  const alarm = new ICAL.Component('valarm');
  alarm.addProperty(property('action', 'text', 'DISPLAY'));
  alarm.addProperty(property('description', 'text', text));
  alarm.addProperty(property('trigger', 'duration', `-PT${hours}H`));
  return alarm;
};

/**
 * An invitation (RFC 5545, 5546) to the fifteen minutes of Art. 6, in the wall time of Romania.
 * One UID for the life of a ticket: a later entry replaces the earlier by its SEQUENCE.
 */
export const calendarEntry = (meeting: CalendarMeeting): CalendarEntry => {
  const { attendee, organizer } = meeting;
  // Without an invited person it is a notice to keep: RFC 5546 asks for an attendee in REQUEST and forbids it in PUBLISH.
  const method = attendee === undefined ? (meeting.cancelled ? 'CANCEL' : 'PUBLISH') : meeting.cancelled ? 'CANCEL' : 'REQUEST';
  const event = new ICAL.Component('vevent');
  const properties = [
    property('uid', 'text', `${meeting.ticketId}@tichet-albastru`),
    property('dtstamp', 'date-time', utc(meeting.stampedAt)),
    property('sequence', 'integer', meeting.sequence),
    property('dtstart', 'date-time', local(meeting.slot.startsAt), { tzid: zone }),
    property('dtend', 'date-time', local(meeting.slot.endsAt), { tzid: zone }),
    property('summary', 'text', cleanLine(meeting.summary)),
    property('description', 'text', cleanLines(meeting.description)),
    property('location', 'text', cleanLine(meeting.location)),
    property('status', 'text', meeting.cancelled ? 'CANCELLED' : 'CONFIRMED'),
    property('class', 'text', 'PRIVATE'),
    property('transp', 'text', meeting.cancelled ? 'TRANSPARENT' : 'OPAQUE'),
    property('organizer', 'cal-address', `mailto:${organizer.address}`, { cn: commonName(organizer.name) }),
    ...(attendee === undefined
      ? []
      : [
          property('attendee', 'cal-address', `mailto:${attendee.address}`, {
            cutype: 'INDIVIDUAL',
            role: 'REQ-PARTICIPANT',
            partstat: 'NEEDS-ACTION',
            rsvp: 'FALSE',
            cn: commonName(attendee.name),
          }),
        ]),
    ...(meeting.url === undefined ? [] : [property('url', 'uri', meeting.url)]),
  ];
  for (const one of properties) event.addProperty(one);
  if (!meeting.cancelled) for (const hours of meeting.remindHoursBefore) event.addSubcomponent(reminder(hours, cleanLine(meeting.summary)));

  const lines = [
    'BEGIN:VCALENDAR',
    'VERSION:2.0',
    'PRODID:-//Tichet albastru//Tichet albastru//RO',
    'CALSCALE:GREGORIAN',
    `METHOD:${method}`,
    romanianTime,
    event.toString(),
    'END:VCALENDAR',
    '',
  ];
  return { method, content: lines.join('\r\n') };
};
