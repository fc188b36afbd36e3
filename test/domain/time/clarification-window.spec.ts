import * as fc from 'fast-check';
import { type CalendarFact, type CalendarState, workingCalendar } from '../../../src/domain/calendar/calendar';
import { clarificationWindow, dayKind, isWorkingDay } from '../../../src/domain/calendar/working-days';
import { fold } from '../../../src/domain/kernel/decider';
import { policiesWith, type PolicyValues } from '../../../src/domain/policies';
import { addDays, daysBetween } from '../../../src/domain/time/civil-time';
import { anyDate } from '../../support/arbitrary-time';

type Variant = PolicyValues['clarification-window'];
const policyOf = (value: Variant) => policiesWith({ 'clarification-window': { value, version: 2 } })['clarification-window'];
const noDecisions = workingCalendar.initial;
const bridgeDays = (...dates: readonly string[]): CalendarState =>
  fold(
    workingCalendar,
    dates.map((date): CalendarFact => ({
      type: 'BridgeDayDeclared',
      data: { date, decision: 'HG 1/2026', declaredAt: '2026-01-01T10:00:00.000Z' },
    })),
  );
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
    expect(window('2026-12-05', 'plain-30-roll', bridgeDays('2027-01-04', '2027-01-05')).enforcedUntil).toBe('2027-01-08');
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
    fc.assert(
      fc.property(anyDate, anyVariant, farAway, fc.integer({ min: 25, max: 45 }), (on, variant, offsets, added) => {
        const dates = offsets.map((days) => addDays(on, days));
        const fewer = window(on, variant, bridgeDays(...dates));
        const more = window(on, variant, bridgeDays(...dates, addDays(on, added)));
        expect(more.enforcedUntil >= fewer.enforcedUntil).toBe(true);
        expect(more.advertisedUntil).toBe(fewer.advertisedUntil);
      }),
      { numRuns: 150 },
    );
  });
  it('A5: a rolled end is a working day, and only free days lie between', () => {
    fc.assert(
      fc.property(anyDate, farAway, (on, offsets) => {
        const calendar = bridgeDays(...offsets.map((days) => addDays(on, days)));
        const { advertisedUntil, enforcedUntil } = window(on, 'plain-30-roll', calendar);
        expect(daysBetween(on, advertisedUntil)).toBe(30);
        expect(isWorkingDay(calendar, enforcedUntil)).toBe(true);
        for (let day = advertisedUntil; day < enforcedUntil; day = addDays(day, 1)) expect(dayKind(calendar, day)).not.toBe('working');
      }),
      { numRuns: 150 },
    );
  });
  it('A5: strict ≤ plain ≤ civil code', () => {
    fc.assert(
      fc.property(anyDate, (on) => {
        const [strict, plain, civil] = [window(on, 'strict-30'), window(on), window(on, 'civil-code-free-days')];
        expect(strict.enforcedUntil <= plain.enforcedUntil && plain.enforcedUntil <= civil.enforcedUntil).toBe(true);
      }),
      { numRuns: 150 },
    );
  });
});
