import type { CivilDate } from '../../domain/kernel/instant';
import { addDays, daysBetween, weekdayNumber, yearOf } from '../../domain/time/civil-time';

/** ISO 8601 week of a date, `2026-W09`: it belongs to the year of its Thursday. */
export const isoWeekOf = (date: CivilDate): string => {
  const thursday = addDays(date, 4 - weekdayNumber(date));
  const year = yearOf(thursday);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
};
