import * as fc from 'fast-check';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { clarificationWindow, dayKind, isWorkingDay } from '../../../src/domain/calendar/working-days';
import { isRefusal } from '../../../src/domain/kernel/refusal';
import { policiesWith, type PolicyValues } from '../../../src/domain/policies';
import {
  addDays,
  daysBetween,
  atLocal,
  localTimeOf,
  plusSeconds,
  secondsBetween,
  minutesBetween,
  plusMinutes,
} from '../../../src/domain/time/civil-time';
import {
  checkHorizon,
  latestStart,
  endOfSlot,
  isSlot,
  nextGridPoint,
  overlaps,
  type Slot,
  slotStarting,
} from '../../../src/domain/time/slot';
import { checkLeadTime, earliestStart, keepsLeadTime } from '../../../src/domain/agenda/lead-time';
import { anyDate, anyInstant } from '../../support/arbitrary-time';
import { calendarWithBridgeDays } from '../../support/staff-and-calendar';
import { refused } from '../../support/decided';
import { holdsFor } from '../../support/holds-for';

type Variant = PolicyValues['clarification-window'];
const policyOf = (value: Variant) => policiesWith({ 'clarification-window': { value, version: 2 } })['clarification-window'];
const noDecisions = workingCalendar.initial;
const window = (communicatedOn: string, variant: Variant = 'plain-30-roll', calendar = noDecisions) =>
  clarificationWindow(communicatedOn, policyOf(variant), calendar);

