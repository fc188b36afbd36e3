import { DateTime, IANAZone } from 'luxon';
import type { CivilDate, Instant } from '../kernel/instant';

/** Every civil date and wall time of the procedure is of this zone. */
export const zone = 'Europe/Bucharest';

const bucharest = IANAZone.create(zone);
const dayMilliseconds = 86_400_000;
const minuteMilliseconds = 60_000;

const canonicalInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const instantWithOffset = /T[^T]*(?:Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)$/;
const civilDateForm = /^\d{4}-\d{2}-\d{2}$/;

const textOf = (text: string | null, what: string): string => {
  if (text === null) throw new RangeError(`Not ${what}.`);
  return text;
};
const millisecondsOf = (instant: Instant): number => DateTime.fromISO(instant, { zone: 'utc' }).toMillis();
const instantAt = (milliseconds: number): Instant => textOf(DateTime.fromMillis(milliseconds, { zone: 'utc' }).toISO(), 'an instant');
const dateInUtc = (date: CivilDate): DateTime => DateTime.fromISO(date, { zone: 'utc' });
const inBucharest = (instant: Instant): DateTime => DateTime.fromISO(instant, { zone: 'utc' }).setZone(bucharest);

/** The instant that this text names, written canonically; `undefined` without an offset or `Z`, and for anything that is no ISO 8601. */
export const parseInstant = (text: string): Instant | undefined => {
  if (!instantWithOffset.test(text)) return undefined;
  const instant = DateTime.fromISO(text, { zone: 'utc' }).toISO();
  return instant !== null && canonicalInstant.test(instant) ? instant : undefined;
};
/** Whether this text is an instant in canonical form, as facts hold it. Text from outside goes through `parseInstant`. */
export const isInstant = (text: string): boolean => parseInstant(text) === text;
/** Whether this text is a date of the calendar, `YYYY-MM-DD`. */
export const isCivilDate = (text: string): boolean => civilDateForm.test(text) && dateInUtc(text).isValid;

export const civilDateOf = (instant: Instant): CivilDate => textOf(inBucharest(instant).toISODate(), 'an instant');
/** `HH:mm` on the wall in Bucharest. */
export const localTimeOf = (instant: Instant): string => textOf(inBucharest(instant).toISOTime(), 'an instant').slice(0, 5);

export const addDays = (date: CivilDate, days: number): CivilDate => textOf(dateInUtc(date).plus({ days }).toISODate(), 'a date');
/** Whole days from `from` to `to`; negative when `to` is earlier. */
export const daysBetween = (from: CivilDate, to: CivilDate): number =>
  (dateInUtc(to).toMillis() - dateInUtc(from).toMillis()) / dayMilliseconds;
/** 1 is Monday, 7 is Sunday. */
export const weekdayNumber = (date: CivilDate): number => dateInUtc(date).weekday;
export const yearOf = (date: CivilDate): number => dateInUtc(date).year;

/**
 * The instant of a wall time, `HH:mm`. The hour repeated in October means its first passing; a time skipped in March
 * means as long after midnight as it would have been (03:30 is read as 04:30).
 *
 * Luxon settles a repeated hour by the machine's own clock, so the offset is found here from the zone's rules alone.
 */
export const atLocal = (date: CivilDate, time: string): Instant => {
  const wall = DateTime.fromISO(`${date}T${time}`, { zone: 'utc' }).toMillis();
  const offsetAt = (milliseconds: number): number => bucharest.offset(milliseconds) * minuteMilliseconds;
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
