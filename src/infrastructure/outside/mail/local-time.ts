import type { CivilDate, Instant } from '../../../domain/kernel/fact';
import { civilDateOf, dayOfDue, endsItsDay, localTimeOf, weekdayNumber } from '../../../domain/time/civil-time';
import type { Locale } from '../../../domain/ticket/facts';
import type { Slot } from '../../../domain/time/slot';
import { inEveryLanguage, sentences } from '../../phrasing/sentences';

const count = (length: number, nameOf: (n: number) => string): readonly string[] => Array.from({ length }, (_, n) => nameOf(n));
/** The names of the calendar are asked for once: every letter says a date. 1 January 2024 was a Monday. */
const namesIn = (language: string) => {
  const weekday = new Intl.DateTimeFormat(language, { weekday: 'long', timeZone: 'UTC' });
  const month = new Intl.DateTimeFormat(language, { month: 'long', timeZone: 'UTC' });
  return {
    weekdays: count(7, (n) => weekday.format(Date.UTC(2024, 0, 1 + n))),
    months: count(12, (n) => month.format(Date.UTC(2024, n, 1))),
  };
};
const names = inEveryLanguage((locale) => namesIn(sentences[locale].frame.languageTag));

/** `4 martie 2021` */
export const dateInWords = (date: CivilDate, locale: Locale): string => {
  const [year = '', month, day] = date.split('-');
  return `${Number(day)} ${names[locale].months[Number(month) - 1] ?? ''} ${year}`;
};

const dayInWords = (date: CivilDate, locale: Locale): string =>
  `${names[locale].weekdays[weekdayNumber(date) - 1] ?? ''}, ${dateInWords(date, locale)}`;

/** `joi, 26 noiembrie 2026, 10:00–10:15 (ora României)` */
export const slotInWords = ({ startsAt, endsAt }: Slot, locale: Locale): string =>
  `${dayInWords(civilDateOf(startsAt), locale)}, ${localTimeOf(startsAt)}–${localTimeOf(endsAt)} (${sentences[locale].letters.zone})`;

/** `10:25, joi, 26 noiembrie 2026 (ora României)` */
export const instantInWords = (instant: Instant, locale: Locale): string =>
  `${localTimeOf(instant)}, ${dayInWords(civilDateOf(instant), locale)} (${sentences[locale].letters.zone})`;

/** The same of a target or a limit: `24:00, joi, 26 noiembrie 2026 (ora României)` where it is the end of a day. */
export const dueInstantInWords = (due: Instant, locale: Locale): string =>
  endsItsDay(due) ? `24:00, ${dayInWords(dayOfDue(due), locale)} (${sentences[locale].letters.zone})` : instantInWords(due, locale);
