import type { CivilDate } from '../kernel/fact';
import { addDays, daysBetween, yearOf } from '../time/civil-time';

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

export type PublicHoliday = { readonly date: CivilDate; readonly name: { readonly ro: string; readonly en: string } };

/** Codul muncii art. 139. `since` is the first year of the holiday; without it, it was one before 2015. */
type Rule = {
  readonly ro: string;
  readonly en: string;
  readonly since?: number;
  readonly on: { readonly monthDay: string } | { readonly daysAfterEaster: number };
};
const rules: readonly Rule[] = [
  { ro: 'Anul Nou', en: 'New Year’s Day', on: { monthDay: '01-01' } },
  { ro: 'A doua zi de Anul Nou', en: 'Second day of New Year', on: { monthDay: '01-02' } },
  { ro: 'Botezul Domnului (Boboteaza)', en: 'Epiphany', since: 2024, on: { monthDay: '01-06' } },
  { ro: 'Soborul Sfântului Proroc Ioan Botezătorul', en: 'Saint John the Baptist', since: 2024, on: { monthDay: '01-07' } },
  { ro: 'Ziua Unirii Principatelor Române', en: 'Union of the Romanian Principalities', since: 2017, on: { monthDay: '01-24' } },
  { ro: 'Vinerea Mare', en: 'Orthodox Good Friday', since: 2018, on: { daysAfterEaster: -2 } },
  { ro: 'Paștele', en: 'Orthodox Easter Sunday', on: { daysAfterEaster: 0 } },
  { ro: 'A doua zi de Paște', en: 'Orthodox Easter Monday', on: { daysAfterEaster: 1 } },
  { ro: 'Ziua Muncii', en: 'Labour Day', on: { monthDay: '05-01' } },
  { ro: 'Ziua Copilului', en: 'Children’s Day', since: 2017, on: { monthDay: '06-01' } },
  { ro: 'Rusaliile', en: 'Orthodox Pentecost Sunday', on: { daysAfterEaster: 49 } },
  { ro: 'A doua zi de Rusalii', en: 'Orthodox Pentecost Monday', on: { daysAfterEaster: 50 } },
  { ro: 'Adormirea Maicii Domnului', en: 'Dormition of the Mother of God', on: { monthDay: '08-15' } },
  { ro: 'Sfântul Apostol Andrei', en: 'Saint Andrew', since: 2012, on: { monthDay: '11-30' } },
  { ro: 'Ziua Națională a României', en: 'National Day of Romania', on: { monthDay: '12-01' } },
  { ro: 'Crăciunul', en: 'Christmas Day', on: { monthDay: '12-25' } },
  { ro: 'A doua zi de Crăciun', en: 'Second day of Christmas', on: { monthDay: '12-26' } },
];

/** Version of the rules above: the year of the newest and a number that rises with every correction. */
export const holidayRulesVersion = 'ro-2024.1';

const compute = (year: number): readonly PublicHoliday[] => {
  const easter = orthodoxEaster(year);
  return rules
    .filter(({ since }) => since === undefined || year >= since)
    .map(({ ro, en, on }) => ({
      date: 'monthDay' in on ? `${String(year).padStart(4, '0')}-${on.monthDay}` : addDays(easter, on.daysAfterEaster),
      name: { ro, en },
    }))
    .toSorted((a, b) => daysBetween(b.date, a.date));
};

// A table of a pure function: nothing but speed depends on it.
const byYear = new Map<number, readonly PublicHoliday[]>();

/** The public holidays of a year in order; two may fall on one date (1 June and Pentecost). Checked for 2015 to 2035. */
export const publicHolidaysOf = (year: number): readonly PublicHoliday[] => {
  const known = byYear.get(year);
  if (known !== undefined) return known;
  const holidays = compute(year);
  byYear.set(year, holidays);
  return holidays;
};

/** The holiday of this date, if the law made it one. */
export const publicHolidayOn = (date: CivilDate): PublicHoliday | undefined =>
  publicHolidaysOf(yearOf(date)).find((holiday) => holiday.date === date);
