import type { CaseFile } from '../../../src/domain/audit/case-file';
import { type CheckId, judge } from '../../../src/domain/audit/judge';
import { type OtherReading, refusedUnder, underReading } from '../../../src/domain/audit/other-reading';
import { policiesWith, type PolicyValues } from '../../../src/domain/policies';
import { clarificationHistory, everyHistory, onlineHistory, rescheduledHistory } from '../../support/histories';
import { everyLife, historyOfLife, type Life, longAfter } from '../../support/lives';
import type { History } from '../../support/history';
import { settled } from '../../support/judging';
import { adding, changing, eventOf, moved } from '../../support/retelling';
import { plusMinutes } from '../../../src/domain/time/civil-time';
import { code, fileMoves } from './law/breaking';
import { requestedAt } from './law/occasions';

const leadTime = (hours: number): OtherReading => ({
  'lead-time': policiesWith({ 'lead-time': { value: { hours }, version: 2 } })['lead-time'],
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
  return adding(retold, code(2, at));
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
});
