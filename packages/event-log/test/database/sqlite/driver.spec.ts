import { execFileSync, spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { driverVersion } from '@tichet-albastru/event-log/database/sqlite/driver';
import { wordsOf } from '../../../../../src/infrastructure/phrasing/unusable-words';
import { root } from '../../../../../test/docs/markdown';
import { driverFile, readsTypeScript } from '../../../../../test/support/driver-of-sqlite';

/** What npm has put in place: versions by the names of their packages. */
type Installed = Readonly<Record<string, string>>;
type Opened = {
  readonly opened?: string;
  readonly loaded: readonly string[];
  readonly why?: Parameters<typeof wordsOf>[0];
};

/**
 * The driver as it is chosen by a process that takes itself for another version of Node.js, with packages that say which they are. One that
 * would end the process there does so here.
 */
const program = `
  const Module = require('node:module');
  const [driverFile, node, installed] = [process.argv[1], process.argv[2], JSON.parse(process.argv[3])];
  Object.defineProperty(process, 'versions', { value: { ...process.versions, node } });
  const loaded = [];
  const load = Module._load;
  Module._load = function (request, ...rest) {
    const [, name, file] = /^(better-sqlite3|@tichet-albastru\\/sqlite-node20)(\\/package\\.json)?$/.exec(request) ?? [];
    if (name === undefined) return load.call(this, request, ...rest);
    const version = installed[name];
    if (version === undefined) throw Object.assign(new Error('Cannot find module ' + request), { code: 'MODULE_NOT_FOUND' });
    if (file !== undefined) return { version };
    loaded.push(name + '@' + version);
    return class {
      constructor() {
        const fits = Number.parseInt(node) < 22 ? version.startsWith('12.') : version.startsWith('13.');
        if (!fits) process.kill(process.pid, 'SIGSEGV');
        this.version = version;
      }
      close() {}
    };
  };
  try {
    const { version } = require(driverFile).openSqlite(':memory:');
    console.log(JSON.stringify({ opened: version, loaded }));
  } catch ({ reason, values }) {
    console.log(JSON.stringify({ loaded, why: { reason, values } }));
  }`;
const on = (node: string, installed: Installed): Opened =>
  JSON.parse(
    execFileSync(process.execPath, [...readsTypeScript, '-e', program, driverFile, node, JSON.stringify(installed)], { encoding: 'utf8' }),
  ) as Opened;

const apart = '@tichet-albastru/sqlite-node20';

describe('the driver of SQLite', () => {
  it.each<readonly [string, string, Installed, string]>([
    ['a checkout on Node.js 20', '20.20.2', { [apart]: '12.11.1' }, '12.11.1'],
    ['a checkout on Node.js 20, where 13 lies as well', '20.19.0', { [apart]: '12.11.1', 'better-sqlite3': '13.2.0' }, '12.11.1'],
    ['a host on Node.js 20', '20.20.2', { 'better-sqlite3': '12.11.1' }, '12.11.1'],
    ['Node.js 22', '22.12.0', { 'better-sqlite3': '13.2.0' }, '13.2.0'],
    ['Node.js 24, where the one for 20 lies as well', '24.21.0', { [apart]: '12.11.1', 'better-sqlite3': '13.2.0' }, '13.2.0'],
    ['Node.js 26', '26.12.1', { 'better-sqlite3': '13.9.9' }, '13.9.9'],
  ])('is the one that fits: %s', (_, node, installed, opened) => {
    expect(on(node, installed)).toMatchObject({ opened, loaded: [expect.stringContaining(opened)] });
  });

  it.each<readonly [string, string, Installed, string, string]>([
    ['13 on Node.js 20', '20.20.2', { 'better-sqlite3': '13.2.0' }, '12.11.1', 'and 13.2.0 is installed, which cannot be used here'],
    ['12 on Node.js 24', '24.21.0', { 'better-sqlite3': '12.11.1' }, '13.2.0', 'and 12.11.1 is installed, which cannot be used here'],
    ['a later one', '26.12.1', { 'better-sqlite3': '14.0.0' }, '13.2.0', 'and 14.0.0 is installed, which cannot be used here'],
    ['none on Node.js 20', '20.20.2', {}, '12.11.1', 'which is not installed'],
    ['none on Node.js 22', '22.23.3', {}, '13.2.0', 'which is not installed'],
  ])('is not loaded where it does not fit, and a sentence says what to type: %s', (_, node, installed, wanted, found) => {
    const { opened, loaded, why } = on(node, installed);
    const words = why && wordsOf(why);
    expect({ opened, loaded }).toEqual({ opened: undefined, loaded: [] });
    expect(words?.en).toContain(`on Node.js ${node} it needs better-sqlite3 ${wanted}, ${found}.`);
    expect(words?.en).toContain(`npm install better-sqlite3@${wanted}`);
    expect(words?.en).toContain('npm ci --ignore-scripts');
    expect(words?.ro).toContain(`npm install better-sqlite3@${wanted}`);
    expect(words?.ro).toContain('npm ci --ignore-scripts');
  });

  it('that was compiled for another Node.js or system is told in the same sentence, with its own words as the cause', () => {
    const without = ['--require', join(root, 'test/support/without-sqlite.cjs')];
    const { status, stderr } = spawnSync(
      process.execPath,
      [...readsTypeScript, ...without, '-e', 'require(process.argv[1]).openSqlite(":memory:")', driverFile],
      { encoding: 'utf8' },
    );
    expect({ status, stderr }).toEqual({
      status: 1,
      stderr: expect.stringMatching(
        new RegExp(`npm install better-sqlite3@${driverVersion}[\\s\\S]*was compiled against a different Node`),
      ),
    });
  });

  /** So many are collected while no code runs: there version 12 ends Node.js 24 (SIGABRT, in each of six runs). */
  it('outlives statements that were dropped', () => {
    const drops = `
      const database = require(process.argv[1]).openSqlite(':memory:');
      for (let n = 0; n < 100_000; n += 1) database.prepare('SELECT ' + n).get();
      setTimeout(() => console.log('alive'), 1_000);`;
    const { status, signal, stdout } = spawnSync(process.execPath, [...readsTypeScript, '-e', drops, driverFile], { encoding: 'utf8' });
    expect({ status, signal, stdout }).toEqual({ status: 0, signal: null, stdout: 'alive\n' });
  });
});

describe('nothing else loads it', () => {
  const home = 'packages/event-log/src/database/sqlite/driver.ts';
  const loading = /(?:require\(|from |import\()\s*\\?['"`](?:better-sqlite3|@tichet-albastru\/sqlite-node20)(?:\/[^'"`]*)?\\?['"`]/u;
  // this suite, and the one whose projects are those of a host
  const exempt = ['packages/event-log/test/database/sqlite/driver.spec.ts', 'test/package/hosts.spec.ts'];
  const listed = execFileSync(
    'git',
    ['ls-files', '-z', '--cached', '--others', '--exclude-standard', 'src', 'packages', 'test', 'tools', 'examples'],
    {
      cwd: root,
      encoding: 'utf8',
    },
  );
  const loadingIn = (read: (path: string) => string): readonly string[] =>
    listed.split('\0').filter((path) => /\.[cm]?[jt]sx?$/.test(path) && !exempt.includes(path) && loading.test(read(path)));

  it('neither an import, nor a program in a string', () => {
    expect(loadingIn((path) => readFileSync(join(root, path), 'utf8'))).toEqual([home]);
    const planted = 'test/support/driver-of-sqlite.ts';
    expect(
      loadingIn((path) =>
        path === planted ? "const program = `new (require('better-sqlite3'))(path)`;" : readFileSync(join(root, path), 'utf8'),
      ),
    ).toEqual([home, planted]);
  });
});
