import { isWorkingDay } from '../../../domain/calendar/working-days';
import { workingCalendar } from '../../../domain/calendar/calendar';
import type { CivilDate } from '../../../domain/kernel/fact';
import { addDays } from '../../../domain/time/civil-time';

/** The working day that is `count` of them away from `today`; 0 is today, or the next one when today is none. */
export const workingDayAround = (today: CivilDate, count: number): CivilDate => {
  const isOne = (date: CivilDate): boolean => isWorkingDay(workingCalendar.initial, date);
  let date = today;
  while (!isOne(date)) date = addDays(date, 1);
  const step = count < 0 ? -1 : 1;
  for (let left = Math.abs(count); left > 0;) {
    date = addDays(date, step);
    if (isOne(date)) left -= 1;
  }
  return date;
};
