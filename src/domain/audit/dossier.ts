import type { Fact } from '../kernel/fact';
import type { Instant } from '../kernel/instant';
import type { RequestFact } from '../request/facts';
import type { CaseFile, Evidence, LiveMeeting } from './case-file';
import type { KeptFact, KeptOf } from './kept-fact';

export type Seen<T extends KeptFact['type']> = Evidence<KeptOf<T>>;
/** A fact that puts the meeting somewhere: an hour with a person. */
export type Placement = Seen<'Scheduled' | 'Rescheduled' | 'Reassigned'>;

/** A case file as it was known at a moment: nothing recorded later is in it. */
export type Dossier = CaseFile & { readonly asOf: Instant };

/** What was recorded by then; the very same list where that is all of it. */
export const recordedUntil = <F extends Fact>(events: readonly Evidence<F>[], asOf: Instant): readonly Evidence<F>[] =>
  events.every((event) => event.recordedAt <= asOf) ? events : events.filter((event) => event.recordedAt <= asOf);

const meetingAt = ({ liveUntil, ...meeting }: LiveMeeting, asOf: Instant): LiveMeeting =>
  liveUntil === undefined || liveUntil > asOf ? meeting : { ...meeting, liveUntil };

/** Cuts a case file at a moment: facts recorded at `asOf` count, later ones are not known yet. */
export const dossierAt = (caseFile: CaseFile, asOf: Instant): Dossier => {
  const ticket = recordedUntil(caseFile.ticket, asOf);
  const { intact, firstBroken } = caseFile.chain;
  const brokenLater =
    firstBroken !== undefined && caseFile.ticket.some(({ id }) => id === firstBroken) && !ticket.some(({ id }) => id === firstBroken);
  return {
    ticketId: caseFile.ticketId,
    ticket,
    request: recordedUntil(caseFile.request, asOf),
    staff: Object.fromEntries(Object.entries(caseFile.staff).map(([staffId, events]) => [staffId, recordedUntil(events, asOf)])),
    calendar: recordedUntil(caseFile.calendar, asOf),
    otherMeetings: caseFile.otherMeetings
      .filter((meeting) => meeting.ticketId !== caseFile.ticketId && meeting.liveFrom <= asOf)
      .map((meeting) => meetingAt(meeting, asOf)),
    chain: intact || brokenLater ? { intact: true } : caseFile.chain,
    asOf,
  };
};

const isOneOf =
  <T extends KeptFact['type']>(types: readonly T[]) =>
  (event: Evidence<KeptFact>): event is Seen<T> =>
    types.some((type) => type === event.fact.type);

/** The ticket's facts of these types, in order. */
export const seen = <T extends KeptFact['type']>(dossier: Pick<Dossier, 'ticket'>, ...types: readonly T[]): readonly Seen<T>[] =>
  dossier.ticket.filter(isOneOf(types));

export const first = <T extends KeptFact['type']>(dossier: Pick<Dossier, 'ticket'>, ...types: readonly T[]): Seen<T> | undefined =>
  dossier.ticket.find(isOneOf(types));

export const last = <T extends KeptFact['type']>(dossier: Pick<Dossier, 'ticket'>, ...types: readonly T[]): Seen<T> | undefined =>
  dossier.ticket.findLast(isOneOf(types));

export const placements = (dossier: Pick<Dossier, 'ticket'>): readonly Placement[] =>
  seen(dossier, 'Scheduled', 'Rescheduled', 'Reassigned');

export type RequestSeen<T extends RequestFact['type']> = Evidence<Extract<RequestFact, { readonly type: T }>>;

/** The request's facts of one type, in order. */
export const seenOfRequest = <T extends RequestFact['type']>(
  events: readonly Evidence<RequestFact>[],
  type: T,
): readonly RequestSeen<T>[] => events.filter((event): event is RequestSeen<T> => event.fact.type === type);
