import type { ClosedTimeRow } from '../../../application/kernel/ports/tables';
import type { MeetingView } from '../../../application/staff/staff-calendar';
import type { CalendarState } from '../../../domain/calendar/calendar';
import { dayKind, type DayKind } from '../../../domain/calendar/working-days';
import { publicHolidayOn } from '../../../domain/calendar/public-holidays';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { type StaffState, weekdays, weekOn } from '../../../domain/staff/staff-member';
import type { Locale } from '../../../domain/ticket/facts';
import {
  addDays,
  civilDateOf,
  daysBetween,
  isCivilDate,
  localTimeOf,
  mondayOf,
  startOfDay,
  startOfNextDay,
  weekdayNumber,
} from '../../../domain/time/civil-time';

/** Places on the wall clock of a day, in quarters of an hour from midnight. */
export type Quarters = { readonly from: number; readonly to: number };

export type ClosedView = ClosedTimeRow & Quarters & { readonly wholeDay: boolean };
/** Meetings that begin at the same time stand together. */
export type HourView = { readonly quarter: number; readonly meetings: readonly MeetingView[] };
export type DayView = {
  readonly date: CivilDate;
  readonly kind: DayKind;
  readonly holiday?: string;
  readonly hours: readonly HourView[];
  readonly closed: readonly ClosedView[];
  /** from the first to the last working hour of those whose calendar it is */
  readonly working?: Quarters;
};

export const quarterOf = (at: Instant): number => {
  const [hours = 0, minutes = 0] = localTimeOf(at).split(':').map(Number);
  return hours * 4 + Math.floor(minutes / 15);
};

/** Half of a working day closed is shown by the hour; what closes the usual hours altogether closes the day. */
const usualDay: Quarters = { from: 8 * 4, to: 16 * 4 };

const closedOn = (date: CivilDate, row: ClosedTimeRow): readonly ClosedView[] => {
  const [start, end] = [startOfDay(date), startOfNextDay(date)];
  if (row.endsAt <= start || row.startsAt >= end) return [];
  const from = row.startsAt <= start ? 0 : quarterOf(row.startsAt);
  const to = row.endsAt >= end ? 96 : Math.max(from + 1, quarterOf(row.endsAt));
  return [{ ...row, from, to, wholeDay: from <= usualDay.from && to >= usualDay.to }];
};

const hoursOf = (meetings: readonly MeetingView[]): readonly HourView[] => {
  const byQuarter = new Map<number, MeetingView[]>();
  for (const meeting of meetings) {
    const quarter = quarterOf(meeting.startsAt);
    byQuarter.set(quarter, [...(byQuarter.get(quarter) ?? []), meeting]);
  }
  return [...byQuarter].map(([quarter, together]) => ({ quarter, meetings: together })).sort((a, b) => a.quarter - b.quarter);
};

type Found = {
  readonly meetings: readonly MeetingView[];
  readonly closed: readonly ClosedTimeRow[];
  readonly calendar: CalendarState;
  readonly people: readonly StaffState[];
};

const quarterOfWall = (time: string): number => Number(time.slice(0, 2)) * 4 + Math.floor(Number(time.slice(3, 5)) / 15);

const widest = (stretches: readonly Quarters[]): Quarters | undefined =>
  stretches.length === 0
    ? undefined
    : { from: Math.min(...stretches.map(({ from }) => from)), to: Math.max(...stretches.map(({ to }) => to)) };

const workingOn = (date: CivilDate, people: readonly StaffState[]): Quarters | undefined => {
  const weekday = weekdays[weekdayNumber(date) - 1] ?? 'mon';
  const hours = people.flatMap((person) => weekOn(person, date)[weekday] ?? []);
  return widest(hours.map(([from, to]) => ({ from: quarterOfWall(from), to: quarterOfWall(to) })));
};

/** The days from `from` to `to`, each with what is on it. */
export const daysView = (
  from: CivilDate,
  to: CivilDate,
  { meetings, closed, calendar, people }: Found,
  locale: Locale,
): readonly DayView[] =>
  Array.from({ length: daysBetween(from, to) + 1 }, (_, index) => addDays(from, index)).map((date) => {
    const kind = dayKind(calendar, date);
    const working = kind === 'working' ? workingOn(date, people) : undefined;
    const holiday = kind === 'holiday' ? publicHolidayOn(date)?.name[locale] : undefined;
    return {
      date,
      kind,
      ...defined({ holiday, working }),
      hours: hoursOf(meetings.filter(({ startsAt }) => civilDateOf(startsAt) === date)),
      closed: closed.flatMap((row) => closedOn(date, row)).filter(({ cause }) => cause !== 'bridge-day'),
    };
  });

/** Days of the working week always; Saturday and Sunday when something is on. */
export const worthShowing = ({ date, kind, hours }: DayView): boolean => weekdayNumber(date) <= 5 || kind === 'working' || hours.length > 0;

/** Whole hours, from the first to the last that is worked or has a meeting; nothing for days without any. */
export const spanOf = (days: readonly DayView[]): Quarters | undefined => {
  const meetings = days.flatMap(({ hours }) => hours.map(({ quarter }) => ({ from: quarter, to: quarter + 1 })));
  const span = widest([...meetings, ...days.flatMap(({ working }) => working ?? [])]);
  return span && { from: Math.floor(span.from / 4) * 4, to: Math.ceil(span.to / 4) * 4 };
};

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
