import { DateTime } from 'luxon';
import type { CivilDate, Instant } from '../kernel/instant';
import { offsetAt } from './bucharest-offset';
import { canonicalMilliseconds, dayMilliseconds, instantAt, millisecondsOf } from './instant-arithmetic';

export { zone } from './bucharest-offset';

const canonicalInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const instantWithOffset = /T[^T]*(?:Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)$/;
/** Far enough from both ends of the years of four digits: dates are compared as texts, also those that are counted from one. */
const civilDateForm = /^[1-8]\d{3}-\d{2}-\d{2}$/;

const midnightInUtc = (date: CivilDate): number => millisecondsOf(`${date}T00:00:00.000Z`);
const dateIn = (wall: number): CivilDate => instantAt(wall).slice(0, 10);
/** What the clocks of Bucharest show, as if it were UTC. */
const wallOf = (instant: Instant): number => {
  const milliseconds = millisecondsOf(instant);
  return milliseconds + offsetAt(milliseconds);
};

/** The instant that this text names, written canonically; `undefined` without an offset or `Z`, and for anything that is no ISO 8601. */
export const parseInstant = (text: string): Instant | undefined => {
  if (canonicalMilliseconds(text) !== undefined) return text;
  if (!instantWithOffset.test(text)) return undefined;
  const instant = DateTime.fromISO(text, { zone: 'utc' }).toISO();
  return instant !== null && canonicalInstant.test(instant) ? instant : undefined;
};
/** Whether this text is an instant in canonical form, as facts hold it. Text from outside goes through `parseInstant`. */
export const isInstant = (text: string): boolean => parseInstant(text) === text;
/** Whether this text is a date of the calendar, `YYYY-MM-DD`. */
export const isCivilDate = (text: string): boolean => civilDateForm.test(text) && DateTime.fromISO(text, { zone: 'utc' }).isValid;

export const civilDateOf = (instant: Instant): CivilDate => dateIn(wallOf(instant));
/** `HH:mm` on the wall in Bucharest. */
export const localTimeOf = (instant: Instant): string => instantAt(wallOf(instant)).slice(11, 16);

export const addDays = (date: CivilDate, days: number): CivilDate => dateIn(midnightInUtc(date) + days * dayMilliseconds);
/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number => (midnightInUtc(to) - midnightInUtc(from)) / dayMilliseconds;
/** 1 is Monday, 7 is Sunday. */
export const weekdayNumber = (date: CivilDate): number => {
  // 1 January 1970 was a Thursday.
  const sinceMonday = (midnightInUtc(date) / dayMilliseconds + 3) % 7;
  return sinceMonday < 0 ? sinceMonday + 8 : sinceMonday + 1;
};
export const yearOf = (date: CivilDate): number => Number(date.slice(0, 4));

/**
 * The instant of a wall time, `HH:mm`. The hour repeated in October means its first passing; a time skipped in March
 * means as long after midnight as it would have been (03:30 is read as 04:30).
 *
 * Luxon settles a repeated hour by the machine's own clock, so the offset is found here from the zone's rules alone.
 */
export const atLocal = (date: CivilDate, time: string): Instant => {
  const wall = millisecondsOf(`${date}T${time}:00.000Z`);
  const offsetBefore = offsetAt(wall - dayMilliseconds);
  const offsetAfter = offsetAt(wall + dayMilliseconds);
  if (offsetBefore === offsetAfter) return instantAt(wall - offsetBefore);
  const candidates = [wall - offsetBefore, wall - offsetAfter];
  const real = candidates.filter((candidate) => candidate + offsetAt(candidate) === wall);
  return instantAt(real.length === 0 ? wall - offsetBefore : Math.min(...real));
};
export const startOfDay = (date: CivilDate): Instant => atLocal(date, '00:00');
/** 24:00 of this date: the first instant that no longer belongs to it. */
export const startOfNextDay = (date: CivilDate): Instant => startOfDay(addDays(date, 1));

/** Elapsed time, whatever the wall clocks do meanwhile. */
export const plusSeconds = (instant: Instant, seconds: number): Instant => instantAt(millisecondsOf(instant) + seconds * 1000);
export const plusMinutes = (instant: Instant, minutes: number): Instant => plusSeconds(instant, minutes * 60);
export const plusHours = (instant: Instant, hours: number): Instant => plusSeconds(instant, hours * 3600);
/** Elapsed seconds from `from` to `to`, with fractions; negative when `to` is earlier. */
export const secondsBetween = (from: Instant, to: Instant): number => (millisecondsOf(to) - millisecondsOf(from)) / 1000;
export const minutesBetween = (from: Instant, to: Instant): number => secondsBetween(from, to) / 60;
