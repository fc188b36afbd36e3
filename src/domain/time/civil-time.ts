import { DateTime, IANAZone } from 'luxon';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../kernel/fact';

/** Every civil date and wall time of the procedure is of this zone. */
export const zone = 'Europe/Bucharest';

const bucharest = IANAZone.create(zone);
const minuteMilliseconds = 60_000;

/** Days of UTC whose offset is known, and is the same from end to end. A pure function's memory: it never says anything else. */
const offsetsOfDays = new Map<number, number>();

const exactly = (milliseconds: number): number => bucharest.offset(milliseconds) * minuteMilliseconds;

/** How many milliseconds the clocks of Bucharest are ahead of UTC at this instant. Asking the zone anew each time costs microseconds. */
export const offsetAt = (milliseconds: number): number => {
  const day = Math.floor(milliseconds / dayMilliseconds);
  const known = offsetsOfDays.get(day);
  if (known !== undefined) return known;
  const offset = exactly(milliseconds);
  const [atStart, atEnd] = [exactly(day * dayMilliseconds), exactly((day + 1) * dayMilliseconds)];
  // The clocks never change twice within one day.
  if (atStart === offset && atEnd === offset) offsetsOfDays.set(day, offset);
  return offset;
};

const dayMilliseconds = 86_400_000;

const canonicalInstant = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}\.\d{3}Z$/;
const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

