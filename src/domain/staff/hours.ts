import type { CivilDate, Instant } from '../kernel/instant';
import { atLocal, civilDateOf, weekdayNumber } from '../time/civil-time';
import type { WeeklyHours, Weekday } from './facts';
import { defaultWeek, type StaffState } from './staff-member';

/** In the order of the ISO week. */
export const weekdays: readonly Weekday[] = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'];

/** The week in force on a date: the one with the latest first day, of two with the same the one set last (A16). */
export const weekOn = (state: StaffState, date: CivilDate): WeeklyHours => {
  if (state.status === 'unknown') return {};
  let inForce: { readonly from: CivilDate; readonly week: WeeklyHours } | undefined;
  for (const hours of state.hours) {
    if (hours.from <= date && (inForce === undefined || hours.from >= inForce.from)) inForce = hours;
  }
  return inForce?.week ?? defaultWeek;
};

/** The weekly hours of a date as instants, in order; absences, holidays and leaving are not looked at. */
export const hoursOn = (state: StaffState, date: CivilDate): readonly (readonly [Instant, Instant])[] => {
  const weekday = weekdays[weekdayNumber(date) - 1];
  if (weekday === undefined) return [];
  return (weekOn(state, date)[weekday] ?? [])
    .map(([from, to]) => [atLocal(date, from), atLocal(date, to)] as const)
    .filter(([from, to]) => from < to)
    .toSorted(([a], [b]) => (a < b ? -1 : 1));
};

/** Whether the person no longer works here on this date. */
export const hasLeft = (state: StaffState, date: CivilDate): boolean =>
  state.status === 'known' && state.leftOn !== undefined && state.leftOn <= date;

/** Whether the person is away at this instant: a recorded absence, or gone for good. */
export const isAbsent = (state: StaffState, at: Instant): boolean =>
  state.status === 'known' && (hasLeft(state, civilDateOf(at)) || state.absences.some(({ from, to }) => from <= at && at < to));
