import { publicHolidaysOf } from '../../../domain/calendar/public-holidays';
import type { CalendarState } from '../../../domain/calendar/calendar';
import { dayKind } from '../../../domain/calendar/working-days';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate } from '../../../domain/kernel/fact';
import { yearOf } from '../../../domain/time/civil-time';
import { inEveryLanguage, type Sentence } from '../../phrasing/sentences';

/** A day that is not what its weekday says: a holiday of the law, or a decision. */
export type DayView = {
  readonly date: CivilDate;
  readonly kind: 'holiday' | 'bridge-day' | 'working-day';
  /** of a holiday; two may fall on one date */
  readonly name?: Sentence;
  readonly decision?: string;
};

const holidaysOf = (year: number): ReadonlyMap<CivilDate, Sentence> => {
  const byDate = new Map<CivilDate, Sentence>();
  for (const { date, name } of publicHolidaysOf(year)) {
    const other = byDate.get(date);
    byDate.set(date, other === undefined ? name : inEveryLanguage((locale) => `${other[locale]}, ${name[locale]}`));
  }
  return byDate;
};

/** The public holidays of a year and the decisions in force, by date. */
export const daysOfYear = (calendar: CalendarState, year: number): readonly DayView[] => {
  const holidays = holidaysOf(year);
  const decided = Object.keys(calendar.decisions).filter((date) => yearOf(date) === year);
  return [...new Set([...holidays.keys(), ...decided])].sort().map((date) => {
    const name = holidays.get(date);
    const inForce = calendar.decisions[date];
    return {
      date,
      kind: inForce?.kind ?? 'holiday',
      ...defined({ name, decision: inForce?.decision }),
    };
  });
};

/** The first day from this one on that is free by law or decision, weekends left out. */
export const nextDayOff = (calendar: CalendarState, from: CivilDate): DayView | undefined =>
  [yearOf(from), yearOf(from) + 1]
    .flatMap((year) => daysOfYear(calendar, year))
    .find(({ date }) => date >= from && ['holiday', 'bridge-day'].includes(dayKind(calendar, date)));
