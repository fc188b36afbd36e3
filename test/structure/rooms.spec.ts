import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { tmpdir } from 'node:os';

const config = resolve('.dependency-cruiser.cjs');
const program = resolve('node_modules/dependency-cruiser/bin/dependency-cruise.mjs');

/** Looks at a tree of a few files as `npm run check:imports` looks at ours. @returns the names of the rules that it breaks */
const rulesBroken = (files: Readonly<Record<string, string>>): readonly string[] => {
  const folder = mkdtempSync(join(tmpdir(), 'rooms-'));
  try {
    for (const [path, text] of Object.entries({ ...files, 'tsconfig.json': '{"compilerOptions":{"module":"NodeNext"}}' })) {
      mkdirSync(dirname(join(folder, path)), { recursive: true });
      writeFileSync(join(folder, path), text);
    }
    const { stdout, stderr } = spawnSync(process.execPath, [program, 'src', '--config', config, '--output-type', 'json'], {
      cwd: folder,
      encoding: 'utf8',
    });
    if (stdout === '') throw new Error(stderr);
    const report: { readonly summary: { readonly violations: readonly { readonly rule: { readonly name: string } }[] } } =
      JSON.parse(stdout);
    return [...new Set(report.summary.violations.map(({ rule }) => rule.name))].sort();
  } finally {
    rmSync(folder, { recursive: true });
  }
};
const importing = (...from: readonly string[]): string =>
  from.map((path, at) => `import { a as a${at} } from '${path}';`).join('\n') + '\nexport const a = 1;\n';

describe('the order of the rooms', () => {
  it('passes a room that imports one before it', () => {
    expect(
      rulesBroken({
        'src/infrastructure/tables/rows.ts': importing('../log/events'),
        'src/infrastructure/log/events.ts': importing(),
      }),
    ).toEqual([]);
  });

  it('catches a circle of two rooms, though no two of its files are in one', () => {
    expect(
      rulesBroken({
        'src/infrastructure/tables/rows.ts': importing('../log/events'),
        'src/infrastructure/log/events.ts': importing(),
        'src/infrastructure/log/keys.ts': importing('../tables/names'),
        'src/infrastructure/tables/names.ts': importing(),
      }),
    ).toEqual(['infrastructure-log-stands-in-its-place']);
  });

  it('catches a room of the application that looks at one behind it, and a room that has no place', () => {
    expect(
      rulesBroken({
        'src/application/staff/calendar.ts': importing('../audit/list'),
        'src/application/audit/list.ts': importing(),
        'src/infrastructure/cellar/wine.ts': importing('../log/events'),
        'src/infrastructure/log/events.ts': importing(),
      }),
    ).toEqual(['application-staff-stands-in-its-place', 'infrastructure-room-without-a-place']);
  });

  it('catches whoever takes the list of our tables past the provider, where a host has put its own', () => {
    const list = { 'src/projections/all-projections.ts': importing() };
    const [provider, other] = ['src/infrastructure/nest/tables.ts', 'src/infrastructure/tools/doctor.ts'];
    expect(rulesBroken({ ...list, [provider]: importing('../../projections/all-projections') })).toEqual([]);
    expect(rulesBroken({ ...list, [other]: importing('../../projections/all-projections') })).toEqual(['tables-come-from-their-provider']);
  });
});
