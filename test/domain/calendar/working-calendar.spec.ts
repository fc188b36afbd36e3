import * as fc from 'fast-check';
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
import { calendarAt, type CalendarFact, type CalendarState, calendarVersion, workingCalendar } from '../../../src/domain/calendar/calendar';
import { fold, type Decision } from '../../../src/domain/kernel/decider';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { addDays, civilDateOf, plusSeconds } from '../../../src/domain/time/civil-time';
import { anyDate, anyInstant } from '../../support/arbitrary-time';

const at = '2026-11-01T09:00:00.000Z';
const factsOf = (decision: Decision<CalendarFact>): readonly CalendarFact[] => {
  if (isRefusal(decision)) throw new Error(`refused: ${decision.code}`);
  return decision.facts;
};
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
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 1, max: 5 }), (instant, days) => {
        const end = endOfWorkingDayAfter(empty, instant, days);
        expect(isWorkingDay(empty, civilDateOf(plusSeconds(end, -0.001)))).toBe(true);
        expect(endOfWorkingDayAfter(empty, instant, days - 1) < end).toBe(true);
        expect(end > instant).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
  it('the next working day is working and none lies before it', () => {
    fc.assert(
      fc.property(anyDate, (date) => {
        const next = nextWorkingDay(empty, date);
        expect(isWorkingDay(empty, next)).toBe(true);
        for (let day = addDays(date, 1); day < next; day = addDays(day, 1)) expect(isWorkingDay(empty, day)).toBe(false);
      }),
      { numRuns: 150 },
    );
  });
});

describe('decisions on days', () => {
  it('keep what the decision is called and when it was entered', () => {
    expect(factsOf(declareBridgeDay({ date: '2026-12-24', decision: ' HG 100/2026 ', at }, empty))).toEqual([
      { type: 'BridgeDayDeclared', data: { date: '2026-12-24', decision: 'HG 100/2026', declaredAt: at } },
    ]);
    expect(factsOf(declareWorkingDay({ date: '2026-12-19', decision: 'HG 101/2026', at }, empty))).toEqual([
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
    expect(factsOf(restoreDay({ date: '2026-12-24', at }, empty))).toEqual([]);
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
