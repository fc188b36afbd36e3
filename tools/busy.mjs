/** npm run test:busy    runs `npm test` and `npm run test:all` beside two busy programs a core, and lists what turned red. */
import { spawn, spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { availableParallelism, tmpdir } from 'node:os';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');
const programs = Array.from({ length: 2 * availableParallelism() }, () =>
  spawn(process.execPath, ['--eval', 'for (;;) Math.random();'], { stdio: 'ignore' }),
);
const folder = mkdtempSync(join(tmpdir(), 'tichet-busy-'));
console.log(`${programs.length} busy programs run beside the tests.`);

const redOf = (script) => {
  const file = join(folder, `${script.replace(':', '-')}.json`);
  const { status } = spawnSync('npm', ['run', '--silent', script, '--', '--json', `--outputFile=${file}`], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  });
  const { testResults } = JSON.parse(readFileSync(file, 'utf8'));
  const red = testResults.flatMap(({ name, status: suite, assertionResults }) => {
    const tests = assertionResults.filter((test) => test.status === 'failed').map(({ fullName }) => `${name}: ${fullName}`);
    return tests.length === 0 && suite === 'failed' ? [`${name}: the suite itself`] : tests;
  });
  return red.length === 0 && status !== 0 ? [`npm run ${script} ended with ${status}`] : red;
};

try {
  const red = ['test', 'test:all'].flatMap(redOf);
  console.log(red.length === 0 ? 'Nothing turned red.' : `${red.length} turned red:\n${red.join('\n')}`);
  process.exitCode = red.length === 0 ? 0 : 1;
} finally {
  for (const program of programs) program.kill('SIGKILL');
  rmSync(folder, { recursive: true });
}
