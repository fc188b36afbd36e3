import type { Instant } from '../../../domain/kernel/instant';
import type { Locale } from '../../../domain/ticket/facts';
import { minutesBetween } from '../../../domain/time/civil-time';
import { counted, type Forms } from '../words/counted';

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
