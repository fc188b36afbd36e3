import * as fc from 'fast-check';
import {
  dayPlan,
  type DayPlan,
  planAllows,
  without,
  dayAvailability,
  freeSlots,
  slotsIn,
  type StartBounds,
} from '../../../src/domain/agenda/day-plan';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { dayKind } from '../../../src/domain/calendar/working-days';
import { policiesWith } from '../../../src/domain/policies';
import { isAbsent, staffMember } from '../../../src/domain/staff/staff-member';
import { localTimeOf, minutesBetween, plusMinutes, startOfDay } from '../../../src/domain/time/civil-time';
import { isOnGrid, isSlot, latestStart, overlaps } from '../../../src/domain/time/slot';
import { earliestStart } from '../../../src/domain/agenda/lead-time';
import { absence, calendarWithBridgeDays, staffWith } from '../../support/staff-and-calendar';
import { holdsFor } from '../../support/holds-for';

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
    holdsFor(60, [fc.array(anyAbsence, { maxLength: 6 }), fc.integer({ min: 23, max: 29 })], (absences, day) => {
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
        const minutes = Array.from({ length: minutesBetween(from, to) }, (_, minute) => plusMinutes(from, minute));
        expect(minutes.filter((at) => isAbsent(all, at))).toEqual([]);
        const fewer = dayPlan(date, staffWith(...facts.slice(1)), calendar);
        expect(fewer.windows.some((window) => window.from <= from && to <= window.to)).toBe(true);
      }
    });
  });
  it('taking a stretch away leaves exactly the moments outside it', () => {
    const minute = (n: number): string => plusMinutes('2026-11-25T06:00:00.000Z', n);
    holdsFor(100, [fc.integer({ min: -20, max: 60 }), fc.integer({ min: 1, max: 60 })], (start, length) => {
      const windows = [
        { from: minute(0), to: minute(15) },
        { from: minute(20), to: minute(40) },
      ];
      const gone = { from: minute(start), to: minute(start + length) };
      const left = without(windows, gone);
      const covers = (of: readonly { from: string; to: string }[], at: string): boolean => of.some(({ from, to }) => from <= at && at < to);
      const moments = Array.from({ length: 55 }, (_, n) => minute(n - 5));
      expect(moments.filter((at) => covers(left, at))).toEqual(moments.filter((at) => covers(windows, at) && !covers([gone], at)));
    });
  });
});

const policies = policiesWith();
const boundsOf = (requestedAt: string): StartBounds => ({
  earliest: earliestStart(requestedAt, policies['lead-time'], calendar),
  latest: latestStart(requestedAt, policies['booking-horizon']),
});
const bounds = boundsOf('2026-11-20T08:00:00.000Z');
const plan = (date: string) => dayPlan(date, staffWith(), workingCalendar.initial);
const wednesday = plan('2026-11-25');
const allDay = { from: '2026-11-25T00:00:00.000Z', to: '2026-11-26T00:00:00.000Z' };

