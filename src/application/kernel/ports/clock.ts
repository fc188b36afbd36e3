import type { Instant } from '../../../domain/kernel/fact';

/** Time comes from here and nowhere else. */
export type Clock = { now(): Instant };
