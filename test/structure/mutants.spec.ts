import { spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { emptyFolder } from '../support/closing';

type Entry = {
  readonly file: string;
  readonly line: string;
  readonly becomes: string;
  readonly reason: string;
  readonly secondReading?: string;
};
const source = 'export const isLate = (minutes: number): boolean => minutes > 10;\nexport const words: readonly string[] = [];\n';
const mutant = (status: string, line: number, from: number, to: number, replacement: string) => ({
  id: `${String(line)} ${replacement}`,
  mutatorName: 'EqualityOperator',
  status,
  replacement,
  location: { start: { line, column: from }, end: { line, column: to } },
});
const killed = mutant('Killed', 1, 53, 65, 'true');
const survivor = mutant('Survived', 1, 53, 65, 'minutes >= 10');
const entry: Entry = {
  file: 'src/late.ts',
  line: 'export const isLate = (minutes: number): boolean => minutes > 10;',
  becomes: 'export const isLate = (minutes: number): boolean => minutes >= 10;',
  reason: 'nobody counts so exactly',
  secondReading: 'true of every caller',
};

/** What the judge says of these mutants with this ledger. */
const judged = (mutants: readonly object[], ledger: readonly object[]) => {
  const folder = emptyFolder();
  mkdirSync(join(folder, 'src'));
  writeFileSync(join(folder, 'src/late.ts'), source);
  writeFileSync(join(folder, 'tsconfig.json'), readFileSync('tsconfig.json'));
  writeFileSync(join(folder, 'ledger.json'), JSON.stringify(ledger));
  writeFileSync(join(folder, 'report.json'), JSON.stringify({ projectRoot: folder, files: { 'src/late.ts': { source, mutants } } }));
  const { status, stdout, stderr } = spawnSync(process.execPath, [resolve('tools/mutants/judge.mjs'), 'ledger.json', 'report.json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  return { status, said: `${stdout}${stderr}` };
};
const often = Array.from({ length: 30 }, () => killed);

describe('the judge of mutants', () => {
  it('is content where all are killed, or survive for a reason', () => {
    expect(judged(often, [])).toMatchObject({ status: 0 });
    const { status, said } = judged([...often, survivor], [entry]);
    expect(said).toContain('1 survive for a reason');
    expect(status).toBe(0);
  });
  it('names one that survives for none, which a blank is not, nor one of another mutant, and says whether a test reaches it', () => {
    const unreached = mutant('NoCoverage', 1, 53, 65, 'minutes < 10');
    const ofAnother = [
      { ...entry, reason: ' ' },
      { ...entry, becomes: entry.becomes.replace('>=', '<='), file: 'src/other.ts' },
    ];
    const { status, said } = judged([...often, survivor, unreached], ofAnother);
    expect(said).toContain(`src/late.ts:1 survives\n  - ${entry.line}\n  + ${entry.becomes}`);
    expect(said).toContain(`src/late.ts:1 survives, as no test reaches it\n  - ${entry.line}\n  + ${entry.becomes.replace('>=', '<')}`);
    expect(status).toBe(1);
  });
  it('names a reason that no second reader accepted', () => {
    for (const secondReading of [undefined, ' ']) {
      const { status, said } = judged([...often, survivor], [{ ...entry, secondReading }]);
      expect([status, said]).toEqual([1, expect.stringContaining(`no second reader accepted the reason\n  - ${entry.line}`)]);
    }
  });
  it('names a reason that is needed no more', () => {
    const { status, said } = judged(often, [entry]);
    expect([status, said]).toEqual([1, expect.stringContaining('the ledger has a reason for a mutant that does not survive')]);
  });
  it('asks for nothing that the compiler refuses', () => {
    const { status, said } = judged([...often, mutant('Survived', 2, 42, 44, '[1]')], []);
    expect([status, said]).toEqual([0, expect.stringContaining('1 refused by the compiler')]);
  });
  it('asks for 92 killed of a hundred, also where every survivor has a reason', () => {
    expect(judged([...often.slice(0, 12), survivor], [entry])).toMatchObject({ status: 0 });
    const { status, said } = judged([...often.slice(0, 11), survivor], [entry]);
    expect([status, said]).toEqual([1, expect.stringContaining('91.6 % are killed, 92 % must be.')]);
  });
});

it('every reason of the ledger names lines that stand in the code', () => {
  const plain = (text: string): string => text.replace(/\s+/g, ' ').trim();
  const ledger: unknown = JSON.parse(readFileSync('tools/mutants/ledger.json', 'utf8'));
  if (!Array.isArray(ledger)) throw new Error('There is no ledger.');
  const gone = ledger.filter((each: Entry) => !plain(readFileSync(each.file, 'utf8')).includes(each.line) || plain(each.reason) === '');
  expect(gone).toEqual([]);
});