describe('the 30 days of Art. 2 b', () => {
  it('A5: is the default reading', () => {
    expect(policiesWith()['clarification-window'].value).toBe('plain-30-roll');
  });
  it('Art. 2: the day of communication does not count, day 30 does', () => {
    expect(window('2026-10-13')).toEqual({ advertisedUntil: '2026-11-12', enforcedUntil: '2026-11-12' });
  });
  it('Art. 2: day 30 on a Saturday runs to Monday', () => {
    expect(window('2026-10-15')).toEqual({ advertisedUntil: '2026-11-14', enforcedUntil: '2026-11-16' });
  });
  it('Art. 2: day 30 on Saint Andrew rolls over the National Day', () => {
    expect(window('2026-10-31')).toEqual({ advertisedUntil: '2026-11-30', enforcedUntil: '2026-12-02' });
  });
  it('Art. 2: day 30 on Good Friday rolls over Orthodox Easter', () => {
    expect(window('2026-03-11')).toEqual({ advertisedUntil: '2026-04-10', enforcedUntil: '2026-04-14' });
  });
  it('Art. 2: day 30 at the end of a year rolls into the next, by the calendar of that year', () => {
    // 1 January: in 2023 the 6th was worked, in 2024 it no longer was, though a Saturday.
    expect(window('2022-12-02')).toEqual({ advertisedUntil: '2023-01-01', enforcedUntil: '2023-01-03' });
    expect(window('2022-12-07')).toEqual({ advertisedUntil: '2023-01-06', enforcedUntil: '2023-01-06' });
    expect(window('2024-12-07')).toEqual({ advertisedUntil: '2025-01-06', enforcedUntil: '2025-01-08' });
  });
  it('Art. 2: 24 January and 1 June roll only since 2017, Good Friday since 2018', () => {
    expect(window('2016-05-02').enforcedUntil).toBe('2016-06-01');
    expect(window('2017-05-02').enforcedUntil).toBe('2017-06-02');
    expect(window('2017-03-15').enforcedUntil).toBe('2017-04-14');
    expect(window('2018-03-07').enforcedUntil).toBe('2018-04-10');
  });
  it('Art. 2: day 30 on a bridge day rolls, once the decision is known', () => {
    expect(window('2026-12-05').enforcedUntil).toBe('2027-01-04');
    expect(window('2026-12-05', 'plain-30-roll', calendarWithBridgeDays('2027-01-04', '2027-01-05')).enforcedUntil).toBe('2027-01-08');
  });
  it('Art. 2: the change of the clock does not move a day', () => {
    expect(window('2026-03-03')).toEqual({ advertisedUntil: '2026-04-02', enforcedUntil: '2026-04-02' });
    expect(window('2026-10-01')).toEqual({ advertisedUntil: '2026-10-31', enforcedUntil: '2026-11-02' });
  });

  it('A5: civil-code-free-days counts neither the first nor the last day, and advertises day 30', () => {
    expect(window('2026-10-13', 'civil-code-free-days')).toEqual({ advertisedUntil: '2026-11-12', enforcedUntil: '2026-11-13' });
    expect(window('2026-10-14', 'civil-code-free-days')).toEqual({ advertisedUntil: '2026-11-13', enforcedUntil: '2026-11-16' });
  });
  it('A5: strict-30 never rolls', () => {
    expect(window('2026-10-31', 'strict-30')).toEqual({ advertisedUntil: '2026-11-30', enforcedUntil: '2026-11-30' });
  });

  const anyVariant = fc.constantFrom<Variant>('plain-30-roll', 'civil-code-free-days', 'strict-30');
  const farAway = fc.array(fc.integer({ min: 25, max: 45 }), { maxLength: 12 });

  it('A5: a window never shrinks when a free day is added', () => {
    holdsFor(150, [anyDate, anyVariant, farAway, fc.integer({ min: 25, max: 45 })], (on, variant, offsets, added) => {
      const dates = offsets.map((days) => addDays(on, days));
      const fewer = window(on, variant, calendarWithBridgeDays(...dates));
      const more = window(on, variant, calendarWithBridgeDays(...dates, addDays(on, added)));
      expect(more.enforcedUntil >= fewer.enforcedUntil).toBe(true);
      expect(more.advertisedUntil).toBe(fewer.advertisedUntil);
    });
  });
  it('A5: a rolled end is a working day, and only free days lie between', () => {
    holdsFor(150, [anyDate, farAway], (on, offsets) => {
      const calendar = calendarWithBridgeDays(...offsets.map((days) => addDays(on, days)));
      const { advertisedUntil, enforcedUntil } = window(on, 'plain-30-roll', calendar);
      expect(daysBetween(on, advertisedUntil)).toBe(30);
      expect(isWorkingDay(calendar, enforcedUntil)).toBe(true);
      for (let day = advertisedUntil; day < enforcedUntil; day = addDays(day, 1)) expect(dayKind(calendar, day)).not.toBe('working');
    });
  });
  it('A5: strict ≤ plain ≤ civil code', () => {
    holdsFor(150, [anyDate], (on) => {
      const [strict, plain, civil] = [window(on, 'strict-30'), window(on), window(on, 'civil-code-free-days')];
      expect(strict.enforcedUntil <= plain.enforcedUntil && plain.enforcedUntil <= civil.enforcedUntil).toBe(true);
    });
  });
});

const policies = policiesWith();
const leadTime = policies['lead-time'];
const horizon = policies['booking-horizon'];

