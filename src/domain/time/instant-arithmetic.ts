import { DateTime } from 'luxon';
import type { Instant } from '../kernel/instant';

export const dayMilliseconds = 86_400_000;

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