const isLeap = (year: number): boolean => (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
const daysIn = (year: number, month: number): number => (month === 2 && isLeap(year) ? 29 : (monthLengths[month - 1] ?? 0));

/** Days from 1 January 1970. Years begin in March here, so that the leap day is the last of its year. */
const daysTo = (year: number, month: number, day: number): number => {
  const marchYear = month > 2 ? year : year - 1;
  const dayOfYear = Math.floor((153 * ((month + 9) % 12) + 2) / 5) + day - 1;
  const leapDays = Math.floor(marchYear / 4) - Math.floor(marchYear / 100) + Math.floor(marchYear / 400);
  return marchYear * 365 + leapDays + dayOfYear - 719_468;
};

const zero = 48;
/** Of text that is known to be digits there. */
const digits = (text: string, from: number, to: number): number => {
  let value = 0;
  for (let at = from; at < to; at += 1) value = value * 10 + text.charCodeAt(at) - zero;
  return value;
};
const padded = (value: number, width: number): string => String(value).padStart(width, '0');

/** Milliseconds since 1970 of an instant in canonical form; `undefined` for every other text, real instant or not. */
export const canonicalMilliseconds = (text: string): number | undefined => {
  if (!canonicalInstant.test(text)) return undefined;
  const [year, month, day] = [digits(text, 0, 4), digits(text, 5, 7), digits(text, 8, 10)];
  const [hour, minute, second] = [digits(text, 11, 13), digits(text, 14, 16), digits(text, 17, 19)];
  if (day < 1 || day > daysIn(year, month) || hour > 23 || minute > 59 || second > 59) return undefined;
  return daysTo(year, month, day) * dayMilliseconds + ((hour * 60 + minute) * 60 + second) * 1000 + digits(text, 20, 23);
};

/** Luxon takes the rest: forms that are not canonical, and what is no instant (NaN). */
export const millisecondsOf = (instant: Instant): number =>
  canonicalMilliseconds(instant) ?? DateTime.fromISO(instant, { zone: 'utc' }).toMillis();

const farAway = (milliseconds: number): Instant => {
  const text = DateTime.fromMillis(milliseconds, { zone: 'utc' }).toISO();
  if (text === null) throw new RangeError('Not an instant.');
  return text;
};

/**
 * The instant so many milliseconds after 1970, written canonically. Plain arithmetic for the years 1 to 9999:
 * an audit trail is rebuilt from millions of instants, and a calendar library costs fifty times as much.
 * @throws RangeError for what is no number of milliseconds
 */
export const instantAt = (milliseconds: number): Instant => {
  const days = Math.floor(milliseconds / dayMilliseconds);
  if (!Number.isInteger(milliseconds) || days < -719_162 || days > 2_932_896) return farAway(milliseconds);
  const shifted = days + 719_468;
  const era = Math.floor(shifted / 146_097);
  const dayOfEra = shifted - era * 146_097;
  const yearOfEra = Math.floor(
    (dayOfEra - Math.floor(dayOfEra / 1460) + Math.floor(dayOfEra / 36_524) - Math.floor(dayOfEra / 146_096)) / 365,
  );
  const dayOfYear = dayOfEra - (365 * yearOfEra + Math.floor(yearOfEra / 4) - Math.floor(yearOfEra / 100));
  const marchMonth = Math.floor((5 * dayOfYear + 2) / 153);
  const day = dayOfYear - Math.floor((153 * marchMonth + 2) / 5) + 1;
  const month = marchMonth < 10 ? marchMonth + 3 : marchMonth - 9;
  const year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
  const rest = milliseconds - days * dayMilliseconds;
  const seconds = Math.floor(rest / 1000);
  const time = `${padded(Math.floor(seconds / 3600), 2)}:${padded(Math.floor(seconds / 60) % 60, 2)}:${padded(seconds % 60, 2)}`;
  return `${padded(year, 4)}-${padded(month, 2)}-${padded(day, 2)}T${time}.${padded(rest % 1000, 3)}Z`;
};

const instantWithOffset = /T[^T]*(?:Z|[+-](?:[01]\d|2[0-3])(?::?[0-5]\d)?)$/;
/** Far enough from both ends of the years of four digits: dates are compared as texts, also those that are counted from one. */
const yearWithinReach = /^[1-8]/;

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
export const isCivilDate = (text: string): boolean =>
  yearWithinReach.test(text) && canonicalMilliseconds(`${text}T00:00:00.000Z`) !== undefined;

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
type Days = { readonly from?: CivilDate | undefined; readonly to?: CivilDate | undefined };
type WholeDays = { readonly from: Instant; readonly before: Instant };
/** From 00:00 of the first of these days until 24:00 of the last; without a bound where no day is named. */
export function wholeDays(days: Readonly<Record<'from' | 'to', CivilDate>>): WholeDays;
export function wholeDays(days: Days): Partial<WholeDays>;
export function wholeDays({ from, to }: Days): Partial<WholeDays> {
  return defined({
    from: from === undefined ? undefined : startOfDay(from),
    before: to === undefined ? undefined : startOfNextDay(to),
  });
}
/** When the wall shows this time (`HH:mm`) next, after this instant. */
export const nextAtLocal = (time: string, after: Instant): Instant => {
  const date = civilDateOf(after);
  const today = atLocal(date, time);
  return today > after ? today : atLocal(addDays(date, 1), time);
};

/** Elapsed time, even where the wall clocks change meanwhile. */
export const plusSeconds = (instant: Instant, seconds: number): Instant => instantAt(millisecondsOf(instant) + seconds * 1000);
/** The last moment before this one, and the first one after it: an instant is told in milliseconds. */
export const momentBefore = (instant: Instant): Instant => instantAt(millisecondsOf(instant) - 1);
export const momentAfter = (instant: Instant): Instant => instantAt(millisecondsOf(instant) + 1);
export const plusMinutes = (instant: Instant, minutes: number): Instant => plusSeconds(instant, minutes * 60);
export const plusHours = (instant: Instant, hours: number): Instant => plusSeconds(instant, hours * 3600);
/** Elapsed seconds from `from` to `to`, with fractions; negative when `to` is earlier. */
export const secondsBetween = (from: Instant, to: Instant): number => (millisecondsOf(to) - millisecondsOf(from)) / 1000;
export const minutesBetween = (from: Instant, to: Instant): number => secondsBetween(from, to) / 60;

/** The day to which a target or a limit belongs: midnight is the end of a day, not the beginning of the next. */
export const dayOfDue = (due: Instant): CivilDate => civilDateOf(momentBefore(due));
/** Whether it is the 24:00 of its day, which must not be read as the next day's morning. */
export const endsItsDay = (due: Instant): boolean => dayOfDue(due) !== civilDateOf(due);
/** The targets and limits of these days: the midnight before the first of them is of none, the 24:00 of the last is. */
export const daysOfDue = (days: Days): Partial<WholeDays> => {
  const { from, before } = wholeDays(days);
  return defined({ from: from && momentAfter(from), before: before && momentAfter(before) });
};

/** The Monday of the week that this date is in. */
export const mondayOf = (date: CivilDate): CivilDate => addDays(date, 1 - weekdayNumber(date));

/** ISO 8601 week of a date, `2026-W09`: it belongs to the year of its Thursday. */
export const isoWeekOf = (date: CivilDate): string => {
  const thursday = addDays(mondayOf(date), 3);
  const year = yearOf(thursday);
  const week = Math.floor(daysBetween(`${year}-01-01`, thursday) / 7) + 1;
  return `${year}-W${String(week).padStart(2, '0')}`;
};
