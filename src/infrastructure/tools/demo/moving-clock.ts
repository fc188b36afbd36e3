import type { Clock } from '../../../application/kernel/ports/clock';
import type { Instant } from '../../../domain/kernel/fact';

/** A clock that stands where it was put, and never goes back. */
export type MovingClock = Clock & { moveTo(instant: Instant): void };

export const movingClock = (start: Instant): MovingClock => {
  let now = start;
  return {
    now: () => now,
    moveTo: (instant) => {
      if (instant > now) now = instant;
    },
  };
};
