import type { Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import { instant, object, type ValueOf } from '../kernel/shape';
import type { Policies } from '../policies';
import { addDays, civilDateOf, parseInstant, plusMinutes, startOfNextDay } from './civil-time';

export const slotShape = object({ startsAt: instant, endsAt: instant });
/** Art. 6. Fifteen minutes on the grid :00 :15 :30 :45 (A15). */
export type Slot = ValueOf<typeof slotShape>;

/** Art. 6. */
export const slotMinutes = 15;

// Bucharest is a whole number of hours ahead of UTC the year round: the local grid and the grid in UTC are the same.
const gridForm = /:(?:00|15|30|45):00\.000Z$/;

/** Whether a slot may start at this instant (A15). */
export const isOnGrid = (instant: Instant): boolean => gridForm.test(instant);

const quarterAfter: Readonly<Record<string, string>> = { '00': '15', '15': '30', '30': '45' };
/** When a slot that starts at this point of the grid ends. Days of slots are listed by it, so it reckons only from hour to hour. */
export const endOfSlot = (gridPoint: Instant): Instant => {
  const quarter = quarterAfter[gridPoint.slice(14, 16)];
  return quarter === undefined ? plusMinutes(gridPoint, slotMinutes) : `${gridPoint.slice(0, 14)}${quarter}:00.000Z`;
};

/** The first instant of the grid at or after this one. */
export const nextGridPoint = (instant: Instant): Instant => {
  let point = `${instant.slice(0, 13)}:00:00.000Z`;
  while (point < instant) point = endOfSlot(point);
  return point;
};

/** The slot from a start on the grid. Refuses `invalid`, Art. 6, off the grid and for what is no instant. */
export const slotStarting = (startsAt: string): Slot | Refusal => {
  const start = parseInstant(startsAt);
  if (start === undefined) return refuse('invalid', { field: 'startsAt', reason: 'not-an-instant' });
  if (!isOnGrid(start)) return refuse('invalid', { article: '6', field: 'startsAt', reason: 'not-on-grid' });
  return { startsAt: start, endsAt: endOfSlot(start) };
};

/** Whether this is exactly fifteen minutes on the grid (Art. 6, C08). */
export const isSlot = ({ startsAt, endsAt }: Slot): boolean =>
  parseInstant(startsAt) === startsAt && isOnGrid(startsAt) && plusMinutes(startsAt, slotMinutes) === endsAt;

/** Whether two stretches of time share a moment; one that ends when the other begins does not. */
export const overlaps = (a: Slot, b: Slot): boolean => a.startsAt < b.endsAt && b.startsAt < a.endsAt;

/** A16. The last start that may be booked: the last quarter of an hour of the horizon's last day, which counts whole. */
export const latestStart = (requestedAt: Instant, policy: Policies['booking-horizon']): Instant =>
  plusMinutes(startOfNextDay(addDays(civilDateOf(requestedAt), policy.value.days)), -slotMinutes);

/** A16. Refuses `beyond-horizon` with the `latest` start that would do; `undefined` within the horizon. */
export const checkHorizon = (requestedAt: Instant, startsAt: Instant, policy: Policies['booking-horizon']): Refusal | undefined => {
  const latest = latestStart(requestedAt, policy);
  return startsAt <= latest ? undefined : refuse('beyond-horizon', { latest });
};
