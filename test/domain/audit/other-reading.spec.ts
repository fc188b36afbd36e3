import type { CaseFile } from '../../../src/domain/audit/case-file';
import { type CheckId, judge } from '../../../src/domain/audit/judge';
import { type OtherReading, refusedUnder, underReading } from '../../../src/domain/audit/other-reading';
import type { CalendarFact } from '../../../src/domain/calendar/calendar';
import type { RequestFact } from '../../../src/domain/request/facts';
import { policiesWith, type PolicyValues } from '../../../src/domain/policies';
import { bridgeDay, codeIssued, lateAdmission } from '../../support/entries';
import { clarification, clarificationHistory, everyHistory, onlineHistory, rescheduledHistory } from '../../support/histories';
import { everyLife, historyOfLife, type Life, longAfter } from '../../support/lives';
import type { History } from '../../support/history';
import { settled } from '../../support/judging';
import type { Entry } from '../../support/plot';
import { adding, addingToRequest, changing, eventOf, moved } from '../../support/retelling';
import { addDays, civilDateOf, plusMinutes } from '../../../src/domain/time/civil-time';
import { fileMoves } from './law/breaking';
import { requestedAt } from './law/occasions';

const leadTime = (hours: number): OtherReading => ({
  'lead-time': policiesWith({ 'lead-time': { value: { hours }, version: 2 } })['lead-time'],
});
const horizon = (days: number): OtherReading => ({
  'booking-horizon': policiesWith({ 'booking-horizon': { value: { days }, version: 2 } })['booking-horizon'],
});
const window = (value: PolicyValues['clarification-window']): OtherReading => ({
  'clarification-window': policiesWith({ 'clarification-window': { value, version: 2 } })['clarification-window'],
});
/** The first life of that kind, as it was or broken. */
const lifeThat = (holds: (life: Life) => boolean, breaks = (history: History): History | undefined => history): History => {
  const life = everyLife.find(holds);
  const history = life && breaks(historyOfLife(life));
  if (history === undefined) throw new Error('no such life');
  return history;
};
const verdictOf = (caseFile: CaseFile, id: CheckId) => judge(caseFile, longAfter).checks.find((check) => check.id === id)?.verdict;
const changedIn = (before: CaseFile, after: CaseFile): readonly string[] =>
  judge(after, longAfter).checks.flatMap(({ id, verdict }) => (verdictOf(before, id) === verdict ? [] : [`${id} ${verdict}`]));

const movedByCitizen = lifeThat(({ course }) => course === 'moved by the citizen');
const withAnotherCode = (() => {
  const history = onlineHistory();
  const at = plusMinutes(eventOf(history, 'VerificationCodeIssued').recordedAt, 2);
  const retold = moved(changing(history, 'EmailVerified', { n: 2 }), 'EmailVerified', 0, plusMinutes(at, 1));
  return adding(retold, codeIssued(2, at));
})();
const fileMoved = lifeThat(
  ({ ending, course, ground }) => ending === 'held' && course === 'as booked' && ground === 'in-operation',
  fileMoves((history) => plusMinutes(requestedAt(history), 30)),
);

