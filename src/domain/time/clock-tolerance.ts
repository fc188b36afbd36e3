import type { Instant } from '../kernel/fact';
import { plusSeconds } from './civil-time';

/**
 * Facts of commands that run side by side stand in the log in the order in which they were written, each with the time at which its
 * command began, and clocks of machines differ a little: so much a time may be off while every clock is right.
 */
export const toleratedSeconds = 30;

/** Noted later than this moment by more than that: by a clock that has gone back since, or is ahead. */
export const isAhead = (noted: Instant, at: Instant): boolean => noted > at && noted > plusSeconds(at, toleratedSeconds);