describe('free slots', () => {
  it('A16: are every quarter of an hour of the day, Art. 6', () => {
    const slots = freeSlots(wednesday, [], bounds);
    expect(slots).toHaveLength(32);
    expect(slots[0]).toEqual({ startsAt: '2026-11-25T06:00:00.000Z', endsAt: '2026-11-25T06:15:00.000Z' });
    expect(slots.at(-1)).toEqual({ startsAt: '2026-11-25T13:45:00.000Z', endsAt: '2026-11-25T14:00:00.000Z' });
    expect(freeSlots(plan('2026-11-26'), [], bounds)).toHaveLength(38);
    expect(freeSlots(plan('2026-11-27'), [], bounds)).toHaveLength(26);
    expect([slotsIn(wednesday), slotsIn(plan('2026-11-26')), slotsIn(plan('2026-11-28'))]).toEqual([32, 38, 0]);
  });
  it('A16: leave out what is taken, and what only touches it stays', () => {
    const taken = [{ from: '2026-11-25T07:00:00.000Z', to: '2026-11-25T07:15:00.000Z' }];
    const starts = freeSlots(wednesday, taken, bounds).map(({ startsAt }) => startsAt);
    expect(starts).toHaveLength(31);
    expect(starts).toContain('2026-11-25T06:45:00.000Z');
    expect(starts).not.toContain('2026-11-25T07:00:00.000Z');
    expect(starts).toContain('2026-11-25T07:15:00.000Z');
  });
  it('A16: a minute taken costs its whole slot', () => {
    expect(freeSlots(wednesday, [{ from: '2026-11-25T07:14:00.000Z', to: '2026-11-25T07:16:00.000Z' }], bounds)).toHaveLength(30);
  });
  it('Art. 4: begin exactly 48 hours after the request', () => {
    const first = (requestedAt: string) => freeSlots(wednesday, [], boundsOf(requestedAt))[0]?.startsAt;
    expect(first('2026-11-23T07:00:00.000Z')).toBe('2026-11-25T07:00:00.000Z');
    expect(first('2026-11-23T07:00:00.001Z')).toBe('2026-11-25T07:15:00.000Z');
    expect(first('2026-11-23T13:45:00.000Z')).toBe('2026-11-25T13:45:00.000Z');
    expect(first('2026-11-23T13:45:01.000Z')).toBeUndefined();
  });
  it('Art. 4: on the Mondays after both changes of the clock', () => {
    const firstOn = (date: string, requestedAt: string) => freeSlots(plan(date), [], boundsOf(requestedAt))[0]?.startsAt;
    // asked on Saturday at 10:00: Monday 11:00 on the wall in March, 09:00 in October
    expect(firstOn('2026-03-30', '2026-03-28T08:00:00.000Z')).toBe('2026-03-30T08:00:00.000Z');
    expect(firstOn('2026-10-26', '2026-10-24T07:00:00.000Z')).toBe('2026-10-26T07:00:00.000Z');
  });
  it('A16: end with the horizon, inclusive', () => {
    const starts = freeSlots(wednesday, [], { earliest: bounds.earliest, latest: '2026-11-25T06:15:00.000Z' });
    expect(starts.map(({ startsAt }) => startsAt)).toEqual(['2026-11-25T06:00:00.000Z', '2026-11-25T06:15:00.000Z']);
  });

  const minute = fc.integer({ min: 0, max: 1440 });
  it('A15: are slots that the plan allows, apart from one another and from all that is taken', () => {
    const anyTaken = fc.array(fc.tuple(minute, fc.integer({ min: 1, max: 120 })), { maxLength: 8 });
    holdsFor(100, [anyTaken, fc.tuple(minute, minute)], (stretches, [from, to]) => {
      const midnight = '2026-11-24T22:00:00.000Z';
      const taken = stretches.map(([start, length]) => ({
        from: plusMinutes(midnight, start),
        to: plusMinutes(midnight, start + length),
      }));
      const within = { earliest: plusMinutes(midnight, from), latest: plusMinutes(midnight, to) };
      const slots = freeSlots(wednesday, taken, within);
      const seen = slots.map((slot, index) => ({
        slot,
        isAllowed: isSlot(slot) && planAllows(wednesday, slot),
        isTaken: taken.some((other) => overlaps(slot, { startsAt: other.from, endsAt: other.to })),
        isWithin: within.earliest <= slot.startsAt && slot.startsAt <= within.latest,
        isBeforeTheNext: (slots[index + 1]?.startsAt ?? '9999') >= slot.endsAt,
      }));
      expect(seen).toEqual(slots.map((slot) => ({ slot, isAllowed: true, isTaken: false, isWithin: true, isBeforeTheNext: true })));
      // and nothing that could be had is kept back
      const untouched = freeSlots(wednesday, [], within).filter(
        (slot) => !taken.some((other) => overlaps(slot, { startsAt: other.from, endsAt: other.to })),
      );
      expect(slots).toEqual(untouched);
    });
  });
});