describe('the 48 hours of Art. 4', () => {
  const requestedAt = '2026-11-25T08:00:00.000Z';

  it('Art. 4: accepts a slot exactly 48 h away', () => {
    expect(checkLeadTime(requestedAt, '2026-11-27T08:00:00.000Z', leadTime, noDecisions)).toBeUndefined();
  });
  it('Art. 4: refuses a slot 47 h 59 min away, naming the earliest start', () => {
    expect(checkLeadTime(requestedAt, '2026-11-27T07:59:00.000Z', leadTime, noDecisions)).toEqual(
      refused('too-soon', { article: '4', earliest: '2026-11-27T08:00:00.000Z', hours: 48 }),
    );
  });
  it('Art. 4: refuses when the form came a millisecond too late', () => {
    expect(keepsLeadTime('2026-11-25T08:00:00.001Z', '2026-11-27T08:00:00.000Z', leadTime, noDecisions)).toBe(false);
  });

  it('Art. 4: in March 48 hours end an hour later on the wall', () => {
    // Saturday 28 March 2026, 10:00 in Bucharest; the clock jumps on Sunday at 03:00.
    const asked = atLocal('2026-03-28', '10:00');
    expect(earliestStart(asked, leadTime, noDecisions)).toBe('2026-03-30T08:00:00.000Z');
    expect(localTimeOf(earliestStart(asked, leadTime, noDecisions))).toBe('11:00');
    expect(keepsLeadTime(asked, atLocal('2026-03-30', '10:00'), leadTime, noDecisions)).toBe(false);
    expect(keepsLeadTime(asked, atLocal('2026-03-30', '10:45'), leadTime, noDecisions)).toBe(false);
    expect(keepsLeadTime(asked, atLocal('2026-03-30', '11:00'), leadTime, noDecisions)).toBe(true);
  });
  it('Art. 4: in October 48 hours end an hour earlier on the wall', () => {
    const asked = atLocal('2026-10-24', '10:00');
    expect(earliestStart(asked, leadTime, noDecisions)).toBe('2026-10-26T07:00:00.000Z');
    expect(localTimeOf(earliestStart(asked, leadTime, noDecisions))).toBe('09:00');
    expect(keepsLeadTime(asked, atLocal('2026-10-26', '08:45'), leadTime, noDecisions)).toBe(false);
    expect(keepsLeadTime(asked, atLocal('2026-10-26', '09:00'), leadTime, noDecisions)).toBe(true);
  });
  it.each(['2025', '2027', '2030'])('Art. 4: both clock-change weekends of %s', (year) => {
    const saturdays = { 2025: ['2025-03-29', '2025-10-25'], 2027: ['2027-03-27', '2027-10-30'], 2030: ['2030-03-30', '2030-10-26'] };
    const [march, october] = saturdays[Number(year) as keyof typeof saturdays];
    expect(localTimeOf(earliestStart(atLocal(march ?? '', '12:00'), leadTime, noDecisions))).toBe('13:00');
    expect(localTimeOf(earliestStart(atLocal(october ?? '', '12:00'), leadTime, noDecisions))).toBe('11:00');
  });
  it('Art. 4: a form sent in either passing of the repeated hour of October counts from its own instant', () => {
    expect(earliestStart('2026-10-25T00:30:00.000Z', leadTime, noDecisions)).toBe('2026-10-27T00:30:00.000Z');
    expect(earliestStart('2026-10-25T01:30:00.000Z', leadTime, noDecisions)).toBe('2026-10-27T01:30:00.000Z');
  });

  it('A7: is exactly the elapsed hours of the policy, at any instant', () => {
    holdsFor(200, [anyInstant, fc.integer({ min: 0, max: 200 }), fc.integer({ min: -3600, max: 3600 })], (asked, hours, seconds) => {
      const policy = policiesWith({ 'lead-time': { value: { hours }, version: 2 } })['lead-time'];
      const starts = plusSeconds(earliestStart(asked, policy, noDecisions), seconds);
      expect(secondsBetween(asked, earliestStart(asked, policy, noDecisions))).toBe(hours * 3600);
      expect(keepsLeadTime(asked, starts, policy, noDecisions)).toBe(seconds >= 0);
      expect(checkLeadTime(asked, starts, policy, noDecisions) === undefined).toBe(seconds >= 0);
    });
  });
});

describe('the booking horizon (A16)', () => {
  it('A16: the sixtieth day counts whole, in Bucharest', () => {
    const asked = '2026-11-25T21:59:00.000Z'; // 23:59 on the 25th
    expect(latestStart(asked, horizon)).toBe(atLocal('2027-01-24', '23:45'));
    expect(latestStart('2026-11-25T22:00:00.000Z', horizon)).toBe(atLocal('2027-01-25', '23:45'));
  });
  it('A16: refuses the first slot of day 61, naming the latest start', () => {
    const asked = '2026-11-25T08:00:00.000Z';
    const latest = atLocal('2027-01-24', '23:45');
    expect(checkHorizon(asked, latest, horizon)).toBeUndefined();
    expect(checkHorizon(asked, atLocal('2027-01-25', '00:00'), horizon)).toEqual(refused('beyond-horizon', { latest }));
  });
  it('A16: a change of the clock in between does not move the last day', () => {
    expect(latestStart(atLocal('2026-09-01', '00:00'), horizon)).toBe(atLocal('2026-10-31', '23:45'));
    expect(latestStart(atLocal('2026-08-26', '12:00'), horizon)).toBe('2026-10-25T21:45:00.000Z');
  });
});

