import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, symlinkSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { type Change, excess, filesOf, make } from './change';
import { changes, check, event, field, table } from './changes';
import { emptyFolder } from '../../support/closing';

const root = resolve(__dirname, '../../..');
const left: ReadonlySet<string> = new Set(['node_modules', 'dist', 'coverage', 'data', '.git']);

/** A copy of the tree; the packages are those of the tree, what is compiled is kept in the copy. */
const copyTo = (tree: string): void => {
  cpSync(root, tree, { recursive: true, filter: (path) => !left.has(path.split('/').at(-1) ?? '') });
  mkdirSync(join(tree, 'node_modules'));
  for (const name of readdirSync(join(root, 'node_modules'))) {
    if (name !== '.cache') symlinkSync(join(root, 'node_modules', name), join(tree, 'node_modules', name));
  }
  for (const tool of readdirSync(join(root, 'tools'))) {
    const packages = join('tools', tool, 'node_modules');
    if (existsSync(join(root, packages))) symlinkSync(join(root, packages), join(tree, packages));
  }
};

type Ran = { readonly status: number | null; readonly said: string };
const run = (tree: string, args: readonly string[], more: Readonly<Record<string, string>> = {}): Ran => {
  const { JEST_WORKER_ID: _, ...env } = process.env;
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: tree,
    env: { ...env, ...more },
    encoding: 'utf8',
    maxBuffer: 1e9,
  });
  return { status, said: `${stdout}${stderr}` };
};
const source = ['--require', './test/support/typescript-in-threads.cjs'];
const jest = (...paths: readonly string[]): readonly string[] => [...source, 'node_modules/jest/bin/jest.js', '--maxWorkers=2', ...paths];
/** As `npm run typecheck` does it. */
const compiler = ['node_modules/typescript-7/bin/tsc', '--noEmit'];

/** What is written by programs and not by hand. */
const generate = (tree: string): readonly Ran[] => [
  run(tree, ['tools/sentences.mjs']),
  run(tree, [...source, 'src/infrastructure/service/write-openapi.ts']),
  run(tree, ['node_modules/openapi-typescript/bin/cli.js', 'openapi.json', '-o', 'src/client/routes.ts']),
  run(tree, [...source, 'src/infrastructure/outside/webhooks/write-asyncapi.ts']),
  run(tree, ['tools/event-model.mjs']),
  run(tree, jest('test/golden/golden.spec.ts'), { GOLDEN: 'write' }),
  run(tree, jest('test/docs/documentation.spec.ts', 'test/infrastructure/tools/command-line/explained.spec.ts'), { DOCUMENTS: 'write' }),
];

/** Whatever says that a document, a language, a version or a list is not complete, and what the changes bring themselves. */
const guards = [
  'test/docs/documentation.spec.ts',
  'test/docs/event-model.spec.ts',
  'test/docs/glossary.spec.ts',
  'test/golden/golden.spec.ts',
  'test/domain/audit/each-fails-alone.spec.ts',
  'test/domain/ticket/',
  'test/domain/audit/valid-histories.spec.ts',
  'test/infrastructure/web/audit/meanings.spec.ts',
  'test/infrastructure/web/audit/ticket.spec.ts',
  'test/infrastructure/web/audit/state-rows.spec.ts',
  'test/infrastructure/web/meetings/acts.spec.ts',
  'test/http/openapi.spec.ts',
  'test/http/staff.spec.ts',
  'test/http/refused-attempts.spec.ts',
  'test/infrastructure/tools/command-line/explained.spec.ts',
  'test/infrastructure/phrasing/',
  'test/integrators/asyncapi.spec.ts',
  'test/projections/kernel/rows.spec.ts',
  'test/projections/reporting/reporting-views.spec.ts',
];
/** In the long form, `npm run test:long`: everything that may say so, and each file that may be forgotten. */
const inFull = process.env['FAULTS'] === 'full';
const own = changes.flatMap((change) => filesOf(change).filter((file) => file.endsWith('.spec.ts')));

describe('the cost of a change', () => {
  it.each(changes)('$name takes no more files than it may', (change) => {
    expect(excess(change)).toEqual([]);
  });

  it('refuses one file more', () => {
    const more = (change: Change): Change => ({
      ...change,
      budget: filesOf(change).length,
      edits: [...change.edits, { file: 'docs/one-more.md', create: '' }],
    });
    for (const change of changes) expect(excess(more(change))).toEqual(['docs/one-more.md']);
  });
});

describe('the changes, made in a copy of the tree', () => {
  let folder: string;
  let tree: string;
  beforeAll(() => {
    folder = emptyFolder();
    tree = join(folder, 'tree');
    copyTo(tree);
    for (const change of changes) make(tree, change);
  });

  it('are taken up by everything that is written by programs', () => {
    expect(generate(tree).filter(({ status }) => status !== 0)).toEqual([]);
  });

  it('type-check', () => {
    expect(run(tree, compiler)).toEqual({ status: 0, said: '' });
  });

  it('work from end to end, and leave no list or document incomplete', () => {
    const ran = run(tree, jest(...(inFull ? guards : []), ...own));
    expect(ran.status === 0 ? '' : ran.said).toBe('');
  });

  const forgettable: readonly { change: Change; forgotten: string; red: RegExp; args: readonly string[] }[] = [
    {
      change: field,
      forgotten: 'src/infrastructure/web/meetings/card-page.tsx',
      red: /Ce urmează/,
      args: jest('test/infrastructure/web/meetings/next-steps.spec.ts'),
    },
    {
      change: field,
      forgotten: 'src/infrastructure/phrasing/locales/en/audit.json',
      red: /nextSteps/,
      args: jest('test/infrastructure/phrasing/'),
    },
    { change: event, forgotten: 'src/domain/ticket/ticket.ts', red: /src\/domain\/ticket\/ticket\.ts.*'never'/, args: compiler },
    { change: check, forgotten: 'test/domain/audit/each-fails-alone.spec.ts', red: /each-fails-alone\.spec\.ts.*C26/, args: compiler },
    { change: check, forgotten: 'docs/checks.md', red: /C26/, args: jest('test/docs/documentation.spec.ts') },
    {
      change: table,
      forgotten: 'src/projections/all-projections.ts',
      red: /department_load/,
      args: jest('test/projections/department-load/department-load.spec.ts'),
    },
  ];
  describe.each(inFull ? forgettable : forgettable.slice(-1))('without $forgotten', ({ change, forgotten, red, args }) => {
    it('are red', () => {
      const inIt = (one: Change): Change => ({ ...one, edits: one.edits.filter(({ file }) => file === forgotten) });
      // the file with what the others change in it
      cpSync(join(root, forgotten), join(tree, forgotten));
      for (const one of changes) if (one !== change) make(tree, inIt(one));
      const { status, said } = run(tree, args);
      make(tree, inIt(change));
      expect({ status: status === 0, said }).toEqual({ status: false, said: expect.stringMatching(red) });
    });
  });
});
