import { dayPlan, type DayPlan } from '../agenda/day-plan';
import { type CalendarState, workingCalendar } from '../calendar/calendar';
import { type Aggregate, fold } from '../kernel/decider';
import type { CivilDate, Fact, Instant } from '../kernel/fact';
import { type Policies, policiesWith, type PolicyName, type PolicyStamp } from '../policies';
import type { RequestFact, RequestStatus } from '../request/facts';
import { staffMember, type StaffState } from '../staff/staff-member';
import { type Dossier, type Evidence, first, knownAmong, knownIn, type RequestSeen, type Seen } from './case-file';
import { type Stamp, stoodBy } from './log-clock';

const rulebook = policiesWith();

/** The policies that a check asks for as they stood then. */
export type JudgedPolicy =
  | 'bounce-follow-up'
  | 'resolution-deadline'
  | 'lead-time'
  | 'days-declared-later'
  | 'booking-horizon'
  | 'verification'
  | 'code-interval'
  | 'invitation-lead'
  | 'recording-coverage'
  | 'recording-deadline'
  | 'outcome-deadline'
  | 'slot-tolerance'
  | 'handover-notice'
  | 'reschedule-limit'
  | 'notice-deadline';

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

/** The policy as this fact was stamped with it; none where it was not: a judgement that would accuse asks for the stamp. */
export const policyStamped = <N extends JudgedPolicy>(stamps: readonly PolicyStamp[], name: N): Policies[N] | undefined =>
  stamps.find(isNamed(name));

/**
 * What a list of facts comes to, folded once: a person's list never changes, and thousands of tickets share it.
 * A pure function's memory: it never says anything else.
 */
const foldedOnce = <State extends object, F extends Fact>(
  aggregate: Aggregate<State, F>,
): ((events: readonly Evidence<F>[], known: (stamp: Stamp) => boolean) => State) => {
  const states = new WeakMap<readonly Evidence<F>[], State>();
  return (events, wasKnown) => {
    const known = knownAmong(events, wasKnown);
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

/** What stood in the log when this was recorded. */
const when =
  (act: Stamp) =>
  (stamp: Stamp): boolean =>
    stoodBy(stamp, act);

/** The working calendar as it was known when something was recorded: what stood in the log before it. */
export const calendarThen = (dossier: Dossier, act: Stamp): CalendarState => calendarAfter(dossier.calendar, when(act));

/** The same when an hour was asked for: with the form for the first one, with the move for another. */
export const calendarOfAsking = (dossier: Dossier, event: Seen<'Scheduled' | 'Rescheduled'>): CalendarState =>
  calendarThen(dossier, event.fact.type === 'Scheduled' ? (first(dossier, 'Requested') ?? event) : event);

/** The same at a moment. */
export const calendarAt = (dossier: Dossier, at: Instant): CalendarState => calendarAfter(dossier.calendar, knownIn(dossier, at));

/** A staff member as known when something was recorded; `unknown` when nothing stood in the log by then. */
export const staffThen = (dossier: Dossier, staffId: string, act: Stamp): StaffState =>
  staffAfter(dossier.staff[staffId] ?? nothing, when(act));

/** Of people in a calendar, by date: a day of one person is asked for by every meeting on it. */
const plans = new WeakMap<StaffState, WeakMap<CalendarState, Map<CivilDate, DayPlan>>>();

/** When the person could be met on that day, as known when something was recorded. */
export const dayPlanThen = (dossier: Dossier, staffId: string, date: CivilDate, act: Stamp): DayPlan => {
  const staff = staffThen(dossier, staffId, act);
  const calendar = calendarThen(dossier, act);
  const ofPerson = plans.get(staff) ?? new WeakMap<CalendarState, Map<CivilDate, DayPlan>>();
  plans.set(staff, ofPerson);
  const known = ofPerson.get(calendar) ?? new Map<CivilDate, DayPlan>();
  ofPerson.set(calendar, known);
  const plan = known.get(date) ?? dayPlan(date, staff, calendar);
  known.set(date, plan);
  return plan;
};

/** An answer, as it was recorded or corrected. */
export type AnswerSeen = RequestSeen<'AnswerCommunicated' | 'AnswerCorrected'>;

/** The answers after these facts: what was corrected stands as corrected, what was withdrawn is none. In the order in which they came. */
export const answersAfter = (events: readonly Evidence<RequestFact>[]): readonly AnswerSeen[] => {
  let answers: readonly AnswerSeen[] = [];
  for (const event of events) {
    const { fact } = event;
    if (fact.type === 'AnswerCommunicated') answers = [...answers, { ...event, fact }];
    if (fact.type === 'AnswerCorrected') {
      const { ofDocument } = fact.data;
      answers = answers.map((answer) => (answer.fact.data.documentNumber === ofDocument ? { ...event, fact } : answer));
    }
    if (fact.type === 'AnswerWithdrawn') {
      const { documentNumber } = fact.data;
      answers = answers.filter((answer) => answer.fact.data.documentNumber !== documentNumber);
    }
  }
  return answers;
};

/** The request as it stood when the ticket was admitted. */
export type RequestThen = {
  readonly events: readonly Evidence<RequestFact>[];
  readonly status: RequestStatus | undefined;
  readonly statusEvent: Evidence<RequestFact> | undefined;
  readonly handlerStaffId: string | undefined;
  /** as they stood, each by the fact that says it last */
  readonly answers: readonly AnswerSeen[];
};

/** What stood in the request's stream before this ticket's admission; without one, what was recorded when it was requested. */
const eventsBefore = (dossier: Dossier): readonly Evidence<RequestFact>[] => {
  const admission = dossier.request.findIndex(({ fact }) => fact.type === 'TicketAdmitted' && fact.data.ticketId === dossier.ticketId);
  if (admission >= 0) return dossier.request.slice(0, admission);
  const requested = first(dossier, 'Requested');
  return requested === undefined ? [] : dossier.request.filter(when(requested));
};

const statusIn = (fact: RequestFact): RequestStatus | undefined => {
  if (fact.type === 'AnswerCommunicated') return 'answered';
  if (fact.type === 'AnswerWithdrawn') return fact.data.status;
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
    answers: answersAfter(events),
  };
};
