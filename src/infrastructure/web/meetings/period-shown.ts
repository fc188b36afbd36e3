import type { CivilDate } from '../../../domain/kernel/fact';
import type { Locale } from '../../../domain/ticket/facts';

const options: Intl.DateTimeFormatOptions = { timeZone: 'UTC', day: 'numeric', month: 'long', year: 'numeric' };
const formatters: Readonly<Record<Locale, Intl.DateTimeFormat>> = {
  ro: new Intl.DateTimeFormat('ro-RO', options),
  en: new Intl.DateTimeFormat('en-GB', options),
};
const noon = (date: CivilDate): Date => new Date(`${date}T12:00:00Z`);

/** `8–14 martie 2027` */
export const periodShown = (from: CivilDate, to: CivilDate, locale: Locale): string => formatters[locale].formatRange(noon(from), noon(to));
