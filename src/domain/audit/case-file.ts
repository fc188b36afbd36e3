import type { CalendarFact } from '../calendar/calendar';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Fact, Instant, RecordedFact } from '../kernel/fact';
import type { RequestFact } from '../request/facts';
import type { StaffFact } from '../staff/facts';
import type { TicketFact } from '../ticket/facts';
import type { Slot } from '../time/slot';
import { type ClockDispute, knownAt, type Stamp } from './log-clock';

/** What the audit leaves out of a fact: no check can look at it, for it is not there to be looked at. */
type LeftOut = {
  readonly Requested: 'holdId' | 'heldUntil' | 'locale' | 'contact';
  readonly VerificationCodeIssued: 'heldUntil';
  readonly EmailVerified: 'codeExpiresAt';
  readonly ContactCorrectionRequested: 'email' | 'askedThrough' | 'shown';
  readonly ContactCorrected: 'email' | 'phone' | 'codeExpiresAt' | 'askedThrough' | 'shown' | 'slot' | 'policies' | 'held' | 'issued';
  readonly Scheduled:
    'request' | 'department' | 'departmentCode' | 'holdId' | 'scheduledAt' | 'sequence' | 'invitationDueAt' | 'calendarVersion';
  readonly Rescheduled: 'request' | 'holdId' | 'reasonText' | 'calendarVersion';
  readonly ModeChanged: 'request' | 'holdId' | 'reasonText' | 'calendarVersion';
  readonly MoveOffered: 'reason' | 'offeredBy';
  readonly MoveOfferDeclined: 'reason' | 'offeredBy' | 'declinedBy';
  readonly Cancelled: 'reasonText';
  readonly MeetingLinkAttached: 'joinUrl';
  readonly Held: 'department' | 'departmentCode' | 'holdId' | 'calendarVersion';
  readonly ContinuedOtherwise: 'reasonText';
  readonly RecordingAttached: 'url';
  readonly RecordingTakenBack: 'reason';
  readonly CorrectionDisputed: 'objection';
  readonly ObjectionAnswered: 'answer' | 'answeredBy';
  readonly HandOverTakenBack: 'reason';
  readonly ResolutionIssued: 'conclusions' | 'issuedBy';
  readonly ResolutionAmended: 'conclusions' | 'reason' | 'amendedBy' | 'calendarVersion';
};

/** Of a text that no check opens, that it was given. */
type Instead = {
  readonly Requested: { readonly contact: { readonly email?: object; readonly phone?: object } };
  readonly ContactCorrected: { readonly email?: object; readonly phone?: object };
  readonly Rescheduled: { readonly reasonText?: object };
  readonly ModeChanged: { readonly reasonText?: object };
  readonly Cancelled: { readonly reasonText?: object };
};

type FactOf<T extends TicketFact['type']> = Extract<TicketFact, { readonly type: T }>;
type Kept<T extends TicketFact['type']> = T extends keyof LeftOut
  ? Fact<T, Omit<FactOf<T>['data'], LeftOut[T]> & (T extends keyof Instead ? Instead[T] : unknown)>
  : FactOf<T>;

/** A ticket's fact as the audit looks at it. The whole fact is one as well. */
export type StoredFact = { readonly [T in TicketFact['type']]: Kept<T> }[TicketFact['type']];
/** The kept fact of one type. */
type KeptOf<T extends StoredFact['type']> = Extract<StoredFact, { readonly type: T }>;

/**
 * What the audit needs of a recorded fact. Personal fields may be sealed: no check opens them. Its place in the log says what was known
 * when; where it has none (a history that was not read from a log), the time at which it was recorded does. Who wrote it is a pseudonym,
 * and not known of every history. How it is known its fact tells (`gradeOf`).
 */
export type Evidence<F extends Fact> = Pick<RecordedFact<F>, 'fact' | 'id'> & Partial<Pick<RecordedFact<F>, 'actor'>> & Stamp;

/**
 * One meeting of one person in one place of the calendar, told by ticket facts (never by the agenda, which C10 controls).
 * It lives from the fact that scheduled it to the fact that moved or cancelled it; a meeting that took place lives on.
 */
