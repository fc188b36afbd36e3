// npm run test:mutants [-- PATH ...]: makes the mutants of the code that decides, writes and proves (or of these paths only), runs the tests of
// each, and holds what survives to the ledger. What was killed before is not run again as long as neither it nor the test that killed it changed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { incrementalFile, reportFile } from './stryker.config.mjs';

const here = import.meta.dirname;
const paths = process.argv.slice(2);
const run = (...parameters) =>
  spawnSync(process.execPath, parameters, {
    stdio: 'inherit',
    env: { ...process.env, ...(paths.length > 0 && { MUTANTS: paths.join(',') }) },
  }).status ?? 1;

// what survived is always run again: a test that is new since may kill it
if (existsSync(incrementalFile)) {
  const report = JSON.parse(readFileSync(incrementalFile, 'utf8'));
  for (const file of Object.values(report.files)) {
    file.mutants = file.mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout');
  }
  writeFileSync(incrementalFile, JSON.stringify(report));
}
const made = run(join(here, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', join(here, 'stryker.config.mjs'));
process.exitCode = made === 0 ? run(join(here, 'judge.mjs'), reportFile) : made;
