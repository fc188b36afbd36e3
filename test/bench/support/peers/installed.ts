import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';

/** Kept for later runs, and gone with `node_modules`. */
const cache = join(__dirname, '..', '..', '..', '..', 'node_modules', '.cache', 'bench-peers');

const npm = (args: readonly string[]): Promise<string | undefined> =>
  new Promise((resolve) => {
    let said = '';
    const child = spawn('npm', args, { stdio: ['ignore', 'ignore', 'pipe'], shell: process.platform === 'win32' });
    child.stderr.on('data', (bytes: Buffer) => {
      said += bytes.toString();
    });
    child.once('error', ({ message }) => {
      resolve(message);
    });
    child.once('exit', (code) => {
      const [why] = said.split('\n').filter((line) => line.startsWith('npm error') || line.startsWith('npm ERR!'));
      resolve(code === 0 ? undefined : (why ?? `npm ended with ${code}`));
    });
  });

export type Installed = { readonly load: NodeJS.Require } | { readonly missing: string };

/**
 * Libraries that only the bench compares with: in a folder of their own, never among the dependencies. Installed when they are missing.
 * @param packages `name@version`, pinned; peer dependencies are named as well
 */
export const installed = async (folderName: string, packages: readonly string[]): Promise<Installed> => {
  const folder = join(cache, folderName);
  if (!existsSync(folder)) {
    const half = `${folder}.${process.pid}`;
    mkdirSync(half, { recursive: true });
    writeFileSync(join(half, 'package.json'), '{"private":true}\n');
    console.log(`Installing ${packages.join(', ')} for the comparison (once; what is compiled takes minutes) …`);
    // what each needs beside it is named: ranges of peers that the registry cannot meet exactly would refuse the whole
    const why = await npm(['install', '--prefix', half, '--no-audit', '--no-fund', '--legacy-peer-deps', '--save-exact', ...packages]);
    if (why !== undefined) {
      rmSync(half, { recursive: true, force: true });
      console.log(`Not installed: ${why}. The comparison with ${folderName} is left out, the rest goes on.`);
      return { missing: why };
    }
    renameSync(half, folder);
  }
  return { load: createRequire(join(folder, 'package.json')) };
};
