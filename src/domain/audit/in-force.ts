import { dayPlan, type DayPlan } from '../agenda/day-plan';
import { workingCalendar, type CalendarState } from '../calendar/working-calendar';
import { fold, type Aggregate } from '../kernel/decider';
import type { Fact } from '../kernel/fact';
import type { CivilDate, Instant } from '../kernel/instant';
import { staffMember, type StaffState } from '../staff/staff-member';
import type { Evidence } from './case-file';
import { recordedUntil, type Dossier } from './dossier';

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
