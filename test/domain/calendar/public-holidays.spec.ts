import Holidays from 'date-holidays';
import * as fc from 'fast-check';
import { orthodoxEaster, publicHolidayOn, publicHolidaysOf } from '../../../src/domain/calendar/public-holidays';
import { addDays, civilDateOf, isCivilDate, plusSeconds, weekdayNumber } from '../../../src/domain/time/civil-time';

const years = Array.from({ length: 21 }, (_, index) => 2015 + index);

describe('Orthodox Easter', () => {
  it('is the one that was and will be celebrated, 2015 to 2035', () => {
    expect(years.map(orthodoxEaster)).toEqual([
      ...['2015-04-12', '2016-05-01', '2017-04-16', '2018-04-08', '2019-04-28', '2020-04-19', '2021-05-02'],
      ...['2022-04-24', '2023-04-16', '2024-05-05', '2025-04-20', '2026-04-12', '2027-05-02', '2028-04-16'],
      ...['2029-04-08', '2030-04-28', '2031-04-13', '2032-05-02', '2033-04-24', '2034-04-09', '2035-04-29'],
    ]);
  });
  it('follows the Julian calendar on its way apart from the civil one', () => {
    expect(orthodoxEaster(2099)).toBe('2099-04-12');
    expect(orthodoxEaster(2100)).toBe('2100-05-02');
  });
  it('is always a Sunday between 4 April and 10 May', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1900, max: 2199 }), (year) => {
        const easter = orthodoxEaster(year);
        expect(weekdayNumber(easter)).toBe(7);
        expect(easter >= `${String(year)}-04-04` && easter <= `${String(year)}-05-10`).toBe(true);
      }),
    );
  });
});

describe('the public holidays of Codul muncii, art. 139', () => {
  const datesOf = (year: number): readonly string[] => publicHolidaysOf(year).map(({ date }) => date);

  it('are those of 2026', () => {
    expect(datesOf(2026)).toEqual([
      ...['2026-01-01', '2026-01-02', '2026-01-06', '2026-01-07', '2026-01-24', '2026-04-10', '2026-04-12', '2026-04-13', '2026-05-01'],
      // Pentecost Monday and Children's Day are one date in 2026
      ...['2026-05-31', '2026-06-01', '2026-06-01', '2026-08-15', '2026-11-30', '2026-12-01', '2026-12-25', '2026-12-26'],
    ]);
  });
  it.each([
    ['6 January', 2024, (year: number) => `${String(year)}-01-06`],
    ['7 January', 2024, (year: number) => `${String(year)}-01-07`],
    ['24 January', 2017, (year: number) => `${String(year)}-01-24`],
    ['Good Friday', 2018, (year: number) => addDays(orthodoxEaster(year), -2)],
    ['1 June', 2017, (year: number) => `${String(year)}-06-01`],
    ['30 November', 2012, (year: number) => `${String(year)}-11-30`],
  ])('%s has been one since %i, and not the year before', (_, since, dateIn) => {
    expect(publicHolidayOn(dateIn(since))).toBeDefined();
    expect(publicHolidayOn(dateIn(since - 1))).toBeUndefined();
  });
  it('carry a Romanian and an English name with the right letters', () => {
    expect(publicHolidayOn('2026-12-01')?.name).toEqual({ ro: 'Ziua Națională a României', en: 'National Day of Romania' });
    for (const { date, name } of years.flatMap(publicHolidaysOf)) {
      expect(isCivilDate(date)).toBe(true);
      expect(name.ro).not.toMatch(/[şţŞŢ]/u);
      expect(name.en.length).toBeGreaterThan(4);
    }
  });

  /** What the package is known to say wrongly: holidays before the law made them so. */
  const beforeTheLaw = (date: string): boolean => {
    const year = Number(date.slice(0, 4));
    const day = date.slice(5);
    if (year < 2024 && (day === '01-06' || day === '01-07')) return true;
    if (year < 2017 && (day === '01-24' || (day === '06-01' && date !== addDays(orthodoxEaster(year), 50)))) return true;
    return year < 2018 && date === addDays(orthodoxEaster(year), -2);
  };
  /** Every day of every public entry: 2 January stands there only as the second day of 1 January's. */
  const bySomebodyElse = (year: number): readonly string[] =>
    new Holidays('RO', { timezone: 'Europe/Bucharest' })
      .getHolidays(year)
      .filter(({ type }) => type === 'public')
      .flatMap(({ start, end }) => {
        const dates: string[] = [];
        for (let at = start.toISOString(); at < end.toISOString(); at = plusSeconds(at, 86_400)) dates.push(civilDateOf(at));
        return dates;
      });

  it.each(years)('%i: agree with the package date-holidays, its known faults aside', (year) => {
    const theirs = bySomebodyElse(year).filter((date) => !beforeTheLaw(date));
    expect([...new Set(datesOf(year))]).toEqual([...new Set(theirs)].toSorted());
  });
  it('the faults set aside are really there, so the comparison excuses nothing else', () => {
    const excused = years.flatMap((year) => [...new Set(bySomebodyElse(year))].filter(beforeTheLaw));
    expect(excused).toContain('2015-01-06');
    expect(excused).toContain('2023-01-07');
    expect(excused).toContain('2016-01-24');
    expect(excused).toContain('2017-04-14');
    expect(excused.every((date) => publicHolidayOn(date) === undefined)).toBe(true);
  });
});
