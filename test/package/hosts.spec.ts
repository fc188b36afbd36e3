import { execFileSync, spawnSync } from 'node:child_process';
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join } from 'node:path';
import { codeBlocks, read, root } from '../docs/markdown';
import { toolFile } from '../support/tool';
import { booked } from './host/expected';
import { createTestDatabase } from '../support/postgres';
import { driverFor, filesOn, type Nest, notFound, pack, type Packed, thisNode } from './support/packed';
import { emptyFolder } from '../support/closing';

const page = 'docs/embedding.md';
/** The long form, `npm run test:long`, is the whole matrix: else each version of Nest has one kind of module, and one other Node is tried. */
const inFull = process.env['FAULTS'] === 'full';
const itWhere = (isTried: boolean): jest.It => (inFull || isTried ? it : it.skip);
const scratch = emptyFolder();
let packed: Packed;
beforeAll(() => {
  packed = pack();
});

type Ran = { readonly exit: number | null; readonly output: string };
const run = (folder: string, program: string, ...argv: readonly string[]): Ran => {
  const environment = { PATH: process.env['PATH'], HOME: process.env['HOME'], NO_COLOR: '1' };
  const { status, stdout, stderr } = spawnSync(program, argv, { cwd: folder, encoding: 'utf8', env: environment });
  return { exit: status, output: `${stdout}${stderr}` };
};
const node = (folder: string, ...argv: readonly string[]): Ran => run(folder, process.execPath, ...argv);
const json = (told: Ran): unknown => {
  try {
    return JSON.parse(told.output) as unknown;
  } catch {
    return told;
  }
};

const swcTools = ['@swc/core', '@swc/jest', '@types/jest', '@types/node'];
const compile = { target: 'ES2023', module: 'NodeNext', strict: true, experimentalDecorators: true, emitDecoratorMetadata: true };

/** The files of test/package/host in a project of their own, with the package as it is packed. */
const hostOn = (nest: Nest, type: 'commonjs' | 'module'): string => {
  const { project } = packed.install(swcTools, nest);
  writeFileSync(join(project, 'package.json'), JSON.stringify({ name: 'city-hall', version: '1.0.0', type }));
  const options = { ...compile, lib: ['ES2023'], skipLibCheck: true, types: ['node', 'jest'], outDir: 'out' };
  writeFileSync(join(project, 'tsconfig.json'), JSON.stringify({ compilerOptions: options, include: ['*.ts'] }));
  for (const name of readdirSync(join(__dirname, 'host'))) {
    const code = readFileSync(join(__dirname, 'host', name), 'utf8').replaceAll('../../../src', 'tichet-albastru');
    writeFileSync(join(project, name === 'booked.ts' ? 'booked.spec.ts' : name), code);
  }
  return project;
};
/** … and compiled, against the types of this Nest. */
const compiledOn = (nest: Nest, tsc = process.execPath): string => {
  const project = hostOn(nest, 'commonjs');
  expect(run(project, tsc, join(root, 'node_modules/typescript/bin/tsc'))).toEqual({ exit: 0, output: '' });
  return project;
};