describe('a day as GET /slots shows it', () => {
  it('says how many are free', () => {
    expect(dayAvailability(wednesday, [], bounds)).toEqual({ date: '2026-11-25', free: 32 });
  });
  it.each([
    ['2026-11-28', 'weekend'],
    ['2026-11-30', 'holiday'],
    ['2026-12-24', 'bridge-day'],
  ])('A16: %s is closed: %s', (date, closed) => {
    const closedPlan = dayPlan(date, staffWith(), calendarWithBridgeDays('2026-12-24'));
    expect(dayAvailability(closedPlan, [], bounds)).toEqual({ date, free: 0, closed });
  });
  it('A16: absent, and outside hours', () => {
    const away = staffWith(absence('a1', '2026-11-25T00:00:00.000Z', '2026-11-26T00:00:00.000Z'));
    expect(dayAvailability(dayPlan('2026-11-25', away, workingCalendar.initial), [], bounds).closed).toBe('absent');
    const mondays = staffWith({
      type: 'WorkingHoursSet',
      data: { from: '2026-11-01', week: { mon: [['08:00', '10:00']] }, setAt: '2026-10-01T08:00:00.000Z' },
    });
    expect(dayAvailability(dayPlan('2026-11-25', mondays, workingCalendar.initial), [], bounds).closed).toBe('outside-hours');
  });
  it('A16: full when everything is taken, also when the rest of the day is too soon', () => {
    expect(dayAvailability(wednesday, [allDay], bounds)).toEqual({ date: '2026-11-25', free: 0, closed: 'full' });
    expect(dayAvailability(wednesday, [allDay], boundsOf('2026-11-23T10:00:00.000Z')).closed).toBe('full');
  });
  it('Art. 4: under 48 hours when no slot of the day is far enough', () => {
    expect(dayAvailability(wednesday, [], boundsOf('2026-11-24T08:00:00.000Z'))).toEqual({
      date: '2026-11-25',
      free: 0,
      closed: 'under-48-hours',
    });
    expect(dayAvailability(wednesday, [allDay], boundsOf('2026-11-24T08:00:00.000Z')).closed).toBe('under-48-hours');
  });
  it('Art. 4: under 48 hours also where the rest of the day lies beyond the horizon', () => {
    const atNoon = { earliest: '2026-11-25T10:05:00.000Z', latest: '2026-11-25T10:10:00.000Z' };
    expect(dayAvailability(wednesday, [], atNoon).closed).toBe('under-48-hours');
  });
  it('Art. 5: no time for the link, where hours could be had and for none of them a link made by hand; from the first such hour on they are free', () => {
    const noon = { ...boundsOf('2026-11-23T10:00:00.000Z'), linkFrom: '2026-11-25T11:00:00.000Z' };
    expect(freeSlots(wednesday, [], noon)[0]?.startsAt).toBe('2026-11-25T11:00:00.000Z');
    expect(dayAvailability(wednesday, [], noon)).toEqual({ date: '2026-11-25', free: 12 });
    const tomorrow = { ...noon, linkFrom: '2026-11-26T06:00:00.000Z' };
    expect(dayAvailability(wednesday, [], tomorrow)).toEqual({ date: '2026-11-25', free: 0, closed: 'no-time-for-link' });
    // an hour that is taken could be had
    expect(dayAvailability(wednesday, [allDay], noon).closed).toBe('full');
    expect(dayAvailability(wednesday, [allDay], tomorrow).closed).toBe('no-time-for-link');
    expect(dayAvailability(wednesday, [], { ...tomorrow, ...boundsOf('2026-11-24T08:00:00.000Z') }).closed).toBe('under-48-hours');
  });
  it('A16: beyond the horizon, and not under 48 hours, where a horizon shorter than those ends before the first hour that could be had', () => {
    const crossed = { earliest: '2026-11-25T06:00:00.000Z', latest: '2026-11-24T21:45:00.000Z' };
    expect(freeSlots(wednesday, [], { ...crossed, latest: crossed.earliest })).toMatchObject([{ startsAt: crossed.earliest }]);
    expect(dayAvailability(wednesday, [], crossed).closed).toBe('beyond-horizon');
  });
  it('A16: beyond the horizon, and a holiday there is still a holiday', () => {
    // from 20 November day 60 is 19 January
    expect(dayAvailability(plan('2027-01-19'), [], bounds).free).toBe(32);
    expect(dayAvailability(plan('2027-01-20'), [], bounds)).toEqual({ date: '2027-01-20', free: 0, closed: 'beyond-horizon' });
    expect(dayAvailability(plan('2027-01-24'), [], bounds).closed).toBe('holiday');
  });
});