export type LiveMeeting = {
  readonly ticketId: string;
  readonly staffId: string;
  readonly slot: Slot;
  /** recordedAt of the fact that scheduled it there, inclusive */
  readonly liveFrom: Instant;
  /** recordedAt of the fact that moved or cancelled it, exclusive */
  readonly liveUntil?: Instant;
  /** the places in the log of these two facts */
  readonly from?: string;
  readonly until?: string;
  /** id of the fact that scheduled it there */
  readonly eventId: string;
};

/**
 * Whether the events of this ticket's stream are those that were written (C21). `firstBroken` is the id of the first event that is not.
 * `because`, where it is not the hash chain that breaks: `not-as-sealed`, that event is not the one that the signed tree has in its place;
 * `seal-unreadable`, what was sealed cannot be read, so that nothing vouches for the chain.
 */
export type ChainState = {
  readonly intact: boolean;
  readonly firstBroken?: string;
  readonly because?: 'not-as-sealed' | 'seal-unreadable';
};

/**
 * C21 is about the bytes in the log and not about facts: the reader of a ticket verifies its chain. Where facts alone are judged it counts
 * as whole, and its verdict is not shown.
 */
export const chainNotLookedAt: ChainState = { intact: true };

/**
 * Everything that judging one ticket needs, as dated plain data; each list in the order of its stream.
 * More than needed does no harm: other people's facts and meetings are passed over, facts of the future are not yet known.
 */
export type CaseFile = {
  readonly ticketId: string;
  readonly ticket: readonly Evidence<StoredFact>[];
  /** the whole stream of the request that the ticket is about */
  readonly request: readonly Evidence<RequestFact>[];
  /** staff id → that person's stream, for everyone that `personsConcerned` names */
  readonly staff: Readonly<Record<string, readonly Evidence<StaffFact>[]>>;
  readonly calendar: readonly Evidence<CalendarFact>[];
  /** meetings of the same persons on the same days, under other tickets (C10); this ticket's own are passed over */
  readonly otherMeetings: readonly LiveMeeting[];
  readonly chain: ChainState;
  /** where the times of the log contradict its order; what was done then is said to be so */
  readonly disputes?: readonly ClockDispute[];
};

/** Whether the ticket was asked for: a stream without that fact is no ticket, even with other facts. */
export const wasRequested = ({ ticket }: Pick<CaseFile, 'ticket'>): boolean => ticket.some(({ fact }) => fact.type === 'Requested');

/** The staff members whose facts a judgement of this ticket looks at: all who had the ticket, and all who had the request. */
export const personsConcerned = (ticket: CaseFile['ticket'], request: CaseFile['request']): readonly string[] => {
  const persons = new Set<string>();
  for (const { fact } of ticket) if ('staffId' in fact.data) persons.add(fact.data.staffId);
  for (const { fact } of request) {
    if ('handlerStaffId' in fact.data) persons.add(fact.data.handlerStaffId);
    if ('answeredBy' in fact.data) persons.add(fact.data.answeredBy);
  }
  return [...persons].sort();
};

export type Seen<T extends StoredFact['type']> = Evidence<KeptOf<T>>;
/** A fact that puts the meeting somewhere: an hour with a person. */
export type Placement = Seen<'Scheduled' | 'Rescheduled' | 'Reassigned'>;

/** What says where and how the meeting is held: an hour with a person, and the mode. */
export type Arrangement = Seen<Placement['fact']['type'] | 'ModeChanged'>;

/** A case file as it was known at a moment: nothing recorded later is in it. */
export type Dossier = CaseFile & { readonly asOf: Instant };

/** Those that were known; the very same list where that is all of them. */
export const knownAmong = <F extends Fact>(events: readonly Evidence<F>[], known: (stamp: Stamp) => boolean): readonly Evidence<F>[] =>
  events.every(known) ? events : events.filter(known);

/** When a meeting began, and when it ended, to stand where it stood. */
export const liveStamps = ({ liveFrom, from, liveUntil, until }: LiveMeeting): { readonly from: Stamp; readonly until?: Stamp } => ({
  from: { recordedAt: liveFrom, ...defined({ position: from }) },
  ...(liveUntil === undefined ? {} : { until: { recordedAt: liveUntil, ...defined({ position: until }) } }),
});

