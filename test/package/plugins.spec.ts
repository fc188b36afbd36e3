import { execFileSync, spawnSync } from 'node:child_process';
import { mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { root } from '../docs/markdown';
import { pack, type Packed, packedIn, tarballIn } from './support/packed';

type Manifest = Readonly<Record<'dependencies' | 'peerDependenciesMeta', Readonly<Record<string, unknown>> | undefined>>;
const manifestIn = (folder: string): Manifest => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
const plugins = Object.keys(manifestIn('.').peerDependenciesMeta ?? {});
const folderOf = (plugin: string): string => plugin.replace('@tichet-albastru/', 'packages/');

let packed: Packed;
beforeAll(() => {
  packed = pack();
});

const node = (project: string, code: string, env: NodeJS.ProcessEnv = {}) => {
  const { status, stdout, stderr } = spawnSync(process.execPath, ['-e', code], { cwd: project, encoding: 'utf8', env });
  return { exit: status, output: `${stdout}${stderr}` };
};

/** As npm puts it beside the main package, with what it needs of others. */
const addPlugin = (plugin: string, project: string): void => {
  const to = join(project, 'node_modules', plugin);
  mkdirSync(to, { recursive: true });
  execFileSync('tar', ['xzf', tarballIn(packed.folder, plugin.slice(1).replace('/', '-')), '-C', to, '--strip-components=1']);
  for (const name of Object.keys(manifestIn(folderOf(plugin)).dependencies ?? {}).filter(
    (needed) => !needed.startsWith('@tichet-albastru/'),
  )) {
    const place = join(project, 'node_modules', name);
    mkdirSync(dirname(place), { recursive: true });
    symlinkSync(join(root, 'node_modules', name), place);
  }
};

/** Loads them as the service does. @returns the modules of our packages that were loaded from more than one file */
const loading = (names: readonly string[]): string => `
  const { pluginOf } = require('tichet-albastru/internal/infrastructure/outside/plugins/plugin.codec');
  for (const name of ${JSON.stringify(names.map((plugin) => plugin.replace(/.*\//, '')))})
    for (const part of Object.values(pluginOf(name))) if (typeof part !== 'function') throw new Error(name);
  const { readFileSync } = require('node:fs');
  const isCode = (path) => !readFileSync(path, 'utf8').includes('createRequire(require.resolve(');
  const ours = Object.keys(require.cache).filter((path) => /tichet-albastru\\/(kernel|event-log)\\/dist\\//.test(path) && isCode(path));
  const modules = ours.map((path) => path.replace(/.*(?=(kernel|event-log)\\/dist)/, ''));
  process.stdout.write(JSON.stringify(modules.filter((module, place) => modules.indexOf(module) !== place)));`;

describe('the packages that a setting names', () => {
  it.each(plugins)('%s is installed beside the main package, and shares the classes of its parts', (plugin) => {
    const { project } = packed.install([]);
    addPlugin(plugin, project);
    expect(node(project, loading([plugin]))).toEqual({ exit: 0, output: '[]' });
  });

  it('are all in the tarball of the service', () => {
    const { project } = packedIn(packed.folder, 'tichet-albastru-service').install([]);
    expect(node(project, loading(plugins))).toEqual({ exit: 0, output: '[]' });
  });

  it('end the start of the main package with a sentence where a setting names one', () => {
    const { project, installed } = packed.install([]);
    const secret = join(project, 'secret');
    writeFileSync(secret, 'a secret of at least 24 characters', { mode: 0o400 });
    const env = {
      PORT: '0',
      TICHET_EVENT_STORE: 'memory',
      TICHET_DATA_DIR: join(project, 'data'),
      TICHET_SMS_URL: 'http://127.0.0.1:1/cgi-bin/sendsms',
      TICHET_SMS_USER: 'tichet',
      TICHET_SMS_PASSWORD_FILE: secret,
      TICHET_SMS_REPORT_SECRET_FILE: secret,
    };
    const { exit, output } = node(project, `require('${join(installed, 'dist/main.js')}')`, env);
    expect(exit).toBe(1);
    expect(output.trim().split('\n').at(-1)).toContain('npm install @tichet-albastru/kannel');
  });
});
