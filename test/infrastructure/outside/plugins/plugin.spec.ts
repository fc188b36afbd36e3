import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '../../../docs/markdown';
import { emptyFolder } from '../../../support/closing';
import { createService } from '../../../support/service';

type Manifest = Readonly<Record<'dependencies' | 'peerDependenciesMeta', Readonly<Record<string, unknown>> | undefined>>;
const manifestIn = (folder: string): Manifest => JSON.parse(readFileSync(join(root, folder, 'package.json'), 'utf8')) as Manifest;
const ownName = '@tichet-albastru/';

const main = manifestIn('.');
const plugins = Object.keys(main.peerDependenciesMeta ?? {}).map((name) => name.replace(ownName, ''));
/** What only a plugin needs. */
const thirdParty = plugins
  .flatMap((name) => Object.keys(manifestIn(`packages/${name}`).dependencies ?? {}))
  .filter((name) => !(name in (main.dependencies ?? {})));

const program = ['--require', './test/support/plugins-of-process.cjs', 'src/main.ts'];
const textMessages = (): NodeJS.ProcessEnv => {
  const secret = join(emptyFolder(), 'secret');
  writeFileSync(secret, 'a secret of at least 24 characters', { mode: 0o400 });
  return {
    TICHET_SMS_URL: 'http://127.0.0.1:1/cgi-bin/sendsms',
    TICHET_SMS_USER: 'tichet',
    TICHET_SMS_PASSWORD_FILE: secret,
    TICHET_SMS_REPORT_SECRET_FILE: secret,
  };
};

/** The plugins and the packages of others that a service with these settings has loaded when it ends. */
const loadedWith = async (settings: NodeJS.ProcessEnv): Promise<readonly string[]> => {
  const file = join(emptyFolder(), 'loaded');
  const service = await createService({ TEST_LOADED_FILE: file, ...settings }, program);
  await service.start();
  expect(await service.stop()).toBe(0);
  const loaded = JSON.parse(readFileSync(file, 'utf8')) as readonly string[];
  expect(loaded.length).toBeGreaterThan(1000);
  const places = [...plugins.map((name) => `/packages/${name}/`), ...thirdParty.map((name) => `/node_modules/${name}/`)];
  return places.filter((place) => loaded.some((path) => path.includes(place)));
};

describe('the packages that a setting names', () => {
  it('are optional for the main package, each with a folder of its own', () => {
    const folders = readdirSync(join(root, 'packages'));
    expect(plugins.length).toBeGreaterThan(0);
    expect(plugins.filter((name) => !folders.includes(name))).toEqual([]);
  });

  it('are loaded by no service whose settings name none of them', async () => {
    expect(await loadedWith({})).toEqual([]);
  });

  it('are loaded where a setting names one: that one alone', async () => {
    expect(await loadedWith(textMessages())).toEqual(['/packages/kannel/']);
  });

  it('end the start with a sentence where the package is not installed', async () => {
    const service = await createService({ TEST_HIDDEN: '@tichet-albastru/kannel', ...textMessages() }, program);
    await expect(service.start()).rejects.toThrow('did not become ready');
    expect(service.output().trim().split('\n').at(-1)).toBe(
      'Setările cer pachetul @tichet-albastru/kannel, care nu este instalat: npm install @tichet-albastru/kannel / ' +
        'The settings need the package @tichet-albastru/kannel, which is not installed: npm install @tichet-albastru/kannel',
    );
    expect(await service.stop()).toBe(1);
  });
});
