import type { CalendarFact } from '../calendar/facts';
import type { Fact, RecordedFact } from '../kernel/fact';
import type { Instant } from '../kernel/instant';
import type { RequestFact } from '../request/facts';
import type { StaffFact } from '../staff/facts';
import type { Slot } from '../time/slot';
import type { KeptFact } from './kept-fact';

/** What the audit needs of a recorded fact. Personal fields may be sealed: no check opens them. */
export type Evidence<F extends Fact> = Pick<RecordedFact<F>, 'fact' | 'id' | 'recordedAt'>;

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
 * Everything that judging one ticket needs, as dated plain data; each list in the order of its stream.
 * More than needed does no harm: other people's facts and meetings are passed over, facts of the future are not yet known.
 */
export type CaseFile = {
  readonly ticketId: string;
  readonly ticket: readonly Evidence<KeptFact>[];
  /** the whole stream of the request that the ticket is about */
  readonly request: readonly Evidence<RequestFact>[];
  /** staff id → that person's stream, for everyone that `personsConcerned` names */
  readonly staff: Readonly<Record<string, readonly Evidence<StaffFact>[]>>;
  readonly calendar: readonly Evidence<CalendarFact>[];
  /** meetings of the same persons on the same days, under other tickets (C10); this ticket's own are passed over */
  readonly otherMeetings: readonly LiveMeeting[];
  readonly chain: ChainState;
};

/** The staff members whose facts a judgement of this ticket looks at: whoever the ticket was with, and whoever had the request. */
export const personsConcerned = (ticket: CaseFile['ticket'], request: CaseFile['request']): readonly string[] => {
  const persons = new Set<string>();
  for (const { fact } of ticket) if ('staffId' in fact.data) persons.add(fact.data.staffId);
  for (const { fact } of request) {
    if ('handlerStaffId' in fact.data) persons.add(fact.data.handlerStaffId);
    if (fact.type === 'AnswerCommunicated') persons.add(fact.data.answeredBy);
  }
  return [...persons].sort();
};