const slotAt = (startsAt: string): Slot => {
  const slot = slotStarting(startsAt);
  if (isRefusal(slot)) throw new Error(`${startsAt} starts no slot`);
  return slot;
};

describe('slots', () => {
  it('Art. 6: lasts fifteen minutes', () => {
    expect(slotStarting('2026-11-27T08:15:00.000Z')).toEqual({ startsAt: '2026-11-27T08:15:00.000Z', endsAt: '2026-11-27T08:30:00.000Z' });
  });
  it('Art. 6: writes the start canonically', () => {
    expect(slotStarting('2026-11-27T10:45:00+02:00')).toEqual({ startsAt: '2026-11-27T08:45:00.000Z', endsAt: '2026-11-27T09:00:00.000Z' });
  });
  it.each(['2026-11-27T08:05:00.000Z', '2026-11-27T08:15:01.000Z', '2026-11-27T08:15:00.001Z'])(
    'Art. 6: refuses %s, off the grid',
    (startsAt) => {
      expect(slotStarting(startsAt)).toEqual(refused('invalid', { article: '6', field: 'startsAt', reason: 'not-on-grid' }));
    },
  );
  it.each(['2026-11-27T08:15', '2026-02-30T08:15:00Z', 'now'])('refuses %s, which is no instant', (startsAt) => {
    expect(slotStarting(startsAt)).toMatchObject(refused('invalid', { reason: 'not-an-instant' }));
  });

  it('Art. 6: 14 or 16 minutes, a start off the grid and an instant not in canonical form are no slot', () => {
    const startsAt = '2026-11-27T08:15:00.000Z';
    expect(isSlot({ startsAt, endsAt: '2026-11-27T08:30:00.000Z' })).toBe(true);
    expect(isSlot({ startsAt, endsAt: '2026-11-27T08:29:00.000Z' })).toBe(false);
    expect(isSlot({ startsAt, endsAt: '2026-11-27T08:31:00.000Z' })).toBe(false);
    expect(isSlot({ startsAt: '2026-11-27T08:20:00.000Z', endsAt: '2026-11-27T08:35:00.000Z' })).toBe(false);
    expect(isSlot({ startsAt: '2026-11-27T08:15:00Z', endsAt: '2026-11-27T08:30:00.000Z' })).toBe(false);
  });

  it('A15: a slot follows another without overlapping it', () => {
    const slot = slotAt('2026-11-27T08:15:00.000Z');
    expect(overlaps(slot, slot)).toBe(true);
    expect(overlaps(slot, slotAt('2026-11-27T08:30:00.000Z'))).toBe(false);
    expect(overlaps(slotAt('2026-11-27T08:00:00.000Z'), slot)).toBe(false);
    expect(overlaps(slot, { startsAt: '2026-11-27T08:29:00.000Z', endsAt: '2026-11-27T09:00:00.000Z' })).toBe(true);
  });

  it('A15: the grid of UTC is the grid on the wall, and the next grid point is never a slot away', () => {
    holdsFor(300, [anyInstant], (instant) => {
      const point = nextGridPoint(instant);
      expect(isSlot(slotAt(point))).toBe(true);
      expect(endOfSlot(point)).toBe(plusMinutes(point, 15));
      expect(['00', '15', '30', '45']).toContain(localTimeOf(point).slice(3));
      expect(point >= instant && minutesBetween(instant, point) < 15).toBe(true);
    });
  });
  it('Art. 6: overlapping is mutual, and means sharing a moment', () => {
    holdsFor(200, [anyInstant, fc.integer({ min: -8, max: 8 })], (instant, quarters) => {
      const a = slotAt(nextGridPoint(instant));
      const b = slotAt(plusMinutes(a.startsAt, quarters * 15));
      expect(overlaps(a, b)).toBe(quarters === 0);
      expect(overlaps(b, a)).toBe(overlaps(a, b));
    });
  });
});
