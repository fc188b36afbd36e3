import type { CalendarState } from '../calendar/calendar';
import { isWorkingDay } from '../calendar/working-days';
import type { CivilDate, Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { defaultWeek, hoursOfWeekOn } from '../staff/staff-member';
import { addDays, civilDateOf, plusHours, startOfNextDay } from '../time/civil-time';
import { afterWork } from '../time/working-time';

/** City Hall's own hours (A16), of the days that the calendar lets be worked. */
const officeHoursOn =
  (calendar: CalendarState) =>
  (date: CivilDate): readonly { readonly from: Instant; readonly to: Instant }[] =>
    isWorkingDay(calendar, date) ? hoursOfWeekOn(defaultWeek, date).map(([from, to]) => ({ from, to })) : [];

/** A term of at most 720 working hours ends within these days, regardless of the days declared free. */
const longestTermDays = 3660;

/**
 * Art. 4. The first instant at which a meeting may start (A7): so many hours after the request, elapsed ones (safe when the clock changes), those
 * from the next midnight on (Codul de procedură civilă art. 181), or those of City Hall's own week on working days.
 */
export const earliestStart = (requestedAt: Instant, { value }: Policies['lead-time'], calendar: CalendarState): Instant => {
  const today = civilDateOf(requestedAt);
  const { hours, counted = 'elapsed' } = value;
  switch (counted) {
    case 'elapsed':
      return plusHours(requestedAt, hours);
    case 'from-next-midnight':
      return plusHours(startOfNextDay(today), hours);
    case 'working-hours': {
      const last = addDays(today, longestTermDays);
      return afterWork(requestedAt, hours, officeHoursOn(calendar), last) ?? startOfNextDay(last);
    }
  }
};

/** Art. 4. Inclusive at exactly the last millisecond of the hours (A7). */
export const keepsLeadTime = (requestedAt: Instant, startsAt: Instant, policy: Policies['lead-time'], calendar: CalendarState): boolean =>
  startsAt >= earliestStart(requestedAt, policy, calendar);

/** Refuses `too-soon`, Art. 4, with the `earliest` instant that would do and the policy's `hours` and `counted`; `undefined` when the start is late enough. */
export const checkLeadTime = (
  requestedAt: Instant,
  startsAt: Instant,
  policy: Policies['lead-time'],
  calendar: CalendarState,
): Refusal | undefined =>
  keepsLeadTime(requestedAt, startsAt, policy, calendar)
    ? undefined
    : refuse('too-soon', { article: '4', earliest: earliestStart(requestedAt, policy, calendar), ...policy.value });
