import type { Clock } from '../../../application/kernel/ports/clock';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