const meetingAt = (meeting: LiveMeeting, known: (stamp: Stamp) => boolean): LiveMeeting => {
  const { until } = liveStamps(meeting);
  if (until === undefined || known(until)) return meeting;
  const { liveUntil: _, until: __, ...live } = meeting;
  return live;
};

/** All that is dated in a case file. */
const stampsOf = ({ ticket, request, staff, calendar, otherMeetings }: CaseFile): readonly (readonly Stamp[])[] => [
  ticket,
  request,
  ...Object.values(staff),
  calendar,
  otherMeetings.flatMap((meeting) => Object.values(liveStamps(meeting))),
];

/** What of a case file was known at a moment. */
export const knownIn = (caseFile: CaseFile, asOf: Instant): ((stamp: Stamp) => boolean) => knownAt(asOf, stampsOf(caseFile));

/** Whether a fact takes back what another one said. */
const takesBack = ({ fact }: Evidence<StoredFact>, { fact: said }: Evidence<StoredFact>): boolean => {
  if (fact.type === 'HandOverTakenBack')
    return (
      said.type === 'ResolutionHandedOver' && said.data.channel === fact.data.channel && said.data.handedOverAt === fact.data.handedOverAt
    );
  if (fact.type !== 'RecordingTakenBack') return false;
  const { what, recordingId } = fact.data;
  if (what === 'attached') return said.type === 'RecordingAttached' && said.data.recordingId === recordingId;
  return said.type === (what === 'missing' ? 'RecordingMissing' : 'RecordingWaived');
};

/** Without what a person said by mistake and took back: once that is known it stands for nothing, and what takes it back is seen. */
const standing = (events: CaseFile['ticket']): CaseFile['ticket'] => {
  if (events.every(({ fact: { type } }) => type !== 'RecordingTakenBack' && type !== 'HandOverTakenBack')) return events;
  return events.filter((event, place) => !events.slice(place + 1).some((later) => takesBack(later, event)));
};

/**
 * Cuts a case file at a moment: facts recorded at `asOf` count, and what stands in the log before them; later ones are not known yet.
 * @param whole nothing is cut: now, regardless of the recorded time of the newest facts
 */
export const dossierAt = (caseFile: CaseFile, asOf: Instant, whole = false): Dossier => {
  const known = whole ? (): boolean => true : knownIn(caseFile, asOf);
  const ticket = standing(knownAmong(caseFile.ticket, known));
  const { intact, firstBroken } = caseFile.chain;
  const brokenLater = caseFile.ticket.some(({ id }) => id === firstBroken) && !ticket.some(({ id }) => id === firstBroken);
  return {
    ticketId: caseFile.ticketId,
    ticket,
    request: knownAmong(caseFile.request, known),
    staff: Object.fromEntries(Object.entries(caseFile.staff).map(([staffId, events]) => [staffId, knownAmong(events, known)])),
    calendar: knownAmong(caseFile.calendar, known),
    otherMeetings: caseFile.otherMeetings
      .filter((meeting) => meeting.ticketId !== caseFile.ticketId && known(liveStamps(meeting).from))
      .map((meeting) => meetingAt(meeting, known)),
    chain: intact || brokenLater ? { intact: true } : caseFile.chain,
    ...defined({ disputes: caseFile.disputes }),
    asOf,
  };
};

const isOneOf =
  <T extends StoredFact['type']>(types: readonly T[]) =>
  (event: Evidence<StoredFact>): event is Seen<T> =>
    types.some((type) => type === event.fact.type);

/** The ticket's facts of these types, in order. */
export const seen = <T extends StoredFact['type']>(dossier: Pick<Dossier, 'ticket'>, ...types: readonly T[]): readonly Seen<T>[] =>
  dossier.ticket.filter(isOneOf(types));

export const first = <T extends StoredFact['type']>(dossier: Pick<Dossier, 'ticket'>, ...types: readonly T[]): Seen<T> | undefined =>
  dossier.ticket.find(isOneOf(types));

export const last = <T extends StoredFact['type']>(dossier: Pick<Dossier, 'ticket'>, ...types: readonly T[]): Seen<T> | undefined =>
  dossier.ticket.findLast(isOneOf(types));

/** The ticket as it went on after this event. */
export const after = ({ ticket }: Pick<Dossier, 'ticket'>, event: Evidence<StoredFact>): Pick<Dossier, 'ticket'> => ({
  ticket: ticket.slice(ticket.indexOf(event) + 1),
});

