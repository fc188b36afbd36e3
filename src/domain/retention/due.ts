import type { RecordedFact } from '../kernel/fact';
import type { Instant } from '../kernel/instant';
import type { RequestFact } from '../request/facts';
import { countingAnswer, type RequestState } from '../request/state';
import type { TicketFact } from '../ticket/facts';
import { isActive, isRequested, type TicketState } from '../ticket/state';
import { startOfNextDay } from '../time/civil-time';
import { endOfPeriod, type Period } from './period';

/**
 * Whether something is to be erased now, or why not:
 * `nothing`: there is none, or it is gone; `never`: no period is set; `active`: the ticket is going on, or the request may still have one;
 * `unfinished`: the resolution is not written, filed or in the citizen's hands; `open-task`: somebody still has to do something;
 * `unread`: what others know of it cannot be read now; `pending-check`: a check of the audit waits for something;
 * `not-yet`: the period has not passed
 */
export type Standing = 'due' | 'nothing' | 'never' | 'active' | 'unfinished' | 'open-task' | 'unread' | 'pending-check' | 'not-yet';

/** A ticket, and what is known beside its facts. */
export type TicketThen = {
  readonly state: TicketState;
  readonly events: readonly RecordedFact<TicketFact>[];
  readonly openTasks: number;
  /** checks of the audit whose verdict is `pending` */
  readonly pendingChecks: number;
  /** the tables have not read the log, or a row of it is parked: nobody knows whether somebody still has to do something */
  readonly unread?: boolean;
  /** letters of it that are noted or kept */
  readonly letters: number;
};

const ending: readonly TicketFact['type'][] = [
  'Lapsed',
  'Cancelled',
  'CitizenAbsent',
  'Held',
  'ResolutionIssued',
  'ResolutionFiled',
  'ResolutionSent',
  'ResolutionHandedOver',
];

const latest = (instants: readonly Instant[]): Instant => instants.reduce((a, b) => (a > b ? a : b), '');

/** When the last fact that ended the ticket was recorded; empty when there is none. */
const endOfTicket = (events: TicketThen['events']): Instant =>
  latest(events.filter(({ fact }) => ending.includes(fact.type)).map(({ recordedAt }) => recordedAt));

/** Why nothing of this ticket may be erased, whatever the period. */
const heldBack = ({ state, openTasks, unread = false, pendingChecks }: TicketThen): Standing | undefined => {
  if (isActive(state)) return 'active';
  if (state.status === 'held' || state.status === 'resolved') return 'unfinished';
  const raised = isRequested(state) && Object.values(state.tasks).some(({ done }) => !done);
  if (raised || openTasks > 0) return 'open-task';
  if (unread) return 'unread';
  return pendingChecks > 0 ? 'pending-check' : undefined;
};

const after = (end: Instant, period: Period, now: Instant): Standing => (endOfPeriod(end, period) <= now ? 'due' : 'not-yet');

/** GDPR 5 (1) e: what of a ticket has been kept long enough. A ticket that somebody still has to do with is never due. */
export const ticketDue = (then: TicketThen, kind: 'contact' | 'conclusions' | 'letters', period: Period | null, now: Instant): Standing => {
  const { state, events, letters } = then;
  if (!isRequested(state)) return 'nothing';
  const gone = {
    contact: state.erased,
    conclusions: state.conclusionsErased || state.resolution.issued === undefined,
    letters: letters === 0,
  };
  if (gone[kind]) return 'nothing';
  if (period === null) return 'never';
  const held = heldBack(then);
  if (held !== undefined) return held;
  // what is not filed yet would be filed without its text
  if (kind === 'conclusions' && state.resolution.filed === undefined) return 'unfinished';
  return after(endOfTicket(events), period, now);
};

/** The same of the applicant's name: from when the request can have no ticket any more, and each that it had has ended. */
export const requestDue = (
  {
    state,
    events,
    tickets,
  }: { readonly state: RequestState; readonly events: readonly RecordedFact<RequestFact>[]; readonly tickets: readonly TicketThen[] },
  period: Period | null,
  now: Instant,
): Standing => {
  if (state.status === 'unknown' || state.erased) return 'nothing';
  if (period === null) return 'never';
  if (state.admission !== undefined || state.status === 'in-operation') return 'active';
  for (const then of tickets) {
    const held = heldBack(then);
    if (held !== undefined) return held;
  }
  const windows = [countingAnswer(state)?.enforcedUntil, state.lateAdmission?.until].flatMap((date) =>
    date === undefined ? [] : [startOfNextDay(date)],
  );
  const told = events.map(({ recordedAt }) => recordedAt);
  return after(latest([...windows, ...told, ...tickets.map((then) => endOfTicket(then.events))]), period, now);
};
