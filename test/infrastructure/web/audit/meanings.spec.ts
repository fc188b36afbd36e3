import { auditChecks, checkIds, judge } from '../../../../src/domain/audit/judge';
import { read, rows } from '../../../docs/markdown';
import { onlineHistory } from '../../../support/histories';

/** The table of docs/checks.md: id, article, check, holds when, applies. */
const documented = rows(read('docs/checks.md')).filter(([first = '']) => /^\[C\d\d\]/.test(first));

describe('what the checks mean, in words', () => {
  it('has the articles by which the checks judge', () => {
    const judged = judge(onlineHistory(), '2026-04-01T00:00:00.000Z').checks.map(({ id, article }) => [id, article]);
    expect(checkIds.map((id) => [id, auditChecks[id].article])).toEqual(judged);
  });

  it('has the articles of the documents', () => {
    expect(documented.map(([first = '', article]) => [first.slice(1, 4), article])).toEqual(
      checkIds.map((id) => [id, auditChecks[id].article]),
    );
  });

  it('says each number that the documents say', () => {
    const numbersIn = (text: string): readonly string[] => text.match(/\b\d+\b(?! e\b)/g) ?? [];
    for (const [first = '', , , holds = ''] of documented) {
      const id = checkIds.find((one) => first.startsWith(`[${one}]`));
      if (id === undefined) throw new Error(`${first} is no check`);
      for (const language of ['ro', 'en'] as const) {
        const said = numbersIn(
          `${auditChecks[id].name[language]} ${auditChecks[id].holds[language]}`.replace('one hour', '1 h').replace('o oră', '1 h'),
        );
        expect([id, language, numbersIn(holds).filter((number) => !said.includes(number))]).toEqual([id, language, []]);
      }
    }
  });

  it('is whole sentences in both languages, with the letters of each', () => {
    for (const id of checkIds) {
      const { name, holds } = auditChecks[id];
      expect(holds.ro).toMatch(/^\p{Lu}.*\.$/u);
      expect(holds.en).toMatch(/^\p{Lu}.*\.$/u);
      expect(`${name.ro}${holds.ro}`).not.toMatch(/[şţŞŢ]/);
    }
  });
});