export const placements = (dossier: Pick<Dossier, 'ticket'>): readonly Placement[] =>
  seen(dossier, 'Scheduled', 'Rescheduled', 'Reassigned');

/** The last fact that said where and how the meeting is held. */
export const arrangement = (dossier: Pick<Dossier, 'ticket'>): Arrangement | undefined =>
  last(dossier, 'Scheduled', 'Rescheduled', 'Reassigned', 'ModeChanged');

/** Placements that gave the meeting to another person (A3). */
export const handings = (dossier: Pick<Dossier, 'ticket'>): readonly Placement[] =>
  placements(dossier).filter(
    ({ fact }, index, all) => fact.type === 'Reassigned' || (index > 0 && all[index - 1]?.fact.data.staffId !== fact.data.staffId),
  );

/** The same hour with another person: no other hour was asked for. */
export const keepsItsHour = (dossier: Pick<Dossier, 'ticket'>, event: Evidence<StoredFact>): boolean => {
  const placed = placements(dossier);
  const index = placed.findIndex(({ id }) => id === event.id);
  const [before, here] = [placed[index - 1]?.fact.data, placed[index]?.fact.data];
  return before !== undefined && before.staffId !== here?.staffId && before.slot.startsAt === here?.slot.startsAt;
};

const beforeTheMeeting = ({ ticket }: Pick<Dossier, 'ticket'>): CaseFile['ticket'] => {
  const began = ticket.findIndex(({ fact }) => fact.type === 'MeetingStarted' || fact.type === 'Held');
  return began < 0 ? ticket : ticket.slice(0, began);
};

/** Where the mode was chosen, the form first (Art. 3 d). A placement that only bears another mode has not chosen it. */
export const choicesOfMode = (dossier: Pick<Dossier, 'ticket'>): readonly Seen<'Requested' | 'Rescheduled' | 'ModeChanged'>[] =>
  seen({ ticket: beforeTheMeeting(dossier) }, 'Requested', 'Rescheduled', 'ModeChanged').filter(
    ({ fact }) => fact.type === 'Requested' || fact.data.formerMode !== undefined,
  );

export type RequestSeen<T extends RequestFact['type']> = Evidence<Extract<RequestFact, { readonly type: T }>>;

/** The request's facts of one type, in order. */
export const seenOfRequest = <T extends RequestFact['type']>(
  events: readonly Evidence<RequestFact>[],
  type: T,
): readonly RequestSeen<T>[] => events.filter((event): event is RequestSeen<T> => event.fact.type === type);

const closed = (meetings: readonly LiveMeeting[], ticketId: string, { recordedAt, position }: Stamp): readonly LiveMeeting[] =>
  meetings.map((meeting) =>
    meeting.ticketId === ticketId && meeting.liveUntil === undefined
      ? { ...meeting, liveUntil: recordedAt, ...defined({ until: position }) }
      : meeting,
  );

/**
 * The meetings after one fact of a ticket, each in its old place: scheduling opens one at the end, moving closes it and opens another,
 * cancelling closes it. A caller that keeps the list per person and day passes every ticket fact that names the former or the new place,
 * and keeps only its own meetings.
 */
export const meetingsAfter = (
  meetings: readonly LiveMeeting[],
  ticketId: string,
  { fact, id, recordedAt, position }: Evidence<StoredFact>,
): readonly LiveMeeting[] => {
  const stamp = { recordedAt, ...defined({ position }) };
  if (fact.type === 'Cancelled') return closed(meetings, ticketId, stamp);
  if (fact.type !== 'Scheduled' && fact.type !== 'Rescheduled' && fact.type !== 'Reassigned') return meetings;
  const { staffId, slot } = fact.data;
  return [
    ...closed(meetings, ticketId, stamp),
    { ticketId, staffId, slot, liveFrom: recordedAt, ...defined({ from: position }), eventId: id },
  ];
};

/** All the places that a ticket's meeting had, with the time in which it was live there. */
export const liveMeetings = (ticketId: string, events: readonly Evidence<StoredFact>[]): readonly LiveMeeting[] =>
  events.reduce<readonly LiveMeeting[]>((meetings, event) => meetingsAfter(meetings, ticketId, event), []);
