import type { Instant } from '../../domain/kernel/instant';
import { plusSeconds } from '../../domain/time/civil-time';
import type { Identifiers } from '../ports/identifiers';

/** Seconds before the next attempt, by how many there were; the last one holds from then on. */
const waits = [5, 30, 120, 600, 1800, 3600] as const;
const longest = 3600;
/** At most this share is added, so that the targets of one receiver do not come back together. */
const jitterPercent = 20;
/** After this long without success a person must look. */
const mostSeconds = 24 * 60 * 60;

/** When a delivery that failed for the n-th time is tried again; never before the receiver asks for it. */
export const nextDeliveryAt = (identifiers: Identifiers, at: Instant, attempt: number, askedSeconds = 0): Instant => {
  const seconds = (waits[attempt - 1] ?? longest) * (1 + identifiers.between(0, jitterPercent) / 100);
  return plusSeconds(at, Math.max(seconds, askedSeconds));
};

/** Nothing was delivered for a day. */
export const isGivenUp = (since: Instant, at: Instant): boolean => plusSeconds(since, mostSeconds) <= at;
