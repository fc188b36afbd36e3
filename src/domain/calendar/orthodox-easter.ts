import type { CivilDate } from '../kernel/instant';
import { addDays } from '../time/civil-time';

const twoDigits = (value: number): string => String(value).padStart(2, '0');

/** Days by which the Gregorian calendar runs ahead of the Julian one in spring of this year (13 from 1900 to 2099). */
const julianLag = (year: number): number => Math.floor(year / 100) - Math.floor(year / 400) - 2;

/** Orthodox Easter Sunday in the civil calendar: Meeus's Julian computus, moved to Gregorian dates. Years 1583 to 9999. */
export const orthodoxEaster = (year: number): CivilDate => {
  const fullMoon = (19 * (year % 19) + 15) % 30;
  const weekday = (2 * (year % 4) + 4 * (year % 7) - fullMoon + 34) % 7;
  const marchBased = fullMoon + weekday + 114;
  const julian = `${String(year).padStart(4, '0')}-${twoDigits(Math.floor(marchBased / 31))}-${twoDigits((marchBased % 31) + 1)}`;
  return addDays(julian, julianLag(year));
};
