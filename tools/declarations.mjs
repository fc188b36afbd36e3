/** npm run declarations    What is packed says its types: those of the packages first, since the root names them. */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
/** A package stands behind those that it imports. */
const projects = ['packages/kernel', 'packages/event-log', 'packages/signed-log', '.'];

for (const project of projects) {
  const compiler = join(root, 'node_modules/typescript-7/bin/tsc');
  const { status } = spawnSync(process.execPath, [compiler, '-p', join(root, project, 'tsconfig.build.json')], { stdio: 'inherit' });
  if (status !== 0) process.exit(status ?? 1);
}
