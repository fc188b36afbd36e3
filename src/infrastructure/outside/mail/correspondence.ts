import ICAL from 'ical.js';
import type { CalendarEntry, CalendarEntryRequest, Correspondence, LetterRequest } from '../../../application/kernel/ports/correspondence';
import type { Letter } from '../../../application/kernel/ports/mailer';
import { defined } from '../../../domain/kernel/defined';
import type { Policies } from '../../../domain/policies';
import { insideSentence, webAddress, cleanLine, cleanLines } from './clean-text';
import type { LetterBody } from './letter-body';
import { cancellationLetter } from './letters/cancellation';
import { changeLetter } from './letters/change';
import { sentences } from '../../phrasing/sentences';
import { codeLetter, openingLetter } from './letters/code';
import { invitationLetter } from './letters/invitation';
import { modeInWords, personInWords } from './letters/meeting';
import type { Office } from './letters/contact';
import { resolutionLetter } from './letters/resolution';
import { renderHtml } from './render-html';
import { renderText } from './render-text';
import { senderFrom } from './sender';
import { tzlib_get_ical_block as timeZoneBlock } from 'timezones-ical-library';
import type { Instant } from '../../../domain/kernel/fact';
import type { Slot } from '../../../domain/time/slot';
import { civilDateOf, localTimeOf, zone } from '../../../domain/time/civil-time';

// The library does not count the blank before a continued line, which RFC 5545 does: 75 octets a line.
ICAL.foldLength = 74;

/** A mailbox as a calendar names it. */
type Party = { readonly name: string; readonly address: string };

/** One meeting as a calendar keeps it. All texts are cleaned here. */
type CalendarMeeting = {
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
  readonly organizer: Party;
  readonly attendee?: Party;
};

const utc = (instant: Instant): string => `${instant.slice(0, 19)}Z`;
/** The clocks of Romania differ from those of UTC by whole minutes. */
const local = (instant: Instant): string => `${civilDateOf(instant)}T${localTimeOf(instant)}:${instant.slice(17, 19)}`;

/** The same in every entry: read and written once. */
const romanianTime = ((): string => {
  const [block] = timeZoneBlock(zone);
  if (block === undefined) throw new Error(`no time zone block for ${zone}`);
  return ICAL.Component.fromString(block).toString();
})();

const property = (name: string, type: string, value: string | number, parameters: Readonly<Record<string, string>> = {}): ICAL.Property =>
  new ICAL.Property([name, parameters, type, value]);

// A double quote has no place in a parameter's value (RFC 5545, 3.2), and a circumflex would start an escape (RFC 6868).
const commonName = (name: string): string => cleanLine(name).replace(/["^]/gu, '’').slice(0, 200);

/**
 * An invitation (RFC 5545, 5546) to the fifteen minutes of Art. 6, in the wall time of Romania.
 * One UID for the life of a ticket: a later entry replaces the earlier by its SEQUENCE.
 */
const calendarEntry = (meeting: CalendarMeeting): CalendarEntry => {
  const { attendee, organizer } = meeting;
  // Without anybody invited it is a notice to keep: RFC 5546 asks for an attendee in REQUEST and forbids it in PUBLISH.
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

const bodyOf = (request: LetterRequest, office: Office): LetterBody => {
  switch (request.kind) {
    case 'code':
      return codeLetter(request, office);
    case 'opening':
      return openingLetter(request, office);
    case 'invitation':
      return invitationLetter(request, office);
    case 'change':
      return changeLetter(request, office);
    case 'cancellation':
      return cancellationLetter(request, office);
    case 'resolution':
      return resolutionLetter(request, office);
  }
};

/** Letters in the procedure's own words. `from` is the mailbox that sends them and invites; `telephone` the information centre's. */
export const createCorrespondence = (options: {
  readonly from: string;
  readonly policies: Policies;
  readonly telephone?: string;
}): Correspondence => {
  const organizer = senderFrom(options.from);

  const entryFor = (request: CalendarEntryRequest): CalendarEntry => {
    const { locale, reference, mode, meetWith, to } = request;
    const words = sentences[locale].letters.calendarEntry;
    const joinUrl = mode === 'online' ? webAddress(request.joinUrl) : undefined;
    const ticket = words.summary({ reference });
    return calendarEntry({
      ticketId: request.ticketId,
      slot: request.slot,
      sequence: request.sequence,
      cancelled: request.cancelled,
      stampedAt: request.issuedAt,
      summary: ticket,
      description: [
        `${ticket}: ${personInWords(meetWith, locale)}`,
        words.how({ mode: modeInWords(mode, locale) }),
        ...(joinUrl === undefined ? [] : [joinUrl]),
      ].join('\n'),
      location: mode === 'in-person' && request.place !== undefined ? request.place : modeInWords(mode, locale),
      organizer,
      ...defined({ url: joinUrl }),
      ...(to === undefined ? {} : { attendee: { name: insideSentence(request.name), address: to } }),
    });
  };

  /** The code comes before there is a meeting, or is about none; the resolution, and the notice of an absence, after it. */
  const entryOf = (request: LetterRequest): Pick<Letter, 'calendar'> => {
    if (request.kind === 'code' || request.kind === 'opening' || request.kind === 'resolution') return {};
    if (request.kind === 'change' && request.about === 'staff-absent') return {};
    const { method, content } = entryFor({ ...request, cancelled: request.kind === 'cancellation' });
    return method === 'PUBLISH' ? {} : { calendar: { method, content } };
  };

  return {
    compose(request) {
      const body = bodyOf(request, options);
      return {
        letterId: request.letterId,
        ticketId: request.ticketId,
        to: request.to,
        subject: body.subject,
        text: renderText(body),
        html: renderHtml(body, request.locale),
        locale: request.locale,
        issuedAt: request.issuedAt,
        ...(request.kind === 'opening' ? { opens: request.reference } : {}),
        ...entryOf(request),
      };
    },
    calendarEntry: entryFor,
  };
};
