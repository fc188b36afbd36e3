import type { Instant } from '@tichet-albastru/kernel/fact';

/** Time comes from here and nowhere else. */
export type Clock = { now(): Instant };
