import type { Clock } from '@tichet-albastru/event-log/ports/clock';

/** The machine's clock. */
export const systemClock: Clock = { now: () => new Date().toISOString() };
