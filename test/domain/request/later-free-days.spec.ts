import { calendarVersion, workingCalendar } from '../../../src/domain/calendar/calendar';
import { declareBridgeDay } from '../../../src/domain/calendar/working-days';
import { policiesWith } from '../../../src/domain/policies';
import { withLaterFreeDays } from '../../../src/domain/request/later-free-days';
import { communicateAnswer } from '../../../src/domain/request/registering';
import { type RequestState } from '../../../src/domain/request/request';
import { given } from '../../../src/infrastructure/testing/given-when-then';
import { at, known } from './line';

const policies = policiesWith();
const asThen = policies['days-declared-later'];
const moving = policiesWith({ 'days-declared-later': { value: 'move-the-end', version: 2 } })['days-declared-later'];
const then = workingCalendar.initial;
const withBridgeDay = (date: string) =>
  given(workingCalendar).after((state) => declareBridgeDay({ date, decision: 'H.G. 1/2026', at }, state)).state;

/** Communicated on 2 March: day 30 is Wednesday, 1 April. */
const answered = known.after((state) =>
  communicateAnswer({ documentNumber: '1', communicatedOn: '2026-03-02', channel: 'email', at, policies, calendar: then }, state),
).state;
const windowsOf = (state: RequestState) =>
  state.status === 'unknown' ? [] : state.answers.map((answer) => [answer.enforcedUntil, answer.calendarVersion]);

describe('Codul civil art. 2554: a day that was declared free after the answer', () => {
  const declared = withBridgeDay('2026-04-01');

  it('leaves the end where it was, unless the city hall decides otherwise', () => {
    expect(windowsOf(answered)).toEqual([['2026-04-01', calendarVersion(then)]]);
    expect(withLaterFreeDays(answered, asThen, declared)).toBe(answered);
  });

  it('moves it to the next working day, by the calendar that says so', () => {
    expect(windowsOf(withLaterFreeDays(answered, moving, declared))).toEqual([['2026-04-02', calendarVersion(declared)]]);
  });

  it('moves nothing where another day is free now: the window stands as it was computed', () => {
    expect(windowsOf(withLaterFreeDays(answered, moving, withBridgeDay('2026-03-31')))).toEqual(windowsOf(answered));
  });

  it('never ends one sooner: a day that was free then and is worked now', () => {
    const later = withLaterFreeDays(answered, moving, declared);
    expect(windowsOf(withLaterFreeDays(later, moving, then))).toEqual(windowsOf(later));
  });

  it('of a request that nobody knows nothing moves', () => {
    expect(withLaterFreeDays({ status: 'unknown' }, moving, declared)).toEqual({ status: 'unknown' });
  });
});
