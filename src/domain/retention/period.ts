import { DateTime } from 'luxon';
import type { Instant } from '../kernel/instant';
import { civilDateOf, plusHours, startOfDay, startOfNextDay } from '../time/civil-time';

/** How long something is kept, as ISO 8601 writes it: whole years, months, weeks and days, or hours alone. */
export type Period = {
  /** as it was written */
  readonly text: string;
  readonly years: number;
  readonly months: number;
  readonly weeks: number;
  readonly days: number;
  readonly hours: number;
};

const ofDays = /^P(?=\d)(?:(\d{1,3})Y)?(?:(\d{1,4})M)?(?:(\d{1,4})W)?(?:(\d{1,5})D)?$/;
const ofHours = /^PT(\d{1,5})H$/;

/** @returns `undefined` for what is no such period, and for none at all (`P0D`): nothing is erased the moment it comes */
export const periodOf = (text: string): Period | undefined => {
  const [years = 0, months = 0, weeks = 0, days = 0] = (ofDays.exec(text) ?? [])
    .slice(1)
    .map((digits: string | undefined) => Number(digits ?? 0));
  const hours = Number(ofHours.exec(text)?.[1] ?? 0);
  return years + months + weeks + days + hours === 0 ? undefined : { text, years, months, weeks, days, hours };
};

/** From when on something that began at `instant` is kept no longer: whole days of Bucharest end at midnight, hours at the hour. */
export const endOfPeriod = (instant: Instant, { years, months, weeks, days, hours }: Period): Instant => {
  if (hours > 0) return plusHours(instant, hours);
  const last = DateTime.fromISO(civilDateOf(instant), { zone: 'utc' }).plus({ years, months, weeks, days });
  return startOfNextDay(last.toFormat('yyyy-MM-dd'));
};

/** What came before this has been kept for the period by `now`. */
export const keptSince = (now: Instant, { years, months, weeks, days, hours }: Period): Instant => {
  if (hours > 0) return plusHours(now, -hours);
  return startOfDay(DateTime.fromISO(civilDateOf(now), { zone: 'utc' }).minus({ years, months, weeks, days }).toFormat('yyyy-MM-dd'));
};
