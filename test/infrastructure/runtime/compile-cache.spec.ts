import { spawnSync } from 'node:child_process';
import { chmodSync, chownSync, existsSync, lstatSync, mkdirSync, readdirSync, symlinkSync, writeFileSync } from 'node:fs';
import nodeModule from 'node:module';
import { join } from 'node:path';
import { compileCacheFolder } from '../../../src/infrastructure/runtime/compile-cache';
import { emptyFolder } from '../../support/closing';

const name = 'tichet-compile-cache';
const user = process.getuid?.() ?? 0;
const modeOf = (path: string): string => (lstatSync(path).mode & 0o7777).toString(8);
const folderWith = (path: string, mode: number): string => {
  mkdirSync(path);
  chmodSync(path, mode);
  return path;
};

describe('the folder of compiled modules', () => {
  it('is made for its user alone: where systemd says, in the cache of the user, or in the cache of their home', () => {
    const home = emptyFolder();
    const [systemd, cache, more] = ['systemd', 'cache', 'more'].map((part) => folderWith(join(home, part), 0o755));
    const tried: readonly (readonly [NodeJS.ProcessEnv, string])[] = [
      [{ HOME: home }, join(home, '.cache', name)],
      [{ HOME: home, XDG_CACHE_HOME: cache }, join(cache ?? '', name)],
      [{ HOME: home, XDG_CACHE_HOME: '' }, join(home, '.cache', name)],
      [{ HOME: home, XDG_CACHE_HOME: cache, CACHE_DIRECTORY: `${systemd ?? ''}:${more ?? ''}` }, join(systemd ?? '', name)],
    ];
    // once to make it, and once to find it
    for (const [environment, folder] of [...tried, ...tried]) {
      expect(compileCacheFolder(environment)).toBe(folder);
      expect(modeOf(folder)).toBe('700');
    }
    expect(modeOf(join(home, '.cache'))).toBe('700');
    expect(readdirSync(join(home, 'more'))).toEqual([]);
  });

  it('is the one that a link of the user leads to', () => {
    const home = emptyFolder();
    symlinkSync(folderWith(join(home, 'elsewhere'), 0o700), join(home, '.cache'));
    expect(compileCacheFolder({ HOME: home })).toBe(join(home, 'elsewhere', name));
  });

  it.each<[string, (cache: string) => void]>([
    [
      'that others may write',
      (cache) => {
        folderWith(join(cache, name), 0o707);
      },
    ],
    [
      'that its group may write',
      (cache) => {
        folderWith(join(cache, name), 0o770);
      },
    ],
    [
      'that others may read',
      (cache) => {
        folderWith(join(cache, name), 0o755);
      },
    ],
    [
      'that is a link',
      (cache) => {
        symlinkSync(folderWith(join(cache, 'elsewhere'), 0o700), join(cache, name));
      },
    ],
    [
      'that is a link to nothing',
      (cache) => {
        symlinkSync(join(cache, 'nothing'), join(cache, name));
      },
    ],
    [
      'that is a file',
      (cache) => {
        writeFileSync(join(cache, name), '', { mode: 0o600 });
      },
    ],
    [
      'in a cache that others may write',
      (cache) => {
        chmodSync(cache, 0o777);
      },
    ],
    [
      'in a cache that its group may write',
      (cache) => {
        chmodSync(cache, 0o770);
      },
    ],
  ])('is none where there is one %s', (_, prepare) => {
    const cache = folderWith(join(emptyFolder(), 'cache'), 0o700);
    prepare(cache);
    const before = readdirSync(cache);
    expect(compileCacheFolder({ XDG_CACHE_HOME: cache })).toBeUndefined();
    expect(readdirSync(cache)).toEqual(before);
  });

  it('is none in a home that others may write, and may be in one where each has only their own, as in /tmp', () => {
    const home = folderWith(join(emptyFolder(), 'home'), 0o777);
    expect(compileCacheFolder({ HOME: home })).toBeUndefined();
    expect(readdirSync(home)).toEqual([]);
    chmodSync(home, 0o1777);
    expect(compileCacheFolder({ HOME: home })).toBe(join(home, '.cache', name));
  });

  it('is none of another user, and none in the home of a person that root was given; nothing is left there', () => {
    const home = emptyFolder();
    // root can give it away; whoever else runs the tests is asked for as another
    if (user === 0) chownSync(home, 12_345, 12_345);
    expect(compileCacheFolder({ HOME: home }, user === 0 ? 0 : user + 1)).toBeUndefined();
    expect(readdirSync(home)).toEqual([]);
    if (user === 0) chownSync(home, 0, 0);
    expect(compileCacheFolder({ HOME: home })).toBe(join(home, '.cache', name));
    expect(compileCacheFolder({ HOME: home }, user + 1)).toBeUndefined();
  });

  it.each<[string, NodeJS.ProcessEnv]>([
    ['nothing says where', {}],
    ['what says where has no beginning', { XDG_CACHE_HOME: 'cache' }],
    ['the home is not there', { HOME: '/nonexistent/home' }],
    ['the home is no folder', { HOME: '/dev/null' }],
  ])('is none where %s', (_, environment) => {
    expect(compileCacheFolder(environment)).toBeUndefined();
  });
});

describe('a command', () => {
  const { NODE_COMPILE_CACHE, NODE_DISABLE_COMPILE_CACHE, CACHE_DIRECTORY, ...inherited } = process.env;
  const version = (environment: NodeJS.ProcessEnv) => {
    const argv = ['--require', './test/support/typescript-in-threads.cjs', 'src/cli.ts', '--version'];
    const { status, stdout, stderr } = spawnSync(process.execPath, argv, {
      cwd: join(__dirname, '../../..'),
      env: { ...inherited, ...environment },
      encoding: 'utf8',
    });
    return { status, stdout, stderr };
  };
  const said = { status: 0, stdout: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string, stderr: '' };
  const keptIn = (folder: string): number => (existsSync(folder) ? readdirSync(folder, { recursive: true }).length : 0);
  const isKnown = 'enableCompileCache' in nodeModule;

  it(`keeps what it has compiled, where Node can: ${isKnown ? 'here it can' : 'here it cannot'}`, () => {
    const cache = emptyFolder();
    expect(version({ XDG_CACHE_HOME: cache })).toEqual(said);
    const kept = keptIn(join(cache, name));
    if (isKnown) expect(kept).toBeGreaterThan(100);
    else expect(existsSync(join(cache, name))).toBe(false);
  });

  it('leaves it to Node where Node’s own variables are set', () => {
    const cache = emptyFolder();
    expect(version({ XDG_CACHE_HOME: cache, NODE_DISABLE_COMPILE_CACHE: '1' })).toEqual(said);
    expect(version({ XDG_CACHE_HOME: cache, NODE_COMPILE_CACHE: emptyFolder() })).toEqual(said);
    expect(existsSync(join(cache, name))).toBe(false);
  });

  it('says nothing where nothing can be kept', () => {
    expect(version({ XDG_CACHE_HOME: '/proc/cache' })).toEqual(said);
  });
});
