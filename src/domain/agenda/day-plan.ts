import type { CalendarState, Pause } from '../calendar/calendar';
import { pauseOn } from './pauses';
import { dayKind, type DayKind } from '../calendar/working-days';
import type { CivilDate, Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import { hasLeft, hoursOn, type StaffState } from '../staff/staff-member';
import { minutesBetween } from '../time/civil-time';
import { endOfSlot, isSlot, nextGridPoint, type Slot, slotMinutes } from '../time/slot';

/** A stretch of time: `from` inclusive, `to` exclusive. */
export type TimeWindow = { readonly from: Instant; readonly to: Instant };

/** When one person can be met on one day (A16), before anything is booked. */
export type DayPlan = {
  readonly date: CivilDate;
  readonly kind: DayKind;
  /** why there is no window at all */
  readonly closed?: 'holiday' | 'bridge-day' | 'weekend' | 'paused' | 'absent' | 'outside-hours';
  /** where it is paused: which pause */
  readonly pause?: Pause;
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

/** A16. Weekly hours minus public holidays, bridge days, pauses, absences and everything after leaving. */
export const dayPlan = (date: CivilDate, staff: StaffState, calendar: CalendarState): DayPlan => {
  const kind = dayKind(calendar, date);
  if (kind !== 'working') return { date, kind, closed: kind, windows: [] };
  if (staff.status === 'unknown' || hasLeft(staff, date)) return { date, kind, closed: 'absent', windows: [] };
  const pause = pauseOn(calendar, date, staff.departmentCode);
  if (pause !== undefined) return { date, kind, closed: 'paused', pause, windows: [] };
  const hours = hoursOn(staff, date).map(([from, to]): TimeWindow => ({ from, to }));
  if (hours.length === 0) return { date, kind, closed: 'outside-hours', windows: [] };
  const windows = staff.absences.reduce(without, hours).map(fromGrid).filter(holdsSlot);
  return windows.length === 0 ? { date, kind, closed: 'absent', windows } : { date, kind, windows };
};

/** Whether this is a slot (Art. 6) that lies within one window of the plan (C09). */
export const planAllows = (plan: DayPlan, slot: Slot): boolean =>
  isSlot(slot) && plan.windows.some(({ from, to }) => from <= slot.startsAt && slot.endsAt <= to);

/**
 * Refuses a slot that does not lie within the plan: `paused` (A16) with the last day of the pause in `until` and what citizens read of it in
 * `textRo` and `textEn`, else `not-working-time` (Art. 4).
 */
export const checkPlan = (plan: DayPlan, slot: Slot): Refusal | undefined => {
  if (planAllows(plan, slot)) return undefined;
  const { pause } = plan;
  if (pause === undefined) return refuse('not-working-time', { article: '4' });
  const { to, textRo, textEn } = pause;
  return refuse('paused', { article: '4', reading: 'A16', until: to, textRo, textEn });
};

/**
 * First and last instant at which a meeting may start, both inclusive (Art. 4, A16).
 * `linkFrom`: of an online meeting whose link is made by hand, the first start for which that can be done in time (Art. 5).
 */
export type StartBounds = { readonly earliest: Instant; readonly latest: Instant; readonly linkFrom?: Instant };

/** `free` is the number of slots that can be booked; `closed` says why there is none. */
export type DayAvailability = {
  readonly date: CivilDate;
  readonly free: number;
  readonly closed?: NonNullable<DayPlan['closed']> | 'under-48-hours' | 'no-time-for-link' | 'full' | 'beyond-horizon';
};

const slotsOf = ({ from, to }: TimeWindow): readonly Slot[] => {
  const slots: Slot[] = [];
  let startsAt = nextGridPoint(from);
  for (let endsAt = endOfSlot(startsAt); endsAt <= to; endsAt = endOfSlot(startsAt)) {
    slots.push({ startsAt, endsAt });
    startsAt = endsAt;
  }
  return slots;
};

/** How many slots the plan has room for (Art. 6), however near or far, if nothing were taken. */
export const slotsIn = ({ windows }: DayPlan): number =>
  windows.reduce((total, { from, to }) => total + Math.floor(minutesBetween(from, to) / slotMinutes), 0);

const isBetween = ({ startsAt }: Slot, { earliest, latest }: StartBounds): boolean => earliest <= startsAt && startsAt <= latest;
const isWithin = (slot: Slot, bounds: StartBounds): boolean => isBetween(slot, bounds) && (bounds.linkFrom ?? '') <= slot.startsAt;

/** The slots of a day that can be booked, in order: within the plan and the bounds, touching nothing that is taken. */
export const freeSlots = (plan: DayPlan, taken: readonly TimeWindow[], bounds: StartBounds): readonly Slot[] =>
  plan.windows
    .flatMap(slotsOf)
    .filter((slot) => isWithin(slot, bounds) && !taken.some(({ from, to }) => slot.startsAt < to && from < slot.endsAt));

/** One day as the page of slots shows it. A day without a plan says so first, then why its slots cannot be had. */
export const dayAvailability = (plan: DayPlan, taken: readonly TimeWindow[], bounds: StartBounds): DayAvailability => {
  const { date } = plan;
  const free = freeSlots(plan, taken, bounds).length;
  if (free > 0) return { date, free };
  if (plan.closed !== undefined) return { date, free, closed: plan.closed };
  const slots = plan.windows.flatMap(slotsOf);
  if (slots.some((slot) => isWithin(slot, bounds))) return { date, free, closed: 'full' };
  if (slots.some((slot) => isBetween(slot, bounds))) return { date, free, closed: 'no-time-for-link' };
  const tooSoon = slots.some(({ startsAt }) => startsAt < bounds.earliest);
  return { date, free, closed: tooSoon ? 'under-48-hours' : 'beyond-horizon' };
};
