import * as fc from 'fast-check';
import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { declareBridgeDay } from '../../../src/domain/calendar/working-days';
import { policiesWith, type PolicyValues } from '../../../src/domain/policies';
import { atLocal, civilDateOf, plusHours, plusSeconds, startOfNextDay } from '../../../src/domain/time/civil-time';
import { checkLeadTime, earliestStart, keepsLeadTime } from '../../../src/domain/agenda/lead-time';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { sentenceOf } from '../../../src/infrastructure/phrasing/problems/catalogue';
import { anyInstant } from '../../support/arbitrary-time';
import { refused } from '../../support/decided';
import { holdsFor } from '../../support/holds-for';

const noDecisions = workingCalendar.initial;
const leadTime = (value: PolicyValues['lead-time']) => policiesWith({ 'lead-time': { value, version: 2 } })['lead-time'];
const elapsed = leadTime({ hours: 48 });
const fromMidnight = leadTime({ hours: 48, counted: 'from-next-midnight' });
const working = leadTime({ hours: 48, counted: 'working-hours' });

// Wednesday, 4 March 2026, 10:00 in Bucharest.
const asked = atLocal('2026-03-04', '10:00');

describe('Art. 4: „Programările se pot face cu 48 ore de la data solicitării”, as three readings count it (A7)', () => {
  it('elapsed, as every stamp of before says it: the same hour two days later', () => {
    expect(earliestStart(asked, elapsed, noDecisions)).toBe(atLocal('2026-03-06', '10:00'));
  });

  /* „când termenul se socotește pe ore, acesta începe să curgă de la ora zero a zilei următoare” */
  it('Codul de procedură civilă art. 181 (1) 1: from the next midnight on', () => {
    expect(earliestStart(asked, fromMidnight, noDecisions)).toBe(atLocal('2026-03-07', '00:00'));
    expect(keepsLeadTime(asked, atLocal('2026-03-06', '23:45'), fromMidnight, noDecisions)).toBe(false);
    // a counterexample: what the elapsed reading takes and this one does not
    expect(keepsLeadTime(asked, atLocal('2026-03-06', '13:00'), elapsed, noDecisions)).toBe(true);
    expect(checkLeadTime(asked, atLocal('2026-03-06', '13:00'), fromMidnight, noDecisions)).toEqual(
      refused('too-soon', { article: '4', earliest: atLocal('2026-03-07', '00:00'), hours: 48, counted: 'from-next-midnight' }),
    );
  });
  it('from midnight of the day after in Bucharest, also where the clock changes in between', () => {
    expect(earliestStart('2026-03-27T22:30:00.000Z', fromMidnight, noDecisions)).toBe(plusHours(atLocal('2026-03-29', '00:00'), 48));
    expect(earliestStart(atLocal('2026-03-28', '12:00'), fromMidnight, noDecisions)).toBe(atLocal('2026-03-31', '01:00'));
  });

  it('in working hours: those of City Hall’s own week (A16), on working days', () => {
    // Wednesday 6 h, Thursday 9½, Friday 6½, Monday to Wednesday 8 each: 46; two more on Thursday.
    expect(earliestStart(asked, working, noDecisions)).toBe(atLocal('2026-03-12', '10:00'));
    expect(earliestStart(atLocal('2026-03-07', '12:00'), leadTime({ hours: 1, counted: 'working-hours' }), noDecisions)).toBe(
      atLocal('2026-03-09', '09:00'),
    );
  });
  it('a bridge day and a public holiday have none', () => {
    const bridged = given(workingCalendar).after((state) =>
      declareBridgeDay({ date: '2026-03-09', decision: 'H.G. 1/2026', at: asked }, state),
    ).state;
    expect(earliestStart(asked, working, bridged)).toBe(atLocal('2026-03-13', '08:30'));
    const hour = leadTime({ hours: 1, counted: 'working-hours' });
    expect(earliestStart(atLocal('2026-12-24', '16:00'), hour, noDecisions)).toBe(atLocal('2026-12-24', '17:00'));
    expect(earliestStart(atLocal('2026-12-24', '17:00'), hour, noDecisions)).toBe(atLocal('2026-12-28', '08:30'));
  });

  it('from the next midnight is always later than elapsed, by up to a day of the calendar; working hours are never sooner than elapsed', () => {
    holdsFor(100, [anyInstant, fc.integer({ min: 0, max: 200 })], (at, hours) => {
      const first = earliestStart(at, leadTime({ hours }), noDecisions);
      const midnight = earliestStart(at, leadTime({ hours, counted: 'from-next-midnight' }), noDecisions);
      expect(midnight > first).toBe(true);
      expect(midnight).toBe(plusHours(startOfNextDay(civilDateOf(at)), hours));
      expect(midnight <= plusHours(first, 25)).toBe(true);
      expect(earliestStart(at, leadTime({ hours, counted: 'working-hours' }), noDecisions) >= first).toBe(true);
    });
  });
  it('of working hours and the next midnight neither is always the later: one hour on a morning, and 48', () => {
    const first = (hours: number, counted: 'from-next-midnight' | 'working-hours') =>
      earliestStart(asked, leadTime({ hours, counted }), noDecisions);
    expect(first(1, 'working-hours') < first(1, 'from-next-midnight')).toBe(true);
    expect(first(48, 'working-hours') > first(48, 'from-next-midnight')).toBe(true);
  });
  it('is inclusive to the millisecond in each', () => {
    for (const policy of [elapsed, fromMidnight, working]) {
      const first = earliestStart(asked, policy, noDecisions);
      expect(keepsLeadTime(asked, first, policy, noDecisions)).toBe(true);
      expect(keepsLeadTime(asked, plusSeconds(first, -0.001), policy, noDecisions)).toBe(false);
    }
  });
  it('what is said names how they are counted', () => {
    expect(sentenceOf('too-soon', fromMidnight.value)).toEqual({
      ro: 'Întâlnirea poate fi programată cu cel puțin 48 de ore înainte, socotite de la miezul nopții de după solicitare.',
      en: 'A meeting can be booked at least 48 hours ahead, counted from the midnight after it was asked for.',
    });
    expect(sentenceOf('too-soon', working.value).ro).toContain(', socotite în ore de program.');
    expect(sentenceOf('too-soon', elapsed.value).ro).toBe('Întâlnirea poate fi programată cu cel puțin 48 de ore înainte.');
  });
});
