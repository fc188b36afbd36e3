import { defined } from '../../../domain/kernel/defined';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { addDays, civilDateOf, daysBetween, isCivilDate, weekdayNumber } from '../../../domain/time/civil-time';

export type View = 'week' | 'day' | 'list';
/** Both days inclusive. `staffId`: of a department, one person's only. */
export type CalendarAddressQuery = {
  readonly view: View;
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly today: CivilDate;
  readonly staffId?: string;
};

/** A list of one person's meetings, and of a whole department's, which has as many in a week. */
const listDays = { one: 28, department: 7 } as const;
const path: Readonly<Record<View, string>> = { week: '/programari', day: '/programari/zi', list: '/programari/lista' };

/** The Monday of a date's week. */
const mondayOf = (date: CivilDate): CivilDate => addDays(date, 1 - weekdayNumber(date));

/** What the address asks for; a date that is none is today. */
export const calendarQuery = (
  view: View,
  at: Instant,
  date: unknown,
  staffId: string | undefined,
  whose: keyof typeof listDays = 'one',
): CalendarAddressQuery => {
  const today = civilDateOf(at);
  const day = typeof date === 'string' && isCivilDate(date) ? date : today;
  const from = view === 'week' ? mondayOf(day) : day;
  const days = view === 'week' ? 7 : view === 'day' ? 1 : listDays[whose];
  return { view, from, to: addDays(from, days - 1), today, ...defined({ staffId }) };
};

/** The address of a view, for the same person. */
export const calendarPath = (view: View, date: CivilDate | undefined, staffId: string | undefined): string => {
  const query = new URLSearchParams(defined({ data: date, staffId }));
  const text = query.toString();
  return text === '' ? path[view] : `${path[view]}?${text}`;
};

/** Where the period before and the one after begin. A day goes to the working week's next day. */
export const neighbours = ({ view, from, to }: CalendarAddressQuery): { readonly before: CivilDate; readonly after: CivilDate } => {
  if (view === 'week') return { before: addDays(from, -7), after: addDays(from, 7) };
  if (view === 'list') return { before: addDays(from, -daysBetween(from, to) - 1), after: addDays(to, 1) };
  const weekday = weekdayNumber(from);
  return { before: addDays(from, weekday === 1 ? -3 : -1), after: addDays(from, weekday === 5 ? 3 : 1) };
};
