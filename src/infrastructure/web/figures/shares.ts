import type { Locale } from '../../../domain/ticket/facts';
import { numberInWords } from '../../phrasing/words/dates';

/** Where there is nothing to divide by, or nothing to take the middle of. */
export const nothing = '–';
const space = '\u00a0';

const tenths = (value: number): number => Math.round(value * 10) / 10;

/**
 * A part in percent of the whole, one decimal at most; `undefined` of nothing. One that misses the whole by little is not rounded up to
 * a hundred, nor a small one down to zero: a figure does not hide the last case.
 */
export const percentOf = (part: number, whole: number): number | undefined => {
  if (whole === 0) return undefined;
  const percent = tenths((part / whole) * 100);
  if (part < whole && percent >= 100) return 99.9;
  return part > 0 && percent === 0 ? 0.1 : percent;
};

/** `98,4 %` */
export const percentShown = (percent: number | undefined, locale: Locale): string =>
  percent === undefined ? nothing : `${numberInWords(percent, locale)}${space}%`;

/** `31,5` minutes, without the word */
export const numberShown = (value: number | null, locale: Locale): string => (value === null ? nothing : numberInWords(value, locale));

const minutesAnHour = 60;

/** `22 min`, and from two hours on `2 h` and `3 h 05 min`: nobody reads 1.140 minutes. */
export const minutesShown = (minutes: number | null, locale: Locale): string => {
  if (minutes === null) return nothing;
  if (minutes < 2 * minutesAnHour) return `${numberInWords(minutes, locale)}${space}min`;
  const whole = Math.round(minutes);
  const hours = `${numberInWords(Math.floor(whole / minutesAnHour), locale)}${space}h`;
  const rest = whole % minutesAnHour;
  return rest === 0 ? hours : `${hours}${space}${String(rest).padStart(2, '0')}${space}min`;
};

/** How far apart two shares are, in points of a percent. */
export const pointsBetween = (before: number, now: number): number => tenths(now - before);
