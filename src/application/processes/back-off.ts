import type { Instant } from '../../domain/kernel/instant';
import { plusSeconds } from '../../domain/time/civil-time';
import type { Identifiers } from '../ports/identifiers';

/** Seconds before the next attempt, by how many there were; the last one holds from then on. */
const waits = [1, 5, 30, 120, 600] as const;
const longest = 600;
/** At most this share of the wait is added, so that a thousand letters do not come back together. */
const jitterPercent = 20;

/** Kept with an effect that waits for something to come: nothing failed. */
export const awaited = 'awaited';

/** When an effect that failed for the n-th time is tried again. */
export const nextAttemptAt = (identifiers: Identifiers, at: Instant, attempt: number): Instant => {
  const seconds = waits[attempt - 1] ?? longest;
  return plusSeconds(at, seconds * (1 + identifiers.between(0, jitterPercent) / 100));
};

/** Given up: a person has the task, and only `attempts.reset` brings the machine back to it. */
export const never: Instant = '9999-12-31T23:59:59.999Z';
