/**
 * npm run bench:nodes    What the same work takes on Node.js 20, 24 and 26, in one run and by turns: a ratio is taken within each round,
 * because the machine is shared. Each version has a copy of these sources with packages of its own: npm run test:nodes.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';

const versions = ['20', '24', '26'];
const rounds = 3;
const parts = 'start,appends,rebuilds,bookings,pages';
const root = join(import.meta.dirname, '../..');

/** @returns what it printed */
const on = (version, script, argv, environment = {}) => {
  const { status, stdout } = spawnSync(process.execPath, [join(root, 'tools/nodes/run.mjs'), version, script, ...argv], {
    cwd: root,
    encoding: 'utf8',
    maxBuffer: 2 ** 26,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: { ...process.env, ...environment },
  });
  if (status !== 0) throw new Error(`npm run ${script} on Node.js ${version} ended with ${status}.\n${stdout}`);
  return stdout;
};

/** The median of what was measured, by its words and its unit. */
const measured = (version) => {
  // what comes before the script, a build, was made once
  const printed = on(version, 'bench', ['--short', '--only', parts, '--json'], { npm_config_ignore_scripts: 'true' });
  const sections = JSON.parse(printed.trim().split('\n').at(-1));
  const figures = sections.flatMap(({ title, figures }) => figures.map((figure) => [`${title}: ${figure.what}`, figure]));
  return new Map(figures.map(([what, { unit, ours }]) => [`${what} (${unit})`, ours.median]));
};

const spreadOf = (values) => {
  const sorted = values.toSorted((one, other) => one - other);
  return { low: sorted[0], median: sorted[Math.floor(sorted.length / 2)], high: sorted.at(-1) };
};
const short = (value) => value.toPrecision(3);

for (const version of versions) {
  console.error(`Node.js ${version}: the copy is made and built`);
  on(version, 'build', []);
}
const inRounds = Array.from({ length: rounds }, (_, round) => {
  const turn = [...versions.slice(round % versions.length), ...versions.slice(0, round % versions.length)];
  return new Map(
    turn.map((version) => {
      console.error(`round ${round + 1} of ${rounds}: Node.js ${version}`);
      return [version, measured(version)];
    }),
  );
});
const [oldest, ...others] = versions;
console.log(`| | Node.js ${oldest} | ${others.map((version) => `${version}, beside ${oldest}`).join(' | ')} |`);
console.log(`|---|---:|${others.map(() => '---:|').join('')}`);
for (const what of inRounds[0].get(oldest).keys()) {
  const before = spreadOf(inRounds.map((round) => round.get(oldest).get(what)));
  const ratios = others.map((version) => spreadOf(inRounds.map((round) => round.get(version).get(what) / round.get(oldest).get(what))));
  console.log(
    `| ${what} | ${short(before.median)} | ${ratios.map(({ low, median, high }) => `${short(median)} (${short(low)}–${short(high)})`).join(' | ')} |`,
  );
}
