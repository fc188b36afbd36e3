import type { Clock } from '../ports/clock';
import type { Instant } from '@tichet-albastru/kernel/fact';

/** A clock that stands still until a test moves it. */
export type FixedClock = Clock & {
  set(instant: Instant): void;
  advance(by: { readonly days?: number; readonly hours?: number; readonly minutes?: number; readonly seconds?: number }): void;
};

export const fixedClock = (start: Instant = '2026-03-02T08:00:00.000Z'): FixedClock => {
  let now = Date.parse(start);
  return {
    now: () => new Date(now).toISOString(),
    set: (instant) => {
      now = Date.parse(instant);
    },
    advance: ({ days = 0, hours = 0, minutes = 0, seconds = 0 }) => {
      now += (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000;
    },
  };
};
