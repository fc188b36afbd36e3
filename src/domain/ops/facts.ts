import type { Fact } from '../kernel/fact';
import type { Instant } from '../kernel/instant';
import type { PersonalText } from '../kernel/personal-text';

/**
 * An official decided that a table goes on without this event for this key. The decision is a fact like any other,
 * so that a rebuild leaves the event out as well. The reason is sealed with the key `office`.
 */
export type EventSkipped = Fact<
  'EventSkipped',
  {
    readonly projection: string;
    readonly key: string;
    readonly eventId: string;
    readonly reason: PersonalText;
    readonly skippedAt: Instant;
  }
>;

export type OpsFact = EventSkipped;

/** One stream a table: what was decided about running it. */
export const opsStream = (projection: string): string => `ops-${projection}`;
