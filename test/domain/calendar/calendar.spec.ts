import Holidays from 'date-holidays';
import * as fc from 'fast-check';
import { calendarAt, type CalendarFact, type CalendarState, calendarVersion, workingCalendar } from '../../../src/domain/calendar/calendar';
import { orthodoxEaster, publicHolidayOn, publicHolidaysOf } from '../../../src/domain/calendar/public-holidays';
import {
  dayKind,
  declareBridgeDay,
  declareWorkingDay,
  endOfWorkingDayAfter,
  isWorkingDay,
  nextWorkingDay,
  restoreDay,
  workingDayFrom,
} from '../../../src/domain/calendar/working-days';
import { fold, type Decision } from '../../../src/domain/kernel/decider';
import { addDays, civilDateOf, plusSeconds, isCivilDate, weekdayNumber } from '../../../src/domain/time/civil-time';
import { anyDate, anyInstant } from '../../support/arbitrary-time';
import { holdsFor } from '../../support/holds-for';
import { factsOf } from '../../support/decided';

const at = '2026-11-01T09:00:00.000Z';
const after = (state: CalendarState, decision: Decision<CalendarFact>): CalendarState => fold(workingCalendar, factsOf(decision), state);
const empty = workingCalendar.initial;
const bridged = after(empty, declareBridgeDay({ date: '2026-12-24', decision: ' HG 100/2026 ', at }, empty));
const worked = after(empty, declareWorkingDay({ date: '2026-12-19', decision: 'HG 101/2026', at }, empty));

describe('what a day is', () => {
  it.each([
    ['2026-11-27', 'working'],
    ['2026-11-28', 'weekend'],
    ['2026-11-29', 'weekend'],
    ['2026-11-30', 'holiday'],
    ['2026-04-12', 'holiday'], // a Sunday and Easter
  ])('Codul muncii: %s is %s', (date, kind) => {
    expect(dayKind(empty, date)).toBe(kind);
  });
  it('A16: a decision makes a bridge day, another makes a Saturday worked, and both can be undone', () => {
    expect(dayKind(empty, '2026-12-24')).toBe('working');
    expect(dayKind(bridged, '2026-12-24')).toBe('bridge-day');
    expect(isWorkingDay(bridged, '2026-12-24')).toBe(false);
    expect(dayKind(worked, '2026-12-19')).toBe('working');
    const restored = after(bridged, restoreDay({ date: '2026-12-24', at }, bridged));
    expect(dayKind(restored, '2026-12-24')).toBe('working');
    expect(dayKind(after(worked, restoreDay({ date: '2026-12-19', at }, worked)), '2026-12-19')).toBe('weekend');
  });
  it('finds the next working day over Christmas and its bridge day', () => {
    expect(nextWorkingDay(empty, '2026-12-23')).toBe('2026-12-24');
    expect(nextWorkingDay(bridged, '2026-12-23')).toBe('2026-12-28');
    expect(workingDayFrom(bridged, '2026-12-23')).toBe('2026-12-23');
    expect(nextWorkingDay(worked, '2026-12-18')).toBe('2026-12-19');
  });
  it('A17: ends the n-th working day at 24:00 in Bucharest', () => {
    expect(endOfWorkingDayAfter(empty, '2026-11-27T10:00:00.000Z', 1)).toBe('2026-12-02T22:00:00.000Z');
    expect(endOfWorkingDayAfter(empty, '2026-11-27T10:00:00.000Z', 2)).toBe('2026-12-03T22:00:00.000Z');
    expect(endOfWorkingDayAfter(empty, '2026-11-27T10:00:00.000Z', 0)).toBe('2026-11-27T22:00:00.000Z');
    // 00:30 on Saturday in Bucharest is still Friday in UTC
    expect(endOfWorkingDayAfter(empty, '2026-10-23T21:30:00.000Z', 1)).toBe('2026-10-26T22:00:00.000Z');
    expect(endOfWorkingDayAfter(empty, '2026-03-27T10:00:00.000Z', 1)).toBe('2026-03-30T21:00:00.000Z');
  });
  it('A17: the end of a working day is the end of a working day, and later with every day counted', () => {
    holdsFor(150, [anyInstant, fc.integer({ min: 1, max: 5 })], (instant, days) => {
      const end = endOfWorkingDayAfter(empty, instant, days);
      expect(isWorkingDay(empty, civilDateOf(plusSeconds(end, -0.001)))).toBe(true);
      expect(endOfWorkingDayAfter(empty, instant, days - 1) < end).toBe(true);
      expect(end > instant).toBe(true);
    });
  });
  it('the next working day is working and none lies before it', () => {
    holdsFor(150, [anyDate], (date) => {
      const next = nextWorkingDay(empty, date);
      expect(isWorkingDay(empty, next)).toBe(true);
      for (let day = addDays(date, 1); day < next; day = addDays(day, 1)) expect(isWorkingDay(empty, day)).toBe(false);
    });
  });
});

