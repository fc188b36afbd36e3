import type { CalendarState } from '../calendar/working-calendar';
import { dayKind, type DayKind } from '../calendar/working-days';
import type { CivilDate, Instant } from '../kernel/instant';
import { hasLeft, hoursOn } from '../staff/hours';
import type { StaffState } from '../staff/staff-member';
import { minutesBetween } from '../time/civil-time';
import { isSlot, nextGridPoint, slotMinutes, type Slot } from '../time/slot';

/** A stretch of time: `from` inclusive, `to` exclusive. */
export type TimeWindow = { readonly from: Instant; readonly to: Instant };

/** When one person can be met on one day (A16), before anything is booked. */
export type DayPlan = {
  readonly date: CivilDate;
  readonly kind: DayKind;
  /** why there is no window at all */
  readonly closed?: 'holiday' | 'bridge-day' | 'weekend' | 'absent' | 'outside-hours';
  /** in order, each beginning on the grid and long enough for a slot */
  readonly windows: readonly TimeWindow[];
};

const fromGrid = ({ from, to }: TimeWindow): TimeWindow => ({ from: nextGridPoint(from), to });
const holdsSlot = ({ from, to }: TimeWindow): boolean => minutesBetween(from, to) >= slotMinutes;

/** What is left of these windows without that stretch. */
export const without = (windows: readonly TimeWindow[], gone: TimeWindow): readonly TimeWindow[] =>
  windows
    .flatMap(({ from, to }) => [
      { from, to: to < gone.from ? to : gone.from },
      { from: from > gone.to ? from : gone.to, to },
    ])
    .filter(({ from, to }) => from < to);

/** A16. Weekly hours minus public holidays, bridge days, absences and everything after leaving. */
export const dayPlan = (date: CivilDate, staff: StaffState, calendar: CalendarState): DayPlan => {
  const kind = dayKind(calendar, date);
  if (kind !== 'working') return { date, kind, closed: kind, windows: [] };
  if (staff.status === 'unknown' || hasLeft(staff, date)) return { date, kind, closed: 'absent', windows: [] };
  const hours = hoursOn(staff, date).map(([from, to]): TimeWindow => ({ from, to }));
  if (hours.length === 0) return { date, kind, closed: 'outside-hours', windows: [] };
  const windows = staff.absences.reduce(without, hours).map(fromGrid).filter(holdsSlot);
  return windows.length === 0 ? { date, kind, closed: 'absent', windows } : { date, kind, windows };
};

/** Whether this is a slot (Art. 6) that lies within one window of the plan (C09). */
export const planAllows = (plan: DayPlan, slot: Slot): boolean =>
  isSlot(slot) && plan.windows.some(({ from, to }) => from <= slot.startsAt && slot.endsAt <= to);
