// Installs tools that only few scripts and tests need, each in a folder of its own beside this file, with a lock of its own:
// node tools/install.mjs [NAME ...]; all of them without a name. One that is as its lock says is left alone.
import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const here = import.meta.dirname;
const all = readdirSync(here).filter((name) => existsSync(join(here, name, 'package.json')));
const wanted = process.argv.length > 2 ? process.argv.slice(2) : all;
for (const name of wanted) {
  if (!all.includes(name)) throw new Error(`There is no tool ${name}: ${all.join(', ')}.`);
  const folder = join(here, name);
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const installed = join(folder, 'node_modules', '.installed-lock.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) continue;
  console.log(`tools/${name}: npm ci`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
  writeFileSync(installed, lock);
}
