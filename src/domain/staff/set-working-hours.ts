import { accept, nothing, type Decision } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/instant';
import { refuse } from '../kernel/refusal';
import { isCivilDate } from '../time/civil-time';
import type { WeeklyHours, WorkingHoursSet } from './facts';
import { weekdays } from './hours';
import type { StaffState } from './staff-member';

export type SetWorkingHours = { readonly from: CivilDate; readonly week: WeeklyHours; readonly at: Instant };

export type HoursFault = 'not-on-grid' | 'empty-interval' | 'overlap';

// Quarters of an hour only: whatever begins elsewhere could not hold a slot (A15).
const gridTime = /^(?:[01]\d|2[0-3]):(?:00|15|30|45)$/;

const faultOfDay = (intervals: readonly (readonly [string, string])[]): HoursFault | undefined => {
  if (intervals.some(([from, to]) => !gridTime.test(from) || !gridTime.test(to))) return 'not-on-grid';
  if (intervals.some(([from, to]) => from >= to)) return 'empty-interval';
  const ordered = intervals.toSorted(([a], [b]) => (a < b ? -1 : 1));
  const runsInto = ordered.some(([, to], index) => {
    const next = ordered[index + 1];
    return next !== undefined && next[0] < to;
  });
  return runsInto ? 'overlap' : undefined;
};

const sameWeek = (a: WeeklyHours, b: WeeklyHours): boolean =>
  weekdays.every((day) => JSON.stringify(a[day] ?? []) === JSON.stringify(b[day] ?? []));

/** A16. Refuses `not-found` for a stranger and `invalid` saying which `day` has which `reason`. */
export const setWorkingHours = (command: SetWorkingHours, state: StaffState): Decision<WorkingHoursSet> => {
  if (state.status === 'unknown') return refuse('not-found');
  if (!isCivilDate(command.from)) return refuse('invalid', { field: 'from', reason: 'not-a-date' });
  for (const day of weekdays) {
    const reason = faultOfDay(command.week[day] ?? []);
    if (reason !== undefined) return refuse('invalid', { field: `week.${day}`, day, reason });
  }
  const newest = state.hours.findLast(({ from }) => from === command.from);
  if (newest !== undefined && sameWeek(newest.week, command.week)) return nothing();
  return accept({ type: 'WorkingHoursSet', data: { from: command.from, week: command.week, setAt: command.at } });
};
