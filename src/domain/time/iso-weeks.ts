import type { CivilDate } from '../kernel/instant';
import { addDays, daysBetween, weekdayNumber, yearOf } from './civil-time';

/** The Monday of the week that this date is in. */
export const mondayOf = (date: CivilDate): CivilDate => addDays(date, 1 - weekdayNumber(date));

/** ISO 8601 week of a date, `2026-W09`: it belongs to the year of its Thursday. */
export const isoWeekOf = (date: CivilDate): string => {
  const thursday = addDays(mondayOf(date), 3);
  const year = yearOf(thursday);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
};
