import type { Instant } from '../../domain/kernel/fact';
import { plusSeconds } from '../../domain/time/civil-time';
import type { Identifiers } from '../kernel/ports/identifiers';
import { nextAttemptAt, type Waits } from '../kernel/processes/back-off';

/** Of a receiver that is away: its events wait in the log, and it is asked ever more seldom, every hour in the end. */
const waits: Waits = { seconds: [5, 30, 120, 600, 1800, 3600], jitterPercent: 20 };
/** After this long without success a person must look. */
const mostSeconds = 24 * 60 * 60;

/** When a delivery that failed for the n-th time is tried again; never before the receiver asks for it. */
export const nextDeliveryAt = (identifiers: Identifiers, at: Instant, attempt: number, askedSeconds = 0): Instant => {
  const [next, asked] = [nextAttemptAt(identifiers, at, attempt, waits), plusSeconds(at, askedSeconds)];
  return asked > next ? asked : next;
};

/** Nothing was delivered for a day. */
export const isGivenUp = (since: Instant, at: Instant): boolean => plusSeconds(since, mostSeconds) <= at;
