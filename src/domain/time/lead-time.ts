import type { Instant } from '../kernel/instant';
import { refuse, type Refusal } from '../kernel/refusal';
import type { Policies } from '../policies';
import { addDays, civilDateOf, plusHours, plusMinutes, startOfNextDay } from './civil-time';
import { slotMinutes } from './slot';

/** Art. 4. The first instant at which a meeting may start: elapsed hours after the request, safe when the clock changes (A7). */
export const earliestStart = (requestedAt: Instant, policy: Policies['lead-time']): Instant => plusHours(requestedAt, policy.value.hours);

/** Art. 4. Inclusive at exactly 48:00:00 (A7). */
export const keepsLeadTime = (requestedAt: Instant, startsAt: Instant, policy: Policies['lead-time']): boolean =>
  startsAt >= earliestStart(requestedAt, policy);

/** Refuses `too-soon`, Art. 4, with the `earliest` instant that would do; `undefined` when the start is late enough. */
export const checkLeadTime = (requestedAt: Instant, startsAt: Instant, policy: Policies['lead-time']): Refusal | undefined =>
  keepsLeadTime(requestedAt, startsAt, policy)
    ? undefined
    : refuse('too-soon', { article: '4', earliest: earliestStart(requestedAt, policy) });

/** A16. The last start that may be booked: the last quarter of an hour of the horizon's last day, which counts whole. */
export const latestStart = (requestedAt: Instant, policy: Policies['booking-horizon']): Instant =>
  plusMinutes(startOfNextDay(addDays(civilDateOf(requestedAt), policy.value.days)), -slotMinutes);

/** A16. Refuses `beyond-horizon` with the `latest` start that would do; `undefined` within the horizon. */
export const checkHorizon = (requestedAt: Instant, startsAt: Instant, policy: Policies['booking-horizon']): Refusal | undefined => {
  const latest = latestStart(requestedAt, policy);
  return startsAt <= latest ? undefined : refuse('beyond-horizon', { latest });
};
