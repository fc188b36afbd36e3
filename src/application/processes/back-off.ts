import type { Instant } from '../../domain/kernel/instant';
import { plusSeconds } from '../../domain/time/civil-time';
import type { Identifiers } from '../ports/identifiers';

/** Seconds before the next attempt, by how many there were; the last one holds from then on. */
const usualWaits: readonly number[] = [1, 5, 30, 120, 600];
/** At most this share of the wait is added, so that a thousand letters do not come back together. */
const jitterPercent = 20;

/** When an effect that failed for the n-th time is tried again. */
export const nextAttemptAt = (
  identifiers: Identifiers,
  at: Instant,
  attempt: number,
  { waits = usualWaits, notBeforeSeconds = 0 }: { readonly waits?: readonly number[] | undefined; readonly notBeforeSeconds?: number } = {},
): Instant => {
  const seconds = Math.max(waits[attempt - 1] ?? waits.at(-1) ?? 0, notBeforeSeconds);
  return plusSeconds(at, seconds * (1 + identifiers.between(0, jitterPercent) / 100));
};

/** How long whoever could not answer asked to be left alone, where the error says so. */
export const askedToWait = (error: unknown): number =>
  error instanceof Error && 'retryAfterSeconds' in error && typeof error.retryAfterSeconds === 'number' ? error.retryAfterSeconds : 0;

/** Given up: a person has the task, and only `attempts.reset` brings the machine back to it. */
export const never: Instant = '9999-12-31T23:59:59.999Z';