/** Where each package of Nest would be put, by npm, beside the package and what a host has. */
const placesOfNest = (nest: Nest, tarball: string): readonly string[] => {
  const folder = mkdtempSync(join(scratch, 'resolved-'));
  const { dependencies } = JSON.parse(readFileSync(join(root, `tools/nest-${nest}/package.json`), 'utf8')) as { dependencies: object };
  writeFileSync(
    join(folder, 'package.json'),
    JSON.stringify({ name: 'host', version: '1.0.0', dependencies: { ...dependencies, 'tichet-albastru': `file:${tarball}` } }),
  );
  execFileSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund', '--prefer-offline'], {
    cwd: folder,
  });
  const { packages } = JSON.parse(readFileSync(join(folder, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { version: string }>;
  };
  return Object.entries(packages).flatMap(([place, { version }]) =>
    /(^|\/)node_modules\/@nestjs\/(common|core|cqrs|platform-fastify|swagger)$/.test(place)
      ? [`${place} ${version.split('.')[0] ?? ''}`]
      : [],
  );
};
const once = (nest: Nest): readonly string[] =>
  ['common', 'core', 'cqrs', 'platform-fastify', 'swagger'].map((name) => `node_modules/@nestjs/${name} ${nest}`);

describe.each([11, 12] as const)('a host on Nest %i', (nest) => {
  it('has one Nest, which is its own', () => {
    expect(placesOfNest(nest, packed.tarball)).toEqual(once(nest));
    const project = hostOn(nest, 'commonjs');
    cpSync(join(__dirname, 'support/count-modules.cjs'), join(project, 'count-modules.cjs'));
    const { loaded } = json(node(project, 'count-modules.cjs', 'tichet-albastru', 'pages')) as { loaded: readonly string[] };
    const cores = loaded.flatMap((path) => /^.*\/@nestjs\/core\//.exec(path) ?? []);
    expect([...new Set(cores)]).toEqual([toolFile(`nest-${nest}`, '@nestjs/core/')]);
  });

  it('has everything that the package requires anywhere', () => {
    expect(notFound(packed.install([], nest).project)).toEqual({ files: true, missing: [] });
  });

  itWhere(nest === 12)('as CommonJS with jest', () => {
    const project = hostOn(nest, 'commonjs');
    writeFileSync(join(project, 'jest.config.js'), filesOn(page).get('jest.config.js') ?? '');
    const told = node(project, join(root, 'node_modules/jest/bin/jest.js'), '--rootDir', project, '--runInBand', '--testTimeout', '600000');
    if (told.exit !== 0) throw new Error(told.output);
    expect(told.output).toMatch(/Tests: +1 passed, 1 total/);
  });

  itWhere(nest === 11)('as an ES module with Vitest', () => {
    const project = hostOn(nest, 'module');
    const told = node(project, toolFile('hosts', 'vitest/vitest.mjs'), 'run', '--globals', '--testTimeout', '600000');
    if (told.exit !== 0) throw new Error(told.output);
    expect(told.output).toMatch(/Tests {2}1 passed/);
  });

  itWhere(nest === 11)('has the service by itself, with the document of its contract to be read', () => {
    const { output } = node(compiledOn(nest), 'out/service.js');
    expect(output).toBe('200 /health/live\n200 /api/openapi.json\n200 /api/docs\n200 /api/docs/swagger-ui.css\n200 /\n');
  });

  itWhere(nest === 12)('on Express is told so in a sentence, and nothing was opened', () => {
    const project = compiledOn(nest);
    symlinkSync(toolFile(`nest-${nest}`, '@nestjs/platform-express'), join(project, 'node_modules/@nestjs/platform-express'));
    const { exit, output } = node(project, 'out/express.js', join(project, 'data'));
    expect({ exit, output }).toEqual({
      exit: 1,
      output: expect.stringMatching(/^AdapterUnusable: .*Fastify.* express; .* \/ .*express; .*\n$/),
    });
    expect(existsSync(join(project, 'data'))).toBe(false);
  });
});

it('a package that has Nest among its own dependencies gives a host of Nest 11 two of them', () => {
  const { project, installed } = packed.install([]);
  const manifest = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as Record<string, Record<string, string>>;
  const { peerDependencies = {}, ...rest } = manifest;
  // plugins come from the same release, and npm would look for them elsewhere
  const published = Object.fromEntries(Object.entries(peerDependencies).filter(([name]) => !name.startsWith('@tichet-albastru/')));
  writeFileSync(join(installed, 'package.json'), JSON.stringify({ ...rest, dependencies: { ...published, '@nestjs/core': '^12.5.0' } }));
  const broken = join(project, 'broken.tgz');
  execFileSync('tar', [
    'czf',
    broken,
    '-C',
    join(project, 'node_modules'),
    '--transform',
    's,^tichet-albastru,package,',
    'tichet-albastru',
  ]);
  expect(placesOfNest(11, broken)).toContain('node_modules/tichet-albastru/node_modules/@nestjs/core 12');
});

/** What the page tells to type, with esbuild as it is installed for the tests. */
const bundleCommand = codeBlocks(read(page), 'sh').find((block) => block.includes('npx esbuild')) ?? '';
const externals = [...bundleCommand.matchAll(/--external:(\S+)/g)].map(([, name = '']) => name);

/** In place of the driver that the Node.js of the tests has. */
const useDriver = (project: string, version: number): void => {
  const place = join(project, 'node_modules/better-sqlite3');
  rmSync(place, { recursive: true, force: true });
  symlinkSync(driverFor(version), place);
};

const bundles = new Map<Nest, string>();
/** A folder with the bundle and what cannot be bundled, and nothing else; made once. */
const bundleOn = (nest: Nest): string => {
  const made = bundles.get(nest);
  if (made !== undefined) return made;
  const project = hostOn(nest, 'commonjs');
  const told = run(
    project,
    'sh',
    '-ec',
    bundleCommand.replace('npx esbuild', `"${process.execPath}" "${toolFile('hosts', 'esbuild/bin/esbuild')}"`),
  );
  if (told.exit !== 0) throw new Error(told.output);
  const folder = mkdtempSync(join(scratch, 'bundled-'));
  renameSync(join(project, 'bundle'), join(folder, 'bundle'));
  for (const name of externals.filter((external) => existsSync(join(project, 'node_modules', external)))) {
    mkdirSync(dirname(join(folder, 'node_modules', name)), { recursive: true });
    symlinkSync(realpathSync(join(project, 'node_modules', name)), join(folder, 'node_modules', name));
  }
  bundles.set(nest, folder);
  return folder;
};
/** A copy, with the driver of that Node.js. */
const bundleFor = (version: number): string => {
  const folder = mkdtempSync(join(scratch, 'bundled-for-'));
  cpSync(bundleOn(12), folder, { recursive: true, verbatimSymlinks: true });
  useDriver(folder, version);
  return folder;
};

describe('bundled by esbuild as the page says', () => {
  it.each(inFull ? ([11, 12] as const) : ([12] as const))('a host on Nest %i starts and books, in memory and in SQLite', (nest) => {
    const folder = bundleOn(nest);
    for (const argv of [['memory'], ['memory', 'outbox'], ['sqlite', 'outbox']])
      expect({ argv, booking: json(node(folder, 'bundle/main.js', ...argv)) }).toEqual({ argv, booking: booked });
  });

  it('needs the second program, and finds out', () => {
    const folder = mkdtempSync(join(scratch, 'without-thread-'));
    cpSync(bundleOn(12), folder, { recursive: true });
    rmSync(join(folder, 'bundle/tichet-thread.js'));
    expect(node(folder, 'bundle/main.js', 'sqlite')).toMatchObject({ exit: 1, output: expect.stringContaining('tichet-thread.js') });
  });
});

const otherNodes = [22, 24, 26].filter((version) => version !== thisNode);
const binaryOf = (version: number): string => toolFile('nodes', `node-${String(version)}/bin/node`);
const everyStore = async (): Promise<readonly (readonly string[])[]> => {
  const database = await createTestDatabase();
  return [['memory'], ['memory', 'outbox'], ['sqlite', 'outbox'], [database.url, 'outbox']];
};

describe.each(inFull ? otherNodes : otherNodes.slice(-1))('on Node %i', (version) => {
  it('is that version, with its driver of SQLite', () => {
    const { project } = packed.install([], undefined, version);
    const code = 'console.log(process.versions.node.split(".")[0], new (require("better-sqlite3"))(":memory:").open)';
    expect(run(project, binaryOf(version), '-e', code)).toEqual({ exit: 0, output: `${String(version)} true\n` });
  });

  it('every entry loads, by require and by import', () => {
    const { project, installed } = packed.install([], undefined, version);
    const { exports } = JSON.parse(readFileSync(join(installed, 'package.json'), 'utf8')) as { exports: Record<string, unknown> };
    const entries = Object.keys(exports)
      .filter((entry) => !/\.\w+$|\*/.test(entry))
      .map((entry) => entry.replace('.', 'tichet-albastru'));
    const code = `for (const name of ${JSON.stringify(entries)}) { require(name); import(name); }`;
    expect(run(project, binaryOf(version), '-e', code)).toEqual({ exit: 0, output: '' });
  });

  itWhere(false)('the types hold, and a booking is made in each store, with its letter in a thread', async () => {
    const project = compiledOn(12, binaryOf(version));
    useDriver(project, version);
    for (const argv of await everyStore())
      expect({ argv, booking: json(run(project, binaryOf(version), 'out/main.js', ...argv)) }).toEqual({ argv, booking: booked });
  });

  it('so is one by the bundle', () => {
    const folder = bundleFor(version);
    for (const argv of [
      ['memory', 'outbox'],
      ['sqlite', 'outbox'],
    ])
      expect({ argv, booking: json(run(folder, binaryOf(version), 'bundle/main.js', ...argv)) }).toEqual({ argv, booking: booked });
  });

  it('a data folder goes from one version to the other, and back', () => {
    const folder = emptyFolder();
    expect(json(node(bundleOn(12), 'bundle/main.js', 'sqlite', 'outbox', folder))).toEqual(booked);
    const { project, installed } = packed.install([]);
    const command = (...argv: readonly string[]): Ran =>
      run(project, 'env', `TICHET_DATA_DIR=${folder}`, ...argv.slice(0, 1), join(installed, 'dist/cli.js'), ...argv.slice(1));
    const onThat = (...argv: readonly string[]): Ran => {
      useDriver(project, version);
      return command(binaryOf(version), ...argv);
    };
    const onThis = (...argv: readonly string[]): Ran => {
      useDriver(project, thisNode);
      return command(process.execPath, ...argv);
    };
    for (const on of [onThat, onThis]) {
      const rebuilt = on('projections', 'rebuild', 'ticket-status');
      expect([rebuilt.exit, rebuilt.output]).toEqual([0, expect.stringContaining('ticket-status: switched')]);
      expect(on('verify')).toMatchObject({ exit: 0 });
    }
  });

  it('with the driver of another Node.js, or with none, a sentence says what to type, and no data were written', () => {
    const folder = bundleFor(version);
    const place = join(folder, 'node_modules/better-sqlite3');
    rmSync(place);
    const none = run(folder, binaryOf(version), 'bundle/main.js', 'sqlite');
    const manifest = { name: 'better-sqlite3', version: '12.11.1', main: 'index.js' };
    mkdirSync(place);
    writeFileSync(join(place, 'package.json'), JSON.stringify(manifest));
    writeFileSync(join(place, 'index.js'), 'process.abort();');
    const older = run(folder, binaryOf(version), 'bundle/main.js', 'sqlite');
    for (const { exit, output } of [none, older])
      expect({ exit, output }).toEqual({ exit: 1, output: expect.stringContaining('npm install better-sqlite3@13.2.0') });
  });
});