describe('decisions on days', () => {
  it('keep what the decision is called and when it was entered', () => {
    expect(factsOf(declareBridgeDay({ date: '2026-12-24', decision: ' HG 100/2026 ', at }, empty))).toEqual([
      { type: 'BridgeDayDeclared', data: { date: '2026-12-24', decision: 'HG 100/2026', declaredAt: at } },
    ]);
    expect(factsOf(declareWorkingDay({ date: '2026-12-19', decision: ' HG 101/2026 ', at }, empty))).toEqual([
      { type: 'WorkingDayDeclared', data: { date: '2026-12-19', decision: 'HG 101/2026', declaredAt: at } },
    ]);
    expect(factsOf(restoreDay({ date: '2026-12-24', at }, bridged))).toEqual([
      { type: 'DayRestored', data: { date: '2026-12-24', restoredAt: at } },
    ]);
  });
  it('taken twice change nothing; under another name they are another decision', () => {
    expect(factsOf(declareBridgeDay({ date: '2026-12-24', decision: 'HG 100/2026', at }, bridged))).toEqual([]);
    expect(factsOf(declareBridgeDay({ date: '2026-12-24', decision: 'HG 200/2026', at }, bridged))).toHaveLength(1);
    expect(factsOf(declareWorkingDay({ date: '2026-12-19', decision: 'HG 101/2026', at }, worked))).toEqual([]);
    expect(factsOf(declareBridgeDay({ date: '2026-12-24', decision: '  HG 100/2026', at }, bridged))).toEqual([]);
    expect(factsOf(restoreDay({ date: '2026-12-24', at }, empty))).toEqual([]);
  });
  it('A16: restoring one day leaves the decisions about others', () => {
    const two = after(bridged, declareBridgeDay({ date: '2026-12-23', decision: 'HG 101/2026', at }, bridged));
    const one = after(two, restoreDay({ date: '2026-12-24', at }, two));
    expect([dayKind(one, '2026-12-23'), dayKind(one, '2026-12-24')]).toEqual(['bridge-day', 'working']);
  });
  it('a bridge day of a day that the law has freed since is what the law makes of it', () => {
    const onSaturday: CalendarFact = { type: 'BridgeDayDeclared', data: { date: '2026-12-19', decision: 'HG 1/2026', declaredAt: at } };
    expect(dayKind(fold(workingCalendar, [onSaturday]), '2026-12-19')).toBe('weekend');
  });
  it.each([
    ['a bridge day on a Saturday', declareBridgeDay, '2026-12-19', 'already-free'],
    ['a bridge day on a holiday', declareBridgeDay, '2026-12-25', 'already-free'],
    ['a bridge day on no date', declareBridgeDay, '2026-02-30', 'not-a-date'],
    ['a working day on a Friday', declareWorkingDay, '2026-12-18', 'already-working'],
    ['a working day on no date', declareWorkingDay, '19.12.2026', 'not-a-date'],
  ])('refuse %s', (_, decide, date, reason) => {
    expect(decide({ date, decision: 'HG 1/2026', at }, empty)).toMatchObject({ code: 'invalid', details: { field: 'date', reason } });
  });
  it('refuse to have no name, and to restore what is no date', () => {
    expect(declareBridgeDay({ date: '2026-12-24', decision: '  ', at }, empty)).toMatchObject({
      details: { field: 'decision', reason: 'empty' },
    });
    expect(restoreDay({ date: 'never', at }, empty)).toMatchObject({ code: 'invalid', details: { field: 'date' } });
  });
});

describe('the calendar in force', () => {
  it('names its rules and how many decisions were entered, so that it never has the same name twice', () => {
    expect(calendarVersion(empty)).toBe('ro-2024.1+0');
    expect(calendarVersion(bridged)).toBe('ro-2024.1+1');
    expect(calendarVersion(after(bridged, restoreDay({ date: '2026-12-24', at }, bridged)))).toBe('ro-2024.1+2');
  });
  it('is what had been entered by then, not what is known today', () => {
    const later = '2026-12-01T09:00:00.000Z';
    const facts: readonly CalendarFact[] = [
      { type: 'BridgeDayDeclared', data: { date: '2026-12-24', decision: 'HG 100/2026', declaredAt: at } },
      { type: 'DayRestored', data: { date: '2026-12-24', restoredAt: later } },
    ];
    expect(dayKind(calendarAt(facts, '2026-10-31T00:00:00.000Z'), '2026-12-24')).toBe('working');
    expect(dayKind(calendarAt(facts, at), '2026-12-24')).toBe('bridge-day');
    expect(dayKind(calendarAt(facts, '2026-11-30T00:00:00.000Z'), '2026-12-24')).toBe('bridge-day');
    expect(dayKind(calendarAt(facts, later), '2026-12-24')).toBe('working');
    expect(calendarVersion(calendarAt(facts, later))).toBe('ro-2024.1+2');
  });
  it('takes a fact of the future for nothing', () => {
    const unheardOf = { type: 'MoonLanding', data: {} } as unknown as CalendarFact;
    expect(workingCalendar.evolve(bridged, unheardOf)).toEqual(bridged);
  });
});

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
    holdsFor(100, [fc.integer({ min: 1900, max: 2199 })], (year) => {
      const easter = orthodoxEaster(year);
      expect(weekdayNumber(easter)).toBe(7);
      expect(easter >= `${String(year)}-04-04` && easter <= `${String(year)}-05-10`).toBe(true);
    });
  });
});

describe('the public holidays of Codul muncii, art. 139', () => {
  const datesOf = (year: number): readonly string[] => publicHolidaysOf(year).map(({ date }) => date);

  it('are those of 2026', () => {
    expect(publicHolidaysOf(2026).flatMap(({ date, name }) => (date === '2026-06-01' ? [name.ro] : []))).toEqual([
      'Ziua Copilului',
      'A doua zi de Rusalii',
    ]);
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
