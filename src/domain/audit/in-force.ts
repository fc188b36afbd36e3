import { dayPlan, type DayPlan } from '../agenda/day-plan';
import { type CalendarState, workingCalendar } from '../calendar/calendar';
import { type Aggregate, fold } from '../kernel/decider';
import type { CivilDate, Fact, Instant } from '../kernel/fact';
import { type Policies, policiesWith, type PolicyName, type PolicyStamp } from '../policies';
import type { RequestFact, RequestStatus } from '../request/facts';
import { staffMember, type StaffState } from '../staff/staff-member';
import { type Dossier, type Evidence, first, recordedUntil, type RequestSeen, seenOfRequest } from './case-file';

const rulebook = policiesWith();

/** The policies that a check asks for as they stood then. */
type JudgedPolicy = 'lead-time' | 'verification' | 'invitation-lead' | 'recording-coverage' | 'recording-deadline' | 'outcome-deadline';

/** Version 1 is the rulebook's own reading, which is what counts where `Requested` has no stamp. */
const rulebookVersion = 1;

/** Of the stamps of `Requested` those that say more than none would; that there were stamps at all (C01) stays visible. */
export const requestedStamps = (stamps: readonly PolicyStamp[]): readonly PolicyStamp[] => {
  const kept = stamps.filter(({ version }) => version !== rulebookVersion);
  return kept.length > 0 ? kept : stamps.slice(0, 1);
};

/** Of a later fact's stamps those that a check asks that fact for. */
export const judgedStamps = (stamps: readonly PolicyStamp[], ...judged: readonly JudgedPolicy[]): readonly PolicyStamp[] =>
  stamps.filter(({ name }) => judged.some((policy) => policy === name));

const isNamed =
  <N extends PolicyName>(name: N) =>
  (stamp: PolicyStamp | Policies[N]): stamp is Policies[N] =>
    stamp.name === name;

/**
 * The policy in force then: as stamped in the fact that used it, else in the ticket's `Requested`;
 * a fact without a stamp was made under the rulebook's own first reading. Never today's.
 */
export const policyThen = <N extends JudgedPolicy>(
  dossier: Pick<Dossier, 'ticket'>,
  name: N,
  stamps: readonly PolicyStamp[] = [],
): Policies[N] => stamps.find(isNamed(name)) ?? first(dossier, 'Requested')?.fact.data.policies.find(isNamed(name)) ?? rulebook[name];

/**
 * What a list of facts comes to, folded once: a person's list never changes, and thousands of tickets share it.
 * A pure function's memory: it never says anything else.
 */
const foldedOnce = <State extends object, F extends Fact>(
  aggregate: Aggregate<State, F>,
): ((events: readonly Evidence<F>[], at: Instant) => State) => {
  const states = new WeakMap<readonly Evidence<F>[], State>();
  return (events, at) => {
    const known = recordedUntil(events, at);
    const state =
      states.get(known) ??
      fold(
        aggregate,
        known.map(({ fact }) => fact),
      );
    states.set(known, state);
    return state;
  };
};

const calendarAfter = foldedOnce(workingCalendar);
const staffAfter = foldedOnce(staffMember);
const nothing = [] as const;

/** The working calendar as it was known at a moment: what was recorded by then. */
export const calendarThen = (dossier: Dossier, at: Instant): CalendarState => calendarAfter(dossier.calendar, at);

/** A staff member as known at a moment; `unknown` when nothing was recorded by then. */
export const staffThen = (dossier: Dossier, staffId: string, at: Instant): StaffState => staffAfter(dossier.staff[staffId] ?? nothing, at);

/** Of people in a calendar, by date: a day of one person is asked for by every meeting on it. */
const plans = new WeakMap<StaffState, WeakMap<CalendarState, Map<CivilDate, DayPlan>>>();

/** When the person could be met on that day, as known at a moment. */
export const dayPlanThen = (dossier: Dossier, staffId: string, date: CivilDate, at: Instant): DayPlan => {
  const staff = staffThen(dossier, staffId, at);
  const calendar = calendarThen(dossier, at);
  const ofPerson = plans.get(staff) ?? new WeakMap<CalendarState, Map<CivilDate, DayPlan>>();
  plans.set(staff, ofPerson);
  const known = ofPerson.get(calendar) ?? new Map<CivilDate, DayPlan>();
  ofPerson.set(calendar, known);
  const plan = known.get(date) ?? dayPlan(date, staff, calendar);
  known.set(date, plan);
  return plan;
};

/** The request as it stood when the ticket was admitted. */
type RequestThen = {
  readonly events: readonly Evidence<RequestFact>[];
  readonly status: RequestStatus | undefined;
  readonly statusEvent: Evidence<RequestFact> | undefined;
  readonly handlerStaffId: string | undefined;
  readonly answers: readonly RequestSeen<'AnswerCommunicated'>[];
};

/** What stood in the request's stream before this ticket's admission; without one, what was recorded when it was requested. */
const eventsBefore = (dossier: Dossier): readonly Evidence<RequestFact>[] => {
  const admission = dossier.request.findIndex(({ fact }) => fact.type === 'TicketAdmitted' && fact.data.ticketId === dossier.ticketId);
  if (admission >= 0) return dossier.request.slice(0, admission);
  const requested = first(dossier, 'Requested');
  return requested === undefined ? [] : dossier.request.filter(({ recordedAt }) => recordedAt <= requested.recordedAt);
};

const statusIn = (fact: RequestFact): RequestStatus | undefined => {
  if (fact.type === 'AnswerCommunicated') return 'answered';
  return fact.type === 'RequestRegistered' || fact.type === 'StatusChanged' ? fact.data.status : undefined;
};

export const requestThen = (dossier: Dossier): RequestThen => {
  const events = eventsBefore(dossier);
  const statusEvent = events.findLast(({ fact }) => statusIn(fact) !== undefined);
  const handlers = events.flatMap(({ fact }) => ('handlerStaffId' in fact.data ? [fact.data.handlerStaffId] : []));
  return {
    events,
    status: statusEvent && statusIn(statusEvent.fact),
    statusEvent,
    handlerStaffId: handlers.at(-1),
    answers: seenOfRequest(events, 'AnswerCommunicated'),
  };
};
