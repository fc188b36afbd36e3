import type { CivilDate, Instant } from '../kernel/instant';
import { addDays, civilDateOf, startOfNextDay, weekdayNumber } from '../time/civil-time';
import { publicHolidayOn } from './public-holidays';
import type { CalendarState } from './working-calendar';

export type DayKind = 'working' | 'weekend' | 'holiday' | 'bridge-day';

/** What the law alone makes of a day. A holiday on a Sunday is a holiday. */
export const dayKindByLaw = (date: CivilDate): Exclude<DayKind, 'bridge-day'> => {
  if (publicHolidayOn(date) !== undefined) return 'holiday';
  return weekdayNumber(date) >= 6 ? 'weekend' : 'working';
};

/** What a day is, decisions included. */
export const dayKind = (state: CalendarState, date: CivilDate): DayKind => {
  const byDecision = state.decisions[date]?.kind;
  if (byDecision === 'working-day') return 'working';
  const byLaw = dayKindByLaw(date);
  return byLaw === 'working' && byDecision === 'bridge-day' ? 'bridge-day' : byLaw;
};

export const isWorkingDay = (state: CalendarState, date: CivilDate): boolean => dayKind(state, date) === 'working';

/** This day if it is a working day, else the next one: how a term that ends on a free day rolls (A5). */
export const workingDayFrom = (state: CalendarState, date: CivilDate): CivilDate => {
  let day = date;
  while (!isWorkingDay(state, day)) day = addDays(day, 1);
  return day;
};

/** The first working day after this one. */
export const nextWorkingDay = (state: CalendarState, date: CivilDate): CivilDate => workingDayFrom(state, addDays(date, 1));

/**
 * 24:00 in Bucharest at the end of the n-th working day after the day of `instant`, which does not count;
 * with 0 the end of that very day. What happens before this instant is in time.
 */
export const endOfWorkingDayAfter = (state: CalendarState, instant: Instant, workingDays: number): Instant => {
  let day = civilDateOf(instant);
  for (let counted = 0; counted < workingDays; counted += 1) day = nextWorkingDay(state, day);
  return startOfNextDay(day);
};
