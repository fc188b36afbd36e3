import type { Instant } from '@tichet-albastru/kernel/fact';

/**
 * As far ahead of `at` as `since` is before it. Until then a hit of now counts. A hit that is noted for a later moment was noted while a
 * clock was ahead, so it is not counted.
 */
export const endOfWindow = (at: Instant, since: Instant): Instant => new Date(2 * Date.parse(at) - Date.parse(since)).toISOString();
