import type { CalendarFact } from '../calendar/calendar';
import { isBlank } from '../kernel/blank';
import type { Fact, Instant } from '../kernel/fact';
import type { PersonalText } from '../kernel/personal-text';
import { type RequestFact, requestStream } from '../request/facts';
import type { StaffFact } from '../staff/facts';
import type { MatchedDatum, TicketFact } from '../ticket/facts';
import { overlaps, type Slot } from '../time/slot';
import {
  type CaseFile,
  type ChainState,
  type Evidence,
  type StoredFact,
  type LiveMeeting,
  personsConcerned,
  placements,
} from './case-file';
import type { LogClock } from './log-clock';
import { judgedStamps, requestedStamps } from './in-force';

/** A fact with its place in the log: positions compare as strings. */
type Placed<F extends Fact> = Evidence<F> & { readonly position: string };
/** With the place of the last fact that changed it. */
export type PlacedMeeting = LiveMeeting & { readonly position: string };

/** What the audit keeps of the log, each under its own key, so that one ticket can be judged without reading all of it. */
export type TicketEvidence = {
  readonly kind: 'ticket';
  readonly events: readonly Evidence<StoredFact>[];
  /** of the newest */
  readonly position: string;
};
type RequestEvidence = { readonly kind: 'request'; readonly events: readonly Placed<RequestFact>[] };
type StaffEvidence = { readonly kind: 'staff'; readonly events: readonly Placed<StaffFact>[] };
type CalendarEvidence = { readonly kind: 'calendar'; readonly events: readonly Placed<CalendarFact>[] };
/** The newest time that the log bears, and where its times go back. */
type ClockEvidence = LogClock & { readonly kind: 'clock' };
/** All meetings that one person ever had on one day. */
export type MeetingsEvidence = { readonly kind: 'meetings'; readonly meetings: readonly PlacedMeeting[] };
export type EvidenceRow = TicketEvidence | RequestEvidence | StaffEvidence | CalendarEvidence | MeetingsEvidence | ClockEvidence;

type EvidenceLookup = (key: string) => EvidenceRow | undefined;

export const ticketKey = (ticketId: string): string => `ticket-${ticketId}`;
const staffKey = (staffId: string): string => `staff-${staffId}`;
const calendarKey = 'calendar-ro';
export const clockKey = 'clock';
/** The day is that of the clock in UTC: two meetings that overlap have the same one, for there are no meetings around 02:00. */
export const meetingsKey = (staffId: string, { startsAt }: Slot): string => `meetings-${staffId}_${startsAt.slice(0, 10)}`;

const ticketEvidence = (ticketId: string, lookup: EvidenceLookup): TicketEvidence | undefined => {
  const row = lookup(ticketKey(ticketId));
  return row?.kind === 'ticket' ? row : undefined;
};

const requestKeyOf = (events: readonly Evidence<StoredFact>[]): string | undefined => {
  const requested = events.find(({ fact }) => fact.type === 'Requested')?.fact;
  return requested?.type === 'Requested' ? requestStream(requested.data.request) : undefined;
};

const requestEvents = (ticket: readonly Evidence<StoredFact>[], lookup: EvidenceLookup): readonly Placed<RequestFact>[] => {
  const key = requestKeyOf(ticket);
  const row = key === undefined ? undefined : lookup(key);
  return row?.kind === 'request' ? row.events : [];
};

const places = (events: readonly Evidence<StoredFact>[]): readonly { readonly staffId: string; readonly slot: Slot }[] =>
  placements({ ticket: events }).map(({ fact }) => fact.data);

/** Which keys a judgement of this ticket looks up, as far as can be told from what is known already. */
export const evidenceKeysOf = (ticketId: string, lookup: EvidenceLookup): readonly string[] => {
  const ticket = ticketEvidence(ticketId, lookup)?.events ?? [];
  const request = requestKeyOf(ticket);
  return [
    ticketKey(ticketId),
    calendarKey,
    ...(request === undefined ? [] : [request]),
    ...new Set(places(ticket).map(({ staffId, slot }) => meetingsKey(staffId, slot))),
    ...personsConcerned(ticket, requestEvents(ticket, lookup)).map(staffKey),
  ];
};

/** Meetings under other tickets, with the same person at the same time. */
const overlapping = (ticketId: string, ticket: readonly Evidence<StoredFact>[], lookup: EvidenceLookup): readonly PlacedMeeting[] => {
  const found = new Map<string, PlacedMeeting>();
  for (const { staffId, slot } of places(ticket)) {
    const row = lookup(meetingsKey(staffId, slot));
    for (const meeting of row?.kind === 'meetings' ? row.meetings : []) {
      if (meeting.ticketId !== ticketId && overlaps(meeting.slot, slot)) found.set(meeting.eventId, meeting);
    }
  }
  return [...found.values()];
};

