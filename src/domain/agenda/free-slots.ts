import type { CivilDate, Instant } from '../kernel/instant';
import { endOfSlot, nextGridPoint, type Slot } from '../time/slot';
import type { DayPlan, TimeWindow } from './day-plan';

/** First and last instant at which a meeting may start, both inclusive (Art. 4, A16). */
export type StartBounds = { readonly earliest: Instant; readonly latest: Instant };

/** `free` is the number of slots that can be booked; `closed` says why there is none. */
export type DayAvailability = {
  readonly date: CivilDate;
  readonly free: number;
  readonly closed?: NonNullable<DayPlan['closed']> | 'under-48-hours' | 'full' | 'beyond-horizon';
};

const slotsIn = ({ from, to }: TimeWindow): readonly Slot[] => {
  const slots: Slot[] = [];
  let startsAt = nextGridPoint(from);
  for (let endsAt = endOfSlot(startsAt); endsAt <= to; endsAt = endOfSlot(startsAt)) {
    slots.push({ startsAt, endsAt });
    startsAt = endsAt;
  }
  return slots;
};

const isWithin = ({ startsAt }: Slot, { earliest, latest }: StartBounds): boolean => earliest <= startsAt && startsAt <= latest;

/** The slots of a day that can be booked, in order: within the plan and the bounds, touching nothing that is taken. */
export const freeSlots = (plan: DayPlan, taken: readonly TimeWindow[], bounds: StartBounds): readonly Slot[] =>
  plan.windows
    .flatMap(slotsIn)
    .filter((slot) => isWithin(slot, bounds) && !taken.some(({ from, to }) => slot.startsAt < to && from < slot.endsAt));

/** One day as the page of slots shows it. A day without a plan says so first, then why its slots cannot be had. */
export const dayAvailability = (plan: DayPlan, taken: readonly TimeWindow[], bounds: StartBounds): DayAvailability => {
  const { date } = plan;
  const free = freeSlots(plan, taken, bounds).length;
  if (free > 0) return { date, free };
  if (plan.closed !== undefined) return { date, free, closed: plan.closed };
  const slots = plan.windows.flatMap(slotsIn);
  if (slots.some((slot) => isWithin(slot, bounds))) return { date, free, closed: 'full' };
  const tooSoon = slots.some(({ startsAt }) => startsAt < bounds.earliest);
  return { date, free, closed: tooSoon ? 'under-48-hours' : 'beyond-horizon' };
};
