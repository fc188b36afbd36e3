import type { Instant } from '../../../domain/kernel/instant';

/** Time comes from here and nowhere else. */
export type Clock = { now(): Instant };