/** As they stood before this place of the log. */
export const meetingsBefore = (meetings: readonly PlacedMeeting[], place: string): readonly PlacedMeeting[] =>
  meetings.flatMap((meeting) => {
    if (meeting.position < place) return [meeting];
    const { liveUntil: _, until: __, from = meeting.position, ...live } = meeting;
    return from < place ? [{ ...live, from, position: from }] : [];
  });

/** The newest of what concerns this ticket: the judgement that is kept is made as of then. */
type Newest = { readonly asOf: Instant; readonly position: string };

const later = (one: Newest, other: Newest): Newest => ({
  asOf: one.asOf > other.asOf ? one.asOf : other.asOf,
  position: one.position > other.position ? one.position : other.position,
});

const unrecorded: readonly MatchedDatum[] = ['unrecorded'];

/**
 * What an earlier version kept, as it would be kept today: rows of before are judged until the table is filled anew. They do not have what
 * no check of then looked at: what was matched, that a phone number was given (without one there was no such ticket) and the slot of `Held`.
 */
const asKeptToday = (events: TicketEvidence['events']): TicketEvidence['events'] => {
  if (events.every(({ fact }) => fact.type !== 'Requested' || Object.hasOwn(fact.data, 'matched'))) return events;
  const place = placements({ ticket: events }).at(-1)?.fact.data.slot;
  return events.map((event) => {
    const { fact } = event;
    if (fact.type === 'Requested') {
      const contact = { ...fact.data.contact, phone: {} };
      return { ...event, fact: { ...fact, data: { ...fact.data, matched: unrecorded, contact } } };
    }
    if (fact.type !== 'Held' || place === undefined || Object.hasOwn(fact.data, 'slot')) return event;
    return { ...event, fact: { ...fact, data: { ...fact.data, slot: place } } };
  });
};

/**
 * The case file of a ticket that was asked for, from its evidence. What is known of people and calendar is cut at the newest fact that
 * concerns the ticket, so that the same facts give the same file in any batches of reading.
 */
export const caseFileFrom = (
  ticketId: string,
  lookup: EvidenceLookup,
  chain: ChainState,
): { readonly caseFile: CaseFile; readonly newest: Newest } | undefined => {
  const found = ticketEvidence(ticketId, lookup);
  const last = found?.events.at(-1);
  if (found === undefined || last === undefined || requestKeyOf(found.events) === undefined) return undefined;
  const ticket = asKeptToday(found.events);
  const request = requestEvents(ticket, lookup);
  const others = overlapping(ticketId, ticket, lookup);
  const latest = [
    // No fact is recorded before the one that stands before it in its stream.
    ...request.slice(-1).map(({ recordedAt, position }) => ({ asOf: recordedAt, position })),
    ...others.map(({ liveFrom, liveUntil = liveFrom, position }) => ({ asOf: liveUntil, position })),
  ].reduce(later, { asOf: last.recordedAt, position: found.position });
  const known = <F extends Fact>(events: readonly Placed<F>[]): readonly Placed<F>[] =>
    events.every(({ position }) => position <= latest.position) ? events : events.filter(({ position }) => position <= latest.position);
  const calendar = lookup(calendarKey);
  const clock = lookup(clockKey);
  const staff = personsConcerned(ticket, request).map((staffId) => {
    const row = lookup(staffKey(staffId));
    return [staffId, row?.kind === 'staff' ? known(row.events) : []] as const;
  });
  return {
    caseFile: {
      ticketId,
      ticket,
      request,
      staff: Object.fromEntries(staff),
      calendar: calendar?.kind === 'calendar' ? known(calendar.events) : [],
      otherMeetings: others,
      chain,
      ...(clock?.kind === 'clock' && clock.disputes.length > 0 ? { disputes: clock.disputes } : {}),
    },
    newest: latest,
  };
};

/** Of a reason in words, that it says something. */
const inWords = (text: PersonalText | undefined): { readonly reasonText?: object } =>
  text === undefined || isBlank(text) ? {} : { reasonText: {} };

/**
 * What the audit keeps of a ticket's fact: the fact without sealed texts, without stamps that no check asks for and without what
 * its booking only repeats. Every judgement of what is kept is the judgement of the whole fact. Field by field, for it is done
 * for every fact of a rebuild, and taking an object apart with a rest costs ten times as much.
 */
