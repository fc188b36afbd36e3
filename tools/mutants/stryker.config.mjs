import { mkdirSync, readdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const suitesIn = (folder, tooLong = []) =>
  readdirSync(folder, { recursive: true })
    .filter((file) => file.endsWith('.spec.ts') && !tooLong.some((path) => file.startsWith(path)))
    .map((file) => `${folder}/${file}`)
    .sort();

/**
 * What decides, writes and proves, and what says what it must do, in one process. Each place is tried by itself, with its own suites only:
 * a suite that reaches the code of another place reaches it for its own reasons.
 */
export const places = {
  domain: {
    folder: 'src/domain/',
    code: [
      'src/domain/{agenda,booking,calendar,duties,kernel,ops,reading,request,retention,staff,tasks,ticket,time}/**/*.ts',
      'src/domain/policies.ts',
      'packages/kernel/src/{clock-tolerance,decider,personal-text,refusal,shape}.ts',
    ],
    // suites that start processes, and those of the audit: they judge hundreds of lives
    suites: suitesIn('test/domain', ['time/any-zone-any-clock', 'audit']),
  },
  audit: {
    folder: 'src/domain/audit',
    code: ['src/domain/audit/**/*.ts'],
    // those that judge every generated life, or start a process, find late what the others find
    suites: suitesIn('test/domain/audit', ['bare-context', 'law-in-full']),
  },
  execute: {
    folder: 'packages/event-log/src/execute',
    code: ['packages/event-log/src/execute/execute.ts'],
    suites: ['test/application/kernel/execute.spec.ts', 'test/application/kernel/one-command.spec.ts'],
  },
  reporting: {
    folder: 'src/projections/reporting',
    code: ['src/projections/reporting/*.ts'],
    suites: [...suitesIn('test/projections/reporting'), 'test/projections/reporting/reporting-duties.spec.ts'],
  },
  reports: {
    folder: 'src/application/reports',
    code: ['src/application/reports/{counted-tickets,report-figures}.ts'],
    suites: [
      'test/application/reports/counted-tickets.spec.ts',
      'test/projections/reporting/figures.spec.ts',
      'test/infrastructure/web/figures/fold-figures.spec.ts',
    ],
  },
  proof: {
    folder: 'src/infrastructure/',
    code: [
      'packages/signed-log/src/{checkpoint,growing-tree,merkle-tree,signed-note,tiles}.ts',
      'packages/signed-log/src/verify/*.ts',
      'src/infrastructure/proof/verify/{check-ticket-proof,log-fault,read-ticket-proof,stored-log,verify-log}.ts',
    ],
    suites: [
      ...['note-edges', 'proof-edges', 'signed-note', 'tree', 'witness/cosigner'].map((name) => `packages/signed-log/test/${name}.spec.ts`),
      ...['chain-and-seal', 'proof-faults', 'verify-log', 'outside/check-outside'].map(
        (name) => `test/infrastructure/proof/${name}.spec.ts`,
      ),
    ],
  },
};
/** A fact's shape is no rule: the compiler, the golden events and the event model hold it. */
const noRules = ['!src/domain/**/facts.ts'];

const kept = 'node_modules/.cache/mutants';
mkdirSync(kept, { recursive: true });
export const incrementalFile = (place) => join(kept, `${place}.incremental.json`);
export const reportFile = (place) => join(kept, `${place}.json`);

const { place = 'domain', paths } = JSON.parse(process.env.MUTANTS ?? '{}');
const { code, suites } = places[place];

export default {
  plugins: [join(import.meta.dirname, 'runner.mjs')],
  testRunner: 'in-one-process',
  mutants: { suites },
  mutate: [...(paths?.map((path) => (path.endsWith('.ts') ? path : `${path}/**/*.ts`)) ?? code), ...noRules],
  // texts: the compiler holds those that are words of the code, the catalogues hold sentences
  mutator: { excludedMutations: ['StringLiteral'] },
  coverageAnalysis: 'perTest',
  // of a busy machine
  dryRunTimeoutMinutes: 60,
  concurrency: 1,
  // who stands still is found by its hits, whoever is only slow is not taken for killed
  timeoutMS: 60_000,
  incremental: true,
  incrementalFile: incrementalFile(place),
  reporters: ['progress-append-only', 'json'],
  jsonReporter: { fileName: reportFile(place) },
  // our modules are told from those of packages by where they stand
  tempDirName: join(tmpdir(), 'tichet-mutants'),
  ignorePatterns: ['/dist', '/coverage', '/data'],
  disableTypeChecks: false,
  warnings: { slow: false },
};
