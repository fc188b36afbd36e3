import type { Instant } from '../../../../domain/kernel/fact';

/** So long an old master key may lie beside the new one: by then a backup was made. */
export const longestOldKeyDays = 30;

const dayMilliseconds = 86_400_000;

/** @param since when the standing master key was made, as its file says */
export const daysSince = (since: Date | undefined, now: Instant): number =>
  since === undefined ? 0 : (Date.parse(now) - since.getTime()) / dayMilliseconds;
