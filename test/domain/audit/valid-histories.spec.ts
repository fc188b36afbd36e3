import { checkIds, judge } from '../../../src/domain/audit/judge';
import { staffAbsentHistory, everyHistory } from '../../support/histories';
import { idsWith, settled, verdicts } from '../../support/judging';

const notApplicableTo: Readonly<Record<keyof typeof everyHistory, readonly string[]>> = {
  online: ['C03', 'C19'],
  'in person': ['C03', 'C07', 'C11', 'C13', 'C19', 'C24'],
  'by phone': ['C03', 'C05', 'C06', 'C07', 'C11', 'C13', 'C18', 'C19'],
  'for a clarification': ['C19', 'C25'],
  rescheduled: ['C03'],
  reassigned: ['C03'],
  'mode changed': ['C03', 'C11', 'C13'],
  'became online': ['C03'],
  'staff absent': ['C03'],
  cancelled: ['C03', 'C11', 'C12', 'C13', 'C14', 'C15', 'C16', 'C17', 'C18', 'C20', 'C22'],
  'citizen absent': ['C03', 'C12', 'C13', 'C14', 'C15', 'C16', 'C17', 'C18', 'C19', 'C22'],
  lapsed: ['C03', 'C04', 'C05', 'C08', 'C09', 'C10', 'C11', 'C12', 'C13', 'C14', 'C15', 'C16', 'C17', 'C18', 'C19', 'C20', 'C22'],
};
/** Nothing was put right afterwards. */
const withoutCorrections: readonly string[] = ['C26'];
const stories = (Object.keys(notApplicableTo) as (keyof typeof everyHistory)[]).map(
  (name) => [name, everyHistory[name], [...notApplicableTo[name], ...withoutCorrections]] as const,
);

describe('A procedure that was followed', () => {
  it.each(stories)('passes every check that applies: %s', (_, history, notApplicable) => {
    const expected = Object.fromEntries(checkIds.map((id) => [id, notApplicable.includes(id) ? 'not-applicable' : 'pass']));

    expect(verdicts(history)).toEqual(expected);
    expect(judge(history, settled)).toMatchObject({ overall: 'pass', warnings: 0, waived: 0 });
    expect(judge(history, settled).nextChangeAt).toBeUndefined();
  });

  it.each(stories)('fails at no moment on the way: %s', (_, history) => {
    for (const { recordedAt } of history.ticket) expect(idsWith(history, 'fail', recordedAt)).toEqual([]);
  });

  it('proves every pass by events of the case, tells it in both languages, and names the article', () => {
    const known = new Set([...staffAbsentHistory().ticket, ...staffAbsentHistory().request].map(({ id }) => id));

    for (const { verdict, evidence, text, article } of judge(staffAbsentHistory(), settled).checks) {
      if (verdict === 'pass') expect(evidence).not.toHaveLength(0);
      expect(evidence.filter((id) => !known.has(id))).toEqual([]);
      expect(text.ro).toMatch(/^[A-ZÎȘȚÂĂ].*\.$/);
      expect(text.en).toMatch(/^[A-Z].*\.$/);
      expect(article).toMatch(/^(?:[1-8](?: [a-e])?|D4)$/);
    }
  });
});
