import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { codeBlocks, read, root } from '../docs/markdown';
import { toolFile } from '../support/tool';
import { filesOn, notFound, pack, type Packed } from './support/packed';

let packed: Packed;
beforeAll(() => {
  packed = pack();
});

const node = (folder: string, ...argv: readonly string[]): { readonly exit: number | null; readonly output: string } => {
  const { status, stdout, stderr } = spawnSync(process.execPath, [...argv], {
    cwd: folder,
    encoding: 'utf8',
    env: { PATH: process.env['PATH'] },
  });
  return { exit: status, output: `${stdout}${stderr}` };
};
const tool = (path: string): string => join(root, 'node_modules', path);

const page = 'docs/embedding.md';
/** What the page installs beside the package, from its own lines. */
const tools = [
  ...codeBlocks(read(page), 'sh')
    .join('')
    .matchAll(/npm install (?:--save-dev )?(.*)/g),
]
  .flatMap(([, names = '']) => names.split(' '))
  .filter((name) => name !== 'tichet-albastru');

const written = (): string => {
  const { project } = packed.install([...tools, ...['@types/jest', '@types/node'].filter((name) => !tools.includes(name))]);
  writeFileSync(join(project, 'package.json'), '{"name":"city-hall","version":"1.0.0","type":"commonjs"}');
  for (const [name, code] of filesOn(page)) writeFileSync(join(project, name), code);
  return project;
};

describe('an embedding team’s first hour, from docs/embedding.md alone', () => {
  it('the code of the page, copied word for word into an empty folder, compiles and its tests pass', () => {
    const project = written();
    expect([...filesOn(page).keys()]).toEqual(
      expect.arrayContaining(['tsconfig.json', 'jest.config.js', 'application.ts', 'main.ts', 'booking.spec.ts']),
    );
    expect(codeBlocks(read(page), 'ts')).toHaveLength([...filesOn(page).keys()].filter((name) => name.endsWith('.ts')).length);
    expect(node(project, tool('typescript/bin/tsc'), '--noEmit')).toEqual({ exit: 0, output: '' });
    const { exit, output } = node(project, tool('jest/bin/jest.js'), '--rootDir', project, '--runInBand', '--testTimeout', '600000');
    if (exit !== 0) throw new Error(output);
    expect(output).toMatch(/Tests: +\d+ passed, \d+ total/);
    for (const spec of readdirSync(project).filter((name) => name.endsWith('.spec.ts'))) expect(output).toContain(`PASS ./${spec}`);
  });

  it('catches a page whose code uses what the package does not give', () => {
    const project = written();
    const file = join(project, 'application.ts');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll('createAdapter', 'createTheAdapter'));
    expect(node(project, tool('typescript/bin/tsc'), '--noEmit')).toMatchObject({
      exit: 2,
      output: expect.stringContaining('createTheAdapter'),
    });
  });

  it('every entry loads with what the package itself depends on; domain, projections and client without Nest', () => {
    const { project, installed } = packed.install([]);
    const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { exports: Record<string, unknown> };
    const entries = Object.keys(exports).map((entry) => entry.replace('.', 'tichet-albastru'));
    // `internal/*` is for the packages of this repository
    const code = entries.filter((entry) => !/\.\w+$|\*/.test(entry));
    for (const entry of code) expect({ entry, ...node(project, '-e', `require('${entry}')`) }).toEqual({ entry, exit: 0, output: '' });
    for (const entry of entries.filter((name) => /\.\w+$/.test(name)))
      expect(node(project, '-p', `require('fs').statSync(require.resolve('${entry}')).size > 500`)).toEqual({ exit: 0, output: 'true\n' });
    for (const entry of ['tichet-albastru/domain', 'tichet-albastru/projections', 'tichet-albastru/client'])
      expect(
        node(
          project,
          '-e',
          `require('${entry}'); process.exit(Object.keys(require.cache).some((path) => path.includes('@nestjs')) ? 1 : 0)`,
        ),
      ).toEqual({
        exit: 0,
        output: '',
      });
  });

  it('everything that is required anywhere is there', () => {
    const { project } = packed.install([]);
    expect(notFound(project)).toEqual({ files: true, missing: [] });
  });

  it('catches a dependency that is used and not declared', () => {
    const { project } = packed.install([]);
    rmSync(join(project, 'node_modules/luxon'));
    expect(notFound(project)).toEqual({ files: true, missing: ['luxon'] });
  });

  it('the command runs, and says its version', () => {
    const { project, installed } = packed.install([]);
    const { version } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { version: string };
    expect(node(project, join(installed, 'dist/cli.js'), '--version')).toEqual({ exit: 0, output: `${version}\n` });
  });
});

describe('what the package exports', () => {
  const publint = (folder: string) => node(root, toolFile('package', 'publint/src/cli.js'), 'run', folder, '--strict', '--pack', 'false');

  it('publint finds nothing', () => {
    const { installed } = packed.install([]);
    expect(publint(installed)).toMatchObject({ exit: 0, output: expect.stringContaining('All good!') });
  });

  it('publint finds an entry that leads nowhere', () => {
    const { installed } = packed.install([]);
    rmSync(join(installed, 'dist/domain/index.js'));
    expect(publint(installed).exit).not.toBe(0);
  });

  it('are-the-types-wrong finds nothing, and would', () => {
    // the descriptions in YAML are no modules, and need no types
    const attw = (tarball: string) =>
      node(
        root,
        toolFile('package', '@arethetypeswrong/cli/dist/index.js'),
        tarball,
        '--profile',
        'node16',
        '--no-color',
        '--no-emoji',
        '--exclude-entrypoints',
        'asyncapi.yaml',
        'infocet-gateway.openapi.yaml',
      );
    expect(attw(packed.tarball)).toMatchObject({
      exit: 0,
      output: expect.stringMatching(/"tichet-albastru"[^\n]*OK \(CJS\)[^\n]*OK \(CJS\)/),
    });
    const { project, installed } = packed.install([]);
    renameSync(join(installed, 'dist/index.d.ts'), join(installed, 'dist/elsewhere.d.ts'));
    const broken = join(project, 'broken.tgz');
    spawnSync('tar', ['czf', broken, '-C', join(project, 'node_modules'), '--transform', 's,^tichet-albastru,package,', 'tichet-albastru']);
    expect(existsSync(broken)).toBe(true);
    expect(attw(broken).exit).not.toBe(0);
  });
});
