import type { CivilDate, Instant } from '../../../domain/kernel/instant';
import type { Locale } from '../../../domain/ticket/facts';
import { civilDateOf, minutesBetween, plusSeconds, startOfDay } from '../../../domain/time/civil-time';
import { counted, type Forms } from '../../phrasing/words/counted';
import { dayAndMonth, hour } from '../../phrasing/words/dates';

type Units = Readonly<Record<'minutes' | 'hours' | 'days', Forms>>;

const units: Readonly<Record<Locale, Units>> = {
  ro: {
    minutes: { one: 'un minut', few: '# minute', other: '# de minute' },
    hours: { one: 'o oră', few: '# ore', other: '# de ore' },
    days: { one: 'o zi', few: '# zile', other: '# de zile' },
  },
  en: {
    minutes: { one: '# minute', other: '# minutes' },
    hours: { one: '# hour', other: '# hours' },
    days: { one: '# day', other: '# days' },
  },
};

/** How long between two moments, in the largest unit that says enough: `2 ore`, `20 de minute`. */
export const howLong = (from: Instant, to: Instant, locale: Locale): string => {
  const minutes = Math.max(1, Math.round(Math.abs(minutesBetween(from, to))));
  if (minutes < 90) return counted(minutes, units[locale].minutes, locale);
  const hours = Math.round(minutes / 60);
  return hours < 48 ? counted(hours, units[locale].hours, locale) : counted(Math.round(hours / 24), units[locale].days, locale);
};

/** The day to which a due time belongs: midnight is the end of a day, not the beginning of the next. */
export const dayOfDue = (dueAt: Instant): CivilDate => civilDateOf(plusSeconds(dueAt, -0.001));

/** `vineri, 12 martie, 24:00`: a due time is the end of something. */
export const dueInWords = (dueAt: Instant, locale: Locale): string => {
  const isMidnight = startOfDay(civilDateOf(dueAt)) === dueAt;
  return `${dayAndMonth(dayOfDue(dueAt), locale)}, ${isMidnight ? '24:00' : hour(dueAt)}`;
};
