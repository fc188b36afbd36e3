import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import type { Period } from '../../../domain/retention/retention';
import type { Locale } from '../../../domain/ticket/facts';
import { civilDateOf, dayOfDue, endsItsDay, zone } from '../../../domain/time/civil-time';
import { inEveryLanguage, sentences } from '../sentences';

/** Making a formatter costs a hundred times what using it does. */
const formatter = (options: Intl.DateTimeFormatOptions): Readonly<Record<Locale, Intl.DateTimeFormat>> =>
  inEveryLanguage((locale) => new Intl.DateTimeFormat(sentences[locale].frame.languageTag, { timeZone: zone, ...options }));

const full = formatter({ weekday: 'long', day: 'numeric', month: 'long', year: 'numeric' });
const withoutYear = formatter({ weekday: 'long', day: 'numeric', month: 'long' });
const plain = formatter({ day: 'numeric', month: 'long', year: 'numeric' });
const short = formatter({ day: 'numeric', month: 'short' });
const weekday = formatter({ weekday: 'short' });
const clock = formatter({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
const clockWithSeconds = formatter({ hour: '2-digit', minute: '2-digit', second: '2-digit', hourCycle: 'h23' });

/** Noon of a day is the same day in Bucharest and in UTC. */
const instantOf = (date: CivilDate): Date => new Date(`${date}T12:00:00Z`);
/** A moment, or a whole day. */
const moment = (at: Instant): Date => (at.length === 10 ? instantOf(at) : new Date(at));

/** `marți, 9 martie 2027` */
export const longDate = (at: Instant, locale: Locale): string => full[locale].format(moment(at));
/** `marți, 9 martie` */
export const dayAndMonth = (at: Instant, locale: Locale): string => withoutYear[locale].format(moment(at));
/** `9 martie 2027` */
export const plainDate = (at: Instant, locale: Locale): string => plain[locale].format(moment(at));
/** `9 mar.` */
export const shortDate = (at: Instant, locale: Locale): string => short[locale].format(moment(at));
/** `mar.` for Tuesday */
export const shortWeekday = (at: Instant, locale: Locale): string => weekday[locale].format(moment(at));
/** `10:15`, in Romania */
export const hour = (at: Instant): string => clock.ro.format(new Date(at));
/** `10:15:08`, in Romania */
export const hourWithSeconds = (at: Instant): string => clockWithSeconds.ro.format(new Date(at));
/** `10:15` of the day that it is, `marți, 9 martie, 10:15` of another */
export const hourOrDay = (at: Instant, now: Instant, locale: Locale): string =>
  civilDateOf(at) === civilDateOf(now) ? hour(at) : `${dayAndMonth(at, locale)}, ${hour(at)}`;
/** `marți, 9 martie 2027, 10:15` */
export const dateAndHour = (at: Instant, locale: Locale): string => `${longDate(at, locale)}, ${hour(at)}`;

/** `vineri, 12 martie 2027, 24:00`: of a target or a limit. */
export const dueInWords = (dueAt: Instant, locale: Locale): string =>
  endsItsDay(dueAt) ? `${longDate(dayOfDue(dueAt), locale)}, 24:00` : dateAndHour(dueAt, locale);

const numbers = inEveryLanguage((locale) => new Intl.NumberFormat(sentences[locale].frame.languageTag));
/** `1.234,5` in Romanian, `1,234.5` in English. */
export const numberInWords = (value: number, locale: Locale): string => numbers[locale].format(value);

/** `2 ani`, `1 year, 6 months` */
export const periodInWords = (period: Period, locale: Locale): string => {
  const { languageTag } = sentences[locale].frame;
  const parts = (['years', 'months', 'weeks', 'days', 'hours'] as const).filter((unit) => period[unit] > 0);
  const one = { years: 'year', months: 'month', weeks: 'week', days: 'day', hours: 'hour' } as const;
  const said = (unit: (typeof parts)[number]): string =>
    new Intl.NumberFormat(languageTag, { style: 'unit', unit: one[unit], unitDisplay: 'long' }).format(period[unit]);
  return parts.map(said).join(', ');
};
