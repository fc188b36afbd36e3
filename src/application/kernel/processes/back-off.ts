import type { Instant } from '../../../domain/kernel/fact';
import { plusSeconds } from '../../../domain/time/civil-time';
import type { Identifiers } from '../ports/identifiers';

/** How long an effect waits after it failed for the n-th time; the last wait holds from then on. */
export type Waits = {
  readonly seconds: readonly number[];
  /** at most this share of the wait is added, so that a thousand letters do not come back together */
  readonly jitterPercent: number;
};

/** Of effects on what is ours, or answers at once. */
const usualWaits: Waits = { seconds: [1, 5, 30, 120, 600], jitterPercent: 20 };

/**
 * Of letters: a server that says "later" (greylisting) means minutes, one that is away comes back within hours. Ten attempts, after 1, 5,
 * 15, 60 and then every 240 minutes, the last one within 24 hours whatever the chance adds.
 */
export const letterWaits: Waits = { seconds: [60, 300, 900, 3600, 14_400], jitterPercent: 10 };
export const letterAttempts = 10;

/** Of a letter with a code: it is tried while the code lives, which is minutes (A9). */
export const codeWaits: Waits = { seconds: [1, 5, 30, 60], jitterPercent: 20 };

/** Kept with an effect that waits for something to come: nothing failed. */
export const awaited = 'awaited';

/** When an effect that failed for the n-th time is tried again. */
export const nextAttemptAt = (
  identifiers: Identifiers,
  at: Instant,
  attempt: number,
  { seconds, jitterPercent }: Waits = usualWaits,
): Instant => {
  const wait = seconds[attempt - 1] ?? seconds.at(-1) ?? 1;
  return plusSeconds(at, wait * (1 + identifiers.between(0, jitterPercent) / 100));
};

/** Given up: a person has the task, and only `attempts.reset` brings the machine back to it. */
export const never: Instant = '9999-12-31T23:59:59.999Z';
