import type { CaseFile } from '../../../src/domain/audit/case-file';
import { type CheckId, judge } from '../../../src/domain/audit/judge';
import { type OtherReading, refusedUnder, underReading } from '../../../src/domain/audit/other-reading';
import { policiesWith, type PolicyValues } from '../../../src/domain/policies';
import { clarificationHistory, everyHistory, onlineHistory, rescheduledHistory } from '../../support/histories';
import { settled } from '../../support/judging';

const leadTime = (hours: number): OtherReading => ({
  'lead-time': policiesWith({ 'lead-time': { value: { hours }, version: 2 } })['lead-time'],
});
const window = (value: PolicyValues['clarification-window']): OtherReading => ({
  'clarification-window': policiesWith({ 'clarification-window': { value, version: 2 } })['clarification-window'],
});
const verdictOf = (caseFile: CaseFile, id: CheckId) => judge(caseFile, settled).checks.find((check) => check.id === id)?.verdict;
const changedIn = (before: CaseFile, after: CaseFile): readonly string[] =>
  judge(after, settled).checks.flatMap(({ id, verdict }) => (verdictOf(before, id) === verdict ? [] : [`${id} ${verdict}`]));

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