export const evidenceOf = (fact: TicketFact): StoredFact => {
  switch (fact.type) {
    case 'Requested': {
      const { request, staffId, department, departmentCode, mode, slot, reference, requestedAt, ground, recordingNotice } = fact.data;
      const { matched, contact, policies, calendarVersion } = fact.data;
      return {
        type: fact.type,
        data: {
          request,
          staffId,
          department,
          departmentCode,
          mode,
          slot,
          reference,
          requestedAt,
          ground,
          // always there: a row without it is one of before
          matched: matched ?? [],
          contact: { ...(contact.email === undefined ? {} : { email: {} }), ...(contact.phone === undefined ? {} : { phone: {} }) },
          ...(recordingNotice === undefined ? {} : { recordingNotice }),
          policies: requestedStamps(policies),
          calendarVersion,
        },
      };
    }
    case 'VerificationCodeIssued': {
      const { n, issuedAt, expiresAt } = fact.data;
      return { type: fact.type, data: { n, issuedAt, expiresAt } };
    }
    case 'EmailVerified': {
      const { n, verifiedAt } = fact.data;
      return { type: fact.type, data: { n, verifiedAt } };
    }
    case 'ContactCorrectionRequested': {
      const { n, issuedAt, expiresAt, policies } = fact.data;
      return { type: fact.type, data: { n, issuedAt, expiresAt, policies: judgedStamps(policies, 'verification', 'code-interval') } };
    }
    case 'ContactCorrected': {
      const { email, phone, n, correctedAt } = fact.data;
      return {
        type: fact.type,
        data: {
          ...(email === undefined ? {} : { email: {} }),
          ...(phone === undefined ? {} : { phone: {} }),
          ...(n === undefined ? {} : { n }),
          correctedAt,
        },
      };
    }
    case 'Scheduled': {
      const { staffId, mode, slot, requestedAt, outcomeDueAt, policies } = fact.data;
      return {
        type: fact.type,
        data: { staffId, mode, slot, requestedAt, outcomeDueAt, policies: judgedStamps(policies, 'lead-time', 'outcome-deadline') },
      };
    }
    case 'Held': {
      const { request, staffId, mode, slot, startedAt, endedAt, recordKind, resolutionTargetAt, resolutionHardLimitAt } = fact.data;
      const { recordingDueAt, policies, grade } = fact.data;
      return {
        type: fact.type,
        data: {
          request,
          staffId,
          mode,
          slot,
          startedAt,
          endedAt,
          recordKind,
          resolutionTargetAt,
          resolutionHardLimitAt,
          ...(recordingDueAt === undefined ? {} : { recordingDueAt }),
          policies: judgedStamps(
            policies,
            'recording-coverage',
            'recording-deadline',
            'resolution-deadline',
            'slot-tolerance',
            'handover-notice',
          ),
          ...(grade === undefined ? {} : { grade }),
        },
      };
    }
    case 'Rescheduled': {
      const { request: _, holdId: __, reasonText, calendarVersion: ___, ...data } = fact.data;
      const policies = judgedStamps(
        data.policies,
        'lead-time',
        'booking-horizon',
        'outcome-deadline',
        'reschedule-limit',
        'notice-deadline',
      );
      return { type: fact.type, data: { ...data, ...inWords(reasonText), policies } };
    }
    case 'ModeChanged': {
      const { request: _, holdId: __, reasonText, calendarVersion: ___, ...data } = fact.data;
      const policies = judgedStamps(data.policies, 'invitation-lead', 'reschedule-limit', 'notice-deadline');
      return { type: fact.type, data: { ...data, ...inWords(reasonText), policies } };
    }
    case 'Cancelled': {
      const { reasonText, ...data } = fact.data;
      return { type: fact.type, data: { ...data, ...inWords(reasonText) } };
    }
    case 'MeetingLinkAttached': {
      const { joinUrl: _, ...data } = fact.data;
      return { type: fact.type, data };
    }
    case 'ContinuedOtherwise': {
      const { reasonText: _, ...data } = fact.data;
      return { type: fact.type, data };
    }
    case 'RecordingAttached': {
      const { url: _, ...data } = fact.data;
      return { type: fact.type, data };
    }
    case 'ResolutionIssued': {
      const { issuedAt, documentNumber } = fact.data;
      return { type: fact.type, data: documentNumber === undefined ? { issuedAt } : { issuedAt, documentNumber } };
    }
    case 'MoveOffered': {
      const { reason: _, offeredBy: __, ...data } = fact.data;
      return { type: fact.type, data };
    }
    case 'MoveOfferDeclined': {
      const { reason: _, offeredBy: __, declinedBy: ___, ...data } = fact.data;
      return { type: fact.type, data };
    }
    case 'CorrectionDisputed': {
      const { correctionOf, disputedAt } = fact.data;
      return { type: fact.type, data: { correctionOf, disputedAt } };
    }
    case 'ObjectionAnswered': {
      const { correctionOf, answeredAt } = fact.data;
      return { type: fact.type, data: { correctionOf, answeredAt } };
    }
    case 'RecordingTakenBack': {
      const { reason: _, ...data } = fact.data;
      return { type: fact.type, data };
    }
    case 'HandOverTakenBack': {
      const { reason: _, ...data } = fact.data;
      return { type: fact.type, data };
    }
    case 'ResolutionAmended': {
      const { conclusions: _, reason: __, amendedBy: ___, calendarVersion: ____, ...data } = fact.data;
      return { type: fact.type, data };
    }
    default:
      return fact;
  }
};
