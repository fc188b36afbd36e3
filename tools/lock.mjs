// npm run lock    Writes package-lock.json anew, and into it what npm leaves out: that better-sqlite3 13 compiles nothing. Without that line
// npm wants a compiler, and where there is none it installs no driver and says nothing. `npm install X` drops the line again.
import { spawnSync } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const { status } = spawnSync('npm', ['install', '--package-lock-only', '--ignore-scripts', '--no-audit', '--no-fund'], {
  cwd: root,
  stdio: 'inherit',
});
if (status !== 0) process.exit(status ?? 1);
const path = join(root, 'package-lock.json');
const lock = JSON.parse(readFileSync(path, 'utf8'));
lock.packages['node_modules/better-sqlite3'].gypfile = false;
writeFileSync(path, `${JSON.stringify(lock, undefined, 2)}\n`);
