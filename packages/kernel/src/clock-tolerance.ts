import type { Instant } from './fact';

/**
 * Commands that run side by side write their facts in some order, each with the time at which its command began, and the clocks of machines
 * differ a little: a time may be off by so many seconds while every clock is right.
 */
export const toleratedSeconds = 30;

/** Noted later than this moment by more than that: by a clock that has gone back since, or is ahead. */
export const isAhead = (noted: Instant, at: Instant): boolean => Date.parse(noted) > Date.parse(at) + toleratedSeconds * 1000;
