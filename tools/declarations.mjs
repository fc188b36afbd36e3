/** npm run declarations    What is packed says its types: those of the packages that the root names, the root, those of the packages that name it. */
import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** A package stands behind those that it imports. */
const before = ['kernel', 'event-log', 'signed-log'];
const behind = readdirSync(join(root, 'packages')).filter((name) => !before.includes(name));
const inPackages = (names) => names.map((name) => `packages/${name}`);
const projects = [...inPackages(before), '.', ...inPackages(behind)];

for (const project of projects) {
  const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', join(root, project, 'tsconfig.build.json')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