describe('what would be under another reading', () => {
  it('of the policies that were in force is what is', () => {
    for (const history of Object.values(everyHistory)) {
      const read = underReading(history, { ...leadTime(48), ...window('plain-30-roll') });
      expect(judge(read, settled)).toEqual(judge(history, settled));
      expect(refusedUnder(read)).toEqual([]);
    }
  });

  it('of the 48 hours: each booking that would have been too soon is named with Art. 4, and C04 fails', () => {
    const read = underReading(onlineHistory(), leadTime(720));
    expect(changedIn(onlineHistory(), read)).toEqual(['C04 fail']);
    expect(refusedUnder(read)).toMatchObject([{ refusal: { code: 'too-soon', article: '4' } }]);
    expect(refusedUnder(underReading(rescheduledHistory(), leadTime(720))).length).toBeGreaterThan(0);
  });

  it('of how the 48 hours are counted: from the next midnight, and in working hours of the calendar of then', () => {
    const counted = (value: PolicyValues['lead-time']): OtherReading => ({
      'lead-time': policiesWith({ 'lead-time': { value, version: 2 } })['lead-time'],
    });
    const hours = (caseFile: CaseFile, counting: 'from-next-midnight' | 'working-hours') =>
      [1, 12, 24, 36, 48, 60, 72, 96, 120, 480].filter(
        (least) => refusedUnder(underReading(caseFile, counted({ hours: least, counted: counting }))).length > 0,
      );
    const history = onlineHistory();
    for (const counting of ['from-next-midnight', 'working-hours'] as const) {
      const read = underReading(history, counted({ hours: 480, counted: counting }));
      expect(changedIn(history, read)).toEqual(['C04 fail']);
      expect(refusedUnder(read)).toMatchObject([{ refusal: { code: 'too-soon', article: '4', details: { counted: counting } } }]);
    }
    const requested = eventOf(history, 'Requested').recordedAt;
    const free: CalendarFact[] = [1, 2, 3, 4, 5, 6, 7, 8].map((days) => ({
      type: 'BridgeDayDeclared',
      data: { date: addDays(civilDateOf(requested), days), decision: 'H.G.', declaredAt: plusMinutes(requested, -60) },
    }));
    const bridged: CaseFile = {
      ...history,
      calendar: free.map((fact, index) => ({ id: `free-${String(index)}`, recordedAt: plusMinutes(requested, -60), fact })),
    };
    // the hours of the calendar in force then are fewer: less of them lie before the meeting
    expect(hours(bridged, 'working-hours').length).toBeGreaterThan(hours(history, 'working-hours').length);
    expect(hours(bridged, 'from-next-midnight')).toEqual(hours(history, 'from-next-midnight'));
  });

  it.each([
    ['booking-horizon', { days: 2 }, onlineHistory(), ['C09 fail'], ['beyond-horizon']],
    ['slot-tolerance', { startMinutes: 30, shortestMinutes: 15, longestMinutes: 60 }, onlineHistory(), ['C22 warn'], []],
    ['reschedule-limit', { times: 0 }, movedByCitizen, ['C19 fail'], ['reschedule-limit']],
    ['code-interval', { seconds: 3600 }, withAnotherCode, ['C06 fail'], []],
    ['handover-notice', { workingDays: 30 }, fileMoved, ['C12 warn'], []],
  ] as const)('of %s: what it turns, and what would have been refused', (name, value, history, verdicts, refused) => {
    const read = underReading(history, { [name]: { name, version: 2, value } });
    expect(changedIn(history, read)).toEqual(verdicts);
    expect(refusedUnder(read).map(({ refusal }) => refusal.code)).toEqual(refused);
    expect(refusedUnder(history)).toEqual([]);
  });

  it('of the 30 days: the window is computed anew, and a day too late is refused with Art. 2 b', () => {
    // the 30 days end on Sunday 22 March; it is asked for on Monday, to which the window rolls
    const history = clarificationHistory({ requestedAt: '2026-03-23T07:00:00.000Z' });
    const untils = { 'plain-30-roll': '2026-03-23', 'civil-code-free-days': '2026-03-23', 'strict-30': '2026-03-22' } as const;
    for (const value of ['plain-30-roll', 'civil-code-free-days', 'strict-30'] as const) {
      const read = underReading(history, window(value));
      const isRefused = value === 'strict-30';
      expect(changedIn(history, read)).toEqual(isRefused ? ['C03 fail'] : []);
      const refused = refusedUnder(read).flatMap(({ refusal }) => (refusal.code === 'window-expired' ? [refusal] : []));
      expect(refused).toMatchObject(isRefused ? [{ article: '2 b', details: { until: untils[value] } }] : []);
      const ground = read.ticket.find(({ fact }) => fact.type === 'Requested')?.fact.data;
      expect(ground).toMatchObject({ ground: { enforcedUntil: untils[value] } });
    }
  });

  it('of one policy leaves the stamps of all others as they were', () => {
    const stampsIn = (caseFile: CaseFile, type: string) =>
      caseFile.ticket.flatMap(({ fact }) => (fact.type === type && 'policies' in fact.data ? (fact.data.policies ?? []) : []));
    const reading = { ...horizon(30), ...leadTime(24) };
    const read = underReading(onlineHistory(), reading);
    const stamped = stampsIn(onlineHistory(), 'Scheduled');
    expect(stamped.length).toBeGreaterThan(1);
    expect(stampsIn(read, 'Scheduled')).toEqual(stamped.map((stamp) => (stamp.name === 'lead-time' ? reading['lead-time'] : stamp)));
    const others = stampsIn(onlineHistory(), 'Requested').filter(({ name }) => name !== 'lead-time' && name !== 'booking-horizon');
    expect(stampsIn(read, 'Requested')).toEqual([...others, reading['booking-horizon'], reading['lead-time']]);
  });

  it('of the 48 hours refuses a move by the citizen, and none to which the citizen agreed', () => {
    const refusedTypes = (history: History) =>
      refusedUnder(underReading(history, leadTime(720))).map(({ eventId }) => history.ticket.find(({ id }) => id === eventId)?.fact.type);
    expect(refusedTypes(movedByCitizen)).toEqual(['Scheduled', 'Rescheduled']);
    expect(refusedTypes(rescheduledHistory())).toEqual(['Scheduled', 'Rescheduled']);
    expect(refusedTypes(changing(rescheduledHistory(), 'Rescheduled', { citizenAgreed: true }))).toEqual(['Scheduled']);
  });

  it('A16: a booking is measured by the horizon of its form, a move by its own', () => {
    const refused = (history: History) => refusedUnder(history).map(({ eventId, at, refusal: { code } }) => [eventId, at, code]);
    const { 'booking-horizon': twoDays } = horizon(2);
    const policies = twoDays === undefined ? [] : [twoDays];
    const refusal = (history: History, type: 'Scheduled' | 'Rescheduled') => {
      const { id, recordedAt } = eventOf(history, type);
      return [[id, recordedAt, 'beyond-horizon']];
    };
    const moved = rescheduledHistory();
    expect(refused(changing(moved, 'Scheduled', { policies }))).toEqual([]);
    expect(refused(changing(moved, 'Rescheduled', { policies }))).toEqual(refusal(moved, 'Rescheduled'));
    expect(refused(changing(onlineHistory(), 'Requested', { policies }))).toEqual(refusal(onlineHistory(), 'Scheduled'));
  });

  it('A19: says how many moves the citizen would have had', () => {
    const times = { 'reschedule-limit': policiesWith({ 'reschedule-limit': { value: { times: 0 }, version: 2 } })['reschedule-limit'] };
    const [refused] = refusedUnder(underReading(movedByCitizen, times));
    expect(refused?.refusal).toMatchObject({ article: '8', details: { limit: 0 } });
  });

  it('Art. 2 b (A27): refuses nothing that a head had admitted late, until the day that was granted', () => {
    const history = clarificationHistory({ requestedAt: '2026-03-23T07:00:00.000Z' });
    const grantedAt = '2026-03-20T10:00:00.000Z';
    const refused = (until: string) =>
      refusedUnder(underReading(addingToRequest(history, lateAdmission(until, grantedAt)), window('strict-30'))).map(
        ({ refusal }) => refusal.code,
      );
    expect(refused('2026-03-23')).not.toContain('window-expired');
    expect(refused('2026-03-22')).toContain('window-expired');
  });

  const groundOf = (caseFile: CaseFile) => {
    const requested = caseFile.ticket.find(({ fact }) => fact.type === 'Requested')?.fact;
    return requested?.type === 'Requested' ? requested.data.ground : undefined;
  };
  const closedOnMonday = (recordedAt: string): readonly [string, CalendarFact] => bridgeDay('2026-03-23', recordedAt);

  it('A5: computes the window in the calendar that was known when the answer was given', () => {
    const until = (recordedAt: string) =>
      groundOf(underReading(clarificationHistory({ calendar: [closedOnMonday(recordedAt)] }), window('plain-30-roll')));
    expect(until('2026-02-20T09:00:00.000Z')).toMatchObject({ enforcedUntil: '2026-03-24' });
    expect(until('2026-02-20T10:00:00.001Z')).toMatchObject({ enforcedUntil: '2026-03-23' });
  });

  it('A5, Codul civil 2554: a day declared free since moves the end under that reading, and back under the other', () => {
    const declared = closedOnMonday('2026-03-10T09:00:00.000Z');
    // Monday the 23rd was the last day when the answer was given; it is asked for on Tuesday
    const asked = clarificationHistory({ requestedAt: '2026-03-24T07:00:00.000Z', calendar: [declared] });
    const laterDays = (value: PolicyValues['days-declared-later']): OtherReading => ({
      'days-declared-later': policiesWith({ 'days-declared-later': { value, version: 2 } })['days-declared-later'],
    });
    const expired = (caseFile: CaseFile) => refusedUnder(caseFile).filter(({ refusal: { code } }) => code === 'window-expired');
    const then = underReading(asked, laterDays('as-then'));
    const moved = underReading(asked, laterDays('move-the-end'));
    expect([groundOf(then), groundOf(moved)]).toMatchObject([{ enforcedUntil: '2026-03-23' }, { enforcedUntil: '2026-03-24' }]);
    expect([expired(then).length, expired(moved).length]).toEqual([1, 0]);
    expect([verdictOf(then, 'C03'), verdictOf(moved, 'C03')]).toEqual(['fail', 'pass']);
    expect(groundOf(underReading(moved, laterDays('as-then')))).toMatchObject({ enforcedUntil: '2026-03-23' });
    // another window is still the window that such days move
    expect(groundOf(underReading(moved, window('plain-30-roll')))).toMatchObject({ enforcedUntil: '2026-03-24' });
  });

  it('A5: takes the window of the very answer that the ticket is about, and leaves it alone where another policy is read', () => {
    const history = clarificationHistory({ calendar: [closedOnMonday('2026-02-20T09:30:00.000Z')] });
    const answer = (at: string, data: object) =>
      history.request.flatMap(({ fact }): readonly Entry<RequestFact>[] =>
        fact.type === 'AnswerCommunicated' ? [[at, { ...fact, data: { ...fact.data, ...data } }]] : [],
      );
    const among = addingToRequest(
      history,
      ...answer('2026-02-20T09:00:00.000Z', { documentNumber: '154997/R0' }),
      ...answer('2026-02-20T09:40:00.000Z', { communicatedOn: '2026-02-10' }),
    );
    expect(groundOf(underReading(among, window('plain-30-roll')))).toMatchObject({ enforcedUntil: '2026-03-24' });
    expect(groundOf(underReading(among, leadTime(24)))).toEqual(groundOf(history));
    const unlike = clarificationHistory({ ground: clarification({ enforcedUntil: '2026-04-30' }) });
    expect(groundOf(underReading({ ...among, ticket: unlike.ticket }, leadTime(24)))).toEqual(groundOf(unlike));
  });
});
