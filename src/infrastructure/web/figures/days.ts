import type { Period } from '../../../application/reports/counted-tickets';
import type { Locale } from '../../../domain/ticket/facts';
import { plainDate, shortDate } from '../../phrasing/words/dates';

const monthOf = (date: string): string => date.slice(0, 7);
const dayOf = (date: string): string => String(Number(date.slice(8)));

/** `9–15 mar.`, `28 feb. – 6 mar.` */
export const shortDays = ({ from, to }: Period, locale: Locale): string => {
  if (from === to) return shortDate(from, locale);
  return monthOf(from) === monthOf(to)
    ? `${dayOf(from)}–${shortDate(to, locale)}`
    : `${shortDate(from, locale)} – ${shortDate(to, locale)}`;
};

/** `8 februarie 2027 – 10 martie 2027` */
export const plainDays = ({ from, to }: Period, locale: Locale): string => `${plainDate(from, locale)} – ${plainDate(to, locale)}`;

/** The day and the month of a date, one above the other where there is little room. */
export const dayAboveMonth = (date: string, locale: Locale): readonly [string, string] => {
  const [day = '', ...month] = shortDate(date, locale).split(' ');
  return [day, month.join(' ')];
};
