import * as fc from 'fast-check';
import { dayAvailability, dayPlan, freeSlots, planAllows, type StartBounds } from '../../../src/domain/agenda/day-plan';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { policiesWith } from '../../../src/domain/policies';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import { earliestStart, isSlot, latestStart, overlaps } from '../../../src/domain/time/slot';
import { absence, calendarWithBridgeDays, staffWith } from '../../support/staff-and-calendar';

const policies = policiesWith();
const boundsOf = (requestedAt: string): StartBounds => ({
  earliest: earliestStart(requestedAt, policies['lead-time']),
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
    fc.assert(
      fc.property(anyTaken, fc.tuple(minute, minute), (stretches, [from, to]) => {
        const midnight = '2026-11-24T22:00:00.000Z';
        const taken = stretches.map(([start, length]) => ({
          from: plusMinutes(midnight, start),
          to: plusMinutes(midnight, start + length),
        }));
        const within = { earliest: plusMinutes(midnight, from), latest: plusMinutes(midnight, to) };
        const slots = freeSlots(wednesday, taken, within);
        slots.forEach((slot, index) => {
          expect(isSlot(slot) && planAllows(wednesday, slot)).toBe(true);
          expect(taken.some((other) => overlaps(slot, { startsAt: other.from, endsAt: other.to }))).toBe(false);
          expect(within.earliest <= slot.startsAt && slot.startsAt <= within.latest).toBe(true);
          expect((slots[index + 1]?.startsAt ?? '9999') >= slot.endsAt).toBe(true);
        });
        // and nothing that could be had is kept back
        const untouched = freeSlots(wednesday, [], within).filter(
          (slot) => !taken.some((other) => overlaps(slot, { startsAt: other.from, endsAt: other.to })),
        );
        expect(slots).toEqual(untouched);
      }),
      { numRuns: 100 },
    );
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
  it('A16: beyond the horizon, and a holiday there is still a holiday', () => {
    // from 20 November day 60 is 19 January
    expect(dayAvailability(plan('2027-01-19'), [], bounds).free).toBe(32);
    expect(dayAvailability(plan('2027-01-20'), [], bounds)).toEqual({ date: '2027-01-20', free: 0, closed: 'beyond-horizon' });
    expect(dayAvailability(plan('2027-01-24'), [], bounds).closed).toBe('holiday');
  });
});
