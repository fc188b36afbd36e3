import { mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** What decides and writes. Folders of src/domain that are not named here were not tried yet, or not to the end: docs/tests.md says which. */
const mutated = [
  'src/domain/{agenda,booking,calendar,request,staff,tasks,time}/**/*.ts',
  'src/domain/ticket/{erasure,meeting-link,opening-letters,status-after}.ts',
  // a fact's shape is no rule: the compiler, the golden events and the event model hold it
  '!src/domain/**/facts.ts',
  'src/application/kernel/execute.ts',
];

/** Suites that start processes, and those of the audit, which is not mutated yet: they judge hundreds of lives. */
const tooLong = ['time/any-zone-any-clock.spec.ts', 'audit'];
/** What says what those must do, in one process. */
const suites = [
  ...readdirSync('test/domain', { recursive: true })
    .filter((file) => file.endsWith('.spec.ts') && !tooLong.some((path) => file.startsWith(path)))
    .map((file) => `test/domain/${file}`)
    .sort(),
  'test/application/kernel/execute.spec.ts',
  'test/application/kernel/one-command.spec.ts',
];

const kept = 'node_modules/.cache/mutants';
mkdirSync(kept, { recursive: true });
export const incrementalFile = join(kept, 'incremental.json');
export const reportFile = join(kept, 'report.json');
/** Only these, where somebody named some. */
const named = process.env.MUTANTS?.split(',').map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`));

export default {
  plugins: [join(import.meta.dirname, 'runner.mjs')],
  testRunner: 'in-one-process',
  mutants: { suites },
  mutate: named ? [...named, ...mutated.filter((path) => path.startsWith('!'))] : mutated,
  // texts: the compiler holds those that are words of the code, the catalogues hold sentences
  mutator: { excludedMutations: ['StringLiteral'] },
  coverageAnalysis: 'perTest',
  // of a busy machine
  dryRunTimeoutMinutes: 60,
  concurrency: 1,
  // who stands still is found by its hits, whoever is only slow is not taken for killed
  timeoutMS: 60_000,
  incremental: true,
  incrementalFile,
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: reportFile },
  // our modules are told from those of packages by where they stand
  tempDirName: join(tmpdir(), 'tichet-mutants'),
  ignorePatterns: ['/dist', '/coverage', '/data'],
  disableTypeChecks: false,
  warnings: { slow: false },
};
