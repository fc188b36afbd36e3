import * as fc from 'fast-check';
import { dayPlan, type DayPlan, planAllows, without } from '../../../src/domain/agenda/day-plan';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { dayKind } from '../../../src/domain/calendar/working-days';
import { isAbsent, staffMember } from '../../../src/domain/staff/staff-member';
import { localTimeOf, plusMinutes, startOfDay } from '../../../src/domain/time/civil-time';
import { isOnGrid } from '../../../src/domain/time/slot';
import { absence, calendarWithBridgeDays, staffWith } from '../../support/staff-and-calendar';

const calendar = workingCalendar.initial;
const onTheWall = ({ windows }: DayPlan) => windows.map(({ from, to }) => `${localTimeOf(from)}–${localTimeOf(to)}`);
const slotFrom = (startsAt: string) => ({ startsAt, endsAt: plusMinutes(startsAt, 15) });

describe('the plan of a day (A16)', () => {
  it('A16: is the weekly hours on a working day', () => {
    const plan = dayPlan('2026-11-26', staffWith(), calendar);
    expect(plan).toEqual({
      date: '2026-11-26',
      kind: 'working',
      windows: [{ from: '2026-11-26T06:00:00.000Z', to: '2026-11-26T15:30:00.000Z' }],
    });
  });
  it.each([
    ['2026-11-28', 'weekend'],
    ['2026-11-30', 'holiday'],
    ['2026-12-24', 'bridge-day'],
  ])('A16: %s is closed: %s', (date, closed) => {
    expect(dayPlan(date, staffWith(), calendarWithBridgeDays('2026-12-24'))).toEqual({ date, kind: closed, closed, windows: [] });
  });
  it('A16: leaves out absences, and a day that has none left is closed', () => {
    const lunch = absence('a1', '2026-11-25T10:00:00.000Z', '2026-11-25T11:00:00.000Z');
    expect(onTheWall(dayPlan('2026-11-25', staffWith(lunch), calendar))).toEqual(['08:00–12:00', '13:00–16:00']);
    const trip = absence('a2', '2026-11-24T12:00:00.000Z', '2026-11-26T08:00:00.000Z');
    const travelling = staffWith(trip);
    expect(onTheWall(dayPlan('2026-11-24', travelling, calendar))).toEqual(['08:00–14:00']);
    expect(dayPlan('2026-11-25', travelling, calendar)).toMatchObject({ closed: 'absent', windows: [] });
    expect(onTheWall(dayPlan('2026-11-26', travelling, calendar))).toEqual(['10:00–17:30']);
  });
  it('A15: what an absence leaves begins on the grid again, and less than a slot is nothing', () => {
    const ragged = absence('a1', '2026-11-25T06:05:00.000Z', '2026-11-25T13:40:00.000Z');
    expect(onTheWall(dayPlan('2026-11-25', staffWith(ragged), calendar))).toEqual(['15:45–16:00']);
    const more = absence('a2', '2026-11-25T13:55:00.000Z', '2026-11-25T14:00:00.000Z');
    expect(dayPlan('2026-11-25', staffWith(ragged, more), calendar)).toMatchObject({ closed: 'absent', windows: [] });
  });
  it('A16: is closed on a day without hours, after leaving and for a stranger', () => {
    const mondays = staffWith({
      type: 'WorkingHoursSet',
      data: { from: '2026-11-01', week: { mon: [['08:00', '10:00']] }, setAt: '2026-10-01T08:00:00.000Z' },
    });
    expect(dayPlan('2026-11-25', mondays, calendar)).toMatchObject({ kind: 'working', closed: 'outside-hours' });
    expect(onTheWall(dayPlan('2026-11-23', mondays, calendar))).toEqual(['08:00–10:00']);
    const gone = staffWith({ type: 'StaffLeft', data: { on: '2026-11-25', recordedAt: '2026-11-01T08:00:00.000Z' } });
    expect(dayPlan('2026-11-24', gone, calendar).closed).toBeUndefined();
    expect(dayPlan('2026-11-25', gone, calendar)).toMatchObject({ closed: 'absent', windows: [] });
    expect(dayPlan('2026-11-25', staffMember.initial, calendar)).toMatchObject({ closed: 'absent', windows: [] });
  });

  it('C09: allows a slot that lies within one window, and nothing else', () => {
    const plan = dayPlan('2026-11-25', staffWith(absence('a1', '2026-11-25T10:00:00.000Z', '2026-11-25T11:00:00.000Z')), calendar);
    expect(planAllows(plan, slotFrom('2026-11-25T06:00:00.000Z'))).toBe(true);
    expect(planAllows(plan, slotFrom('2026-11-25T05:45:00.000Z'))).toBe(false);
    expect(planAllows(plan, slotFrom('2026-11-25T09:45:00.000Z'))).toBe(true);
    expect(planAllows(plan, slotFrom('2026-11-25T10:00:00.000Z'))).toBe(false);
    expect(planAllows(plan, slotFrom('2026-11-25T13:45:00.000Z'))).toBe(true);
    expect(planAllows(plan, slotFrom('2026-11-25T14:00:00.000Z'))).toBe(false);
    expect(planAllows(plan, slotFrom('2026-11-26T06:00:00.000Z'))).toBe(false);
    expect(planAllows(plan, { startsAt: '2026-11-25T06:00:00.000Z', endsAt: '2026-11-25T06:30:00.000Z' })).toBe(false);
    expect(planAllows(plan, slotFrom('2026-11-25T06:05:00.000Z'))).toBe(false);
  });

  const anyAbsence = fc.tuple(fc.integer({ min: 0, max: 6 * 24 * 60 }), fc.integer({ min: 1, max: 3000 }));
  it('A16: a window is on the grid, on a working day and never meets an absence, and an absence never adds time', () => {
    fc.assert(
      fc.property(fc.array(anyAbsence, { maxLength: 6 }), fc.integer({ min: 23, max: 29 }), (absences, day) => {
        const date = `2026-11-${String(day)}`;
        const facts = absences.map(([start, minutes], index) => {
          const from = plusMinutes(startOfDay('2026-11-23'), start);
          return absence(String(index), from, plusMinutes(from, minutes));
        });
        const all = staffWith(...facts);
        const plan = dayPlan(date, all, calendar);
        expect(plan.closed === undefined).toBe(plan.windows.length > 0);
        for (const { from, to } of plan.windows) {
          expect(dayKind(calendar, date)).toBe('working');
          expect(isOnGrid(from)).toBe(true);
          for (let at = from; at < to; at = plusMinutes(at, 1)) expect(isAbsent(all, at)).toBe(false);
          const fewer = dayPlan(date, staffWith(...facts.slice(1)), calendar);
          expect(fewer.windows.some((window) => window.from <= from && to <= window.to)).toBe(true);
        }
      }),
      { numRuns: 60 },
    );
  });
  it('taking a stretch away leaves exactly the moments outside it', () => {
    const minute = (n: number): string => plusMinutes('2026-11-25T06:00:00.000Z', n);
    fc.assert(
      fc.property(fc.integer({ min: -20, max: 60 }), fc.integer({ min: 1, max: 60 }), (start, length) => {
        const windows = [
          { from: minute(0), to: minute(15) },
          { from: minute(20), to: minute(40) },
        ];
        const gone = { from: minute(start), to: minute(start + length) };
        const left = without(windows, gone);
        const covers = (of: readonly { from: string; to: string }[], at: string): boolean =>
          of.some(({ from, to }) => from <= at && at < to);
        for (let n = -5; n < 50; n += 1) {
          expect(covers(left, minute(n))).toBe(covers(windows, minute(n)) && !covers([gone], minute(n)));
        }
      }),
      { numRuns: 100 },
    );
  });
});
