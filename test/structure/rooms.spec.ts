import { spawnSync } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { emptyFolder } from '../support/closing';

const config = resolve('.dependency-cruiser.cjs');
const program = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Looks at a tree of a few files as `npm run check:imports` looks at ours. @returns the names of the rules that it breaks */
const rulesBroken = (files: Readonly<Record<string, string>>): readonly string[] => {
  const folder = emptyFolder();
  for (const [path, text] of Object.entries({ ...files, 'tsconfig.json': '{"compilerOptions":{"module":"NodeNext"}}' })) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
  const tops = new Set(Object.keys(files).map((path) => path.replace(/\/.*$/u, '')));
  const { stdout, stderr } = spawnSync(process.execPath, [program, ...tops, '--config', config, '--output-type', 'json'], {
    cwd: folder,
    encoding: 'utf8',
  });
  if (stdout === '') throw new Error(stderr);
  const report: { readonly summary: { readonly violations: readonly { readonly rule: { readonly name: string } }[] } } = JSON.parse(stdout);
  return [...new Set(report.summary.violations.map(({ rule }) => rule.name))].sort();
};
const importing = (...from: readonly string[]): string =>
  from.map((path, at) => `import { a as a${at} } from '${path}';`).join('\n') + '\nexport const a = 1;\n';

describe('the order of the rooms', () => {
  const inOrder = { 'src/infrastructure/tables/rows.ts': importing('../log/events'), 'src/infrastructure/log/events.ts': importing() };
  const circle = { 'src/infrastructure/log/keys.ts': importing('../tables/names'), 'src/infrastructure/tables/names.ts': importing() };
  const behind = { 'src/application/staff/calendar.ts': importing('../audit/list'), 'src/application/audit/list.ts': importing() };
  const nowhere = { 'src/infrastructure/cellar/wine.ts': importing('../log/events') };
  it.each([
    ['passes a room that imports one before it', {}, []],
    ['catches a circle of two rooms, though no two of its files are in one', circle, ['infrastructure-log-stands-in-its-place']],
    ['catches a room of the application that looks at one behind it', behind, ['application-staff-stands-in-its-place']],
    ['catches a room that has no place', nowhere, ['infrastructure-room-without-a-place']],
  ])('%s', (_, more, broken) => {
    expect(rulesBroken({ ...inOrder, ...more })).toEqual(broken);
  });

  it('catches whoever takes the list of our tables past the provider, where a host has put its own', () => {
    const list = { 'src/projections/all-projections.ts': importing() };
    const [provider, other] = ['src/infrastructure/nest/tables.ts', 'src/infrastructure/tools/doctor.ts'];
    expect(rulesBroken({ ...list, [provider]: importing('../../projections/all-projections') })).toEqual([]);
    expect(rulesBroken({ ...list, [other]: importing('../../projections/all-projections') })).toEqual(['tables-come-from-their-provider']);
  });
});

describe('packages', () => {
  const plugin = { 'packages/kannel/src/index.ts': importing('./kannel'), 'packages/kannel/src/kannel.ts': importing() };
  const port = { 'src/application/kernel/port.ts': importing() };
  it.each([
    ['passes a plugin that nothing imports', plugin, []],
    [
      'catches the root that imports a plugin',
      { ...plugin, 'src/infrastructure/outside/send.ts': importing('../../../packages/kannel/src/index') },
      ['the-root-loads-plugins-late'],
    ],
    [
      'catches a plugin that imports the root by its path',
      { ...port, 'packages/kannel/src/index.ts': importing('../../../src/application/kernel/port') },
      ['a-plugin-imports-the-root-by-its-name'],
    ],
    [
      'catches a plugin that imports another',
      { ...plugin, 'packages/webex/src/index.ts': importing('../../kannel/src/index') },
      ['a-plugin-knows-no-other'],
    ],
    [
      'catches a part of the root that imports the root',
      { ...port, 'packages/kernel/src/index.ts': importing('../../../src/application/kernel/port') },
      ['a-plugin-imports-the-root-by-its-name', 'kernel-stands-alone', 'packages-know-no-blue-ticket'],
    ],
  ])('%s', (_, files, broken) => {
    expect(rulesBroken(files)).toEqual(broken);
  });
});
