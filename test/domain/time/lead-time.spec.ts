import * as fc from 'fast-check';
import { policiesWith } from '../../../src/domain/policies';
import { atLocal, localTimeOf, plusSeconds, secondsBetween } from '../../../src/domain/time/civil-time';
import { checkHorizon, checkLeadTime, earliestStart, keepsLeadTime, latestStart } from '../../../src/domain/time/slot';
import { anyInstant } from '../../support/arbitrary-time';

const policies = policiesWith();
const leadTime = policies['lead-time'];
const horizon = policies['booking-horizon'];

describe('the 48 hours of Art. 4', () => {
  const requestedAt = '2026-11-25T08:00:00.000Z';

  it('Art. 4: accepts a slot exactly 48 h away', () => {
    expect(checkLeadTime(requestedAt, '2026-11-27T08:00:00.000Z', leadTime)).toBeUndefined();
  });
  it('Art. 4: refuses a slot 47 h 59 min away, naming the earliest start', () => {
    expect(checkLeadTime(requestedAt, '2026-11-27T07:59:00.000Z', leadTime)).toEqual({
      kind: 'refused',
      code: 'too-soon',
      article: '4',
      details: { earliest: '2026-11-27T08:00:00.000Z' },
    });
  });
  it('Art. 4: refuses when the form came a millisecond too late', () => {
    expect(keepsLeadTime('2026-11-25T08:00:00.001Z', '2026-11-27T08:00:00.000Z', leadTime)).toBe(false);
  });

  it('Art. 4: in March 48 hours end an hour later on the wall', () => {
    // Saturday 28 March 2026, 10:00 in Bucharest; the clock jumps on Sunday at 03:00.
    const asked = atLocal('2026-03-28', '10:00');
    expect(earliestStart(asked, leadTime)).toBe('2026-03-30T08:00:00.000Z');
    expect(localTimeOf(earliestStart(asked, leadTime))).toBe('11:00');
    expect(keepsLeadTime(asked, atLocal('2026-03-30', '10:00'), leadTime)).toBe(false);
    expect(keepsLeadTime(asked, atLocal('2026-03-30', '10:45'), leadTime)).toBe(false);
    expect(keepsLeadTime(asked, atLocal('2026-03-30', '11:00'), leadTime)).toBe(true);
  });
  it('Art. 4: in October 48 hours end an hour earlier on the wall', () => {
    const asked = atLocal('2026-10-24', '10:00');
    expect(earliestStart(asked, leadTime)).toBe('2026-10-26T07:00:00.000Z');
    expect(localTimeOf(earliestStart(asked, leadTime))).toBe('09:00');
    expect(keepsLeadTime(asked, atLocal('2026-10-26', '08:45'), leadTime)).toBe(false);
    expect(keepsLeadTime(asked, atLocal('2026-10-26', '09:00'), leadTime)).toBe(true);
  });
  it.each(['2025', '2027', '2030'])('Art. 4: both clock-change weekends of %s', (year) => {
    const saturdays = { 2025: ['2025-03-29', '2025-10-25'], 2027: ['2027-03-27', '2027-10-30'], 2030: ['2030-03-30', '2030-10-26'] };
    const [march, october] = saturdays[Number(year) as keyof typeof saturdays];
    expect(localTimeOf(earliestStart(atLocal(march ?? '', '12:00'), leadTime))).toBe('13:00');
    expect(localTimeOf(earliestStart(atLocal(october ?? '', '12:00'), leadTime))).toBe('11:00');
  });
  it('Art. 4: a form sent in either passing of the repeated hour of October counts from its own instant', () => {
    expect(earliestStart('2026-10-25T00:30:00.000Z', leadTime)).toBe('2026-10-27T00:30:00.000Z');
    expect(earliestStart('2026-10-25T01:30:00.000Z', leadTime)).toBe('2026-10-27T01:30:00.000Z');
  });

  it('A7: is exactly the elapsed hours of the policy, at any instant', () => {
    fc.assert(
      fc.property(anyInstant, fc.integer({ min: 0, max: 200 }), fc.integer({ min: -3600, max: 3600 }), (asked, hours, seconds) => {
        const policy = policiesWith({ 'lead-time': { value: { hours }, version: 2 } })['lead-time'];
        const starts = plusSeconds(earliestStart(asked, policy), seconds);
        expect(secondsBetween(asked, earliestStart(asked, policy))).toBe(hours * 3600);
        expect(keepsLeadTime(asked, starts, policy)).toBe(seconds >= 0);
        expect(checkLeadTime(asked, starts, policy) === undefined).toBe(seconds >= 0);
      }),
      { numRuns: 200 },
    );
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
    expect(checkHorizon(asked, atLocal('2027-01-25', '00:00'), horizon)).toEqual({
      kind: 'refused',
      code: 'beyond-horizon',
      details: { latest },
    });
  });
  it('A16: a change of the clock in between does not move the last day', () => {
    expect(latestStart(atLocal('2026-09-01', '00:00'), horizon)).toBe(atLocal('2026-10-31', '23:45'));
    expect(latestStart(atLocal('2026-08-26', '12:00'), horizon)).toBe('2026-10-25T21:45:00.000Z');
  });
});
