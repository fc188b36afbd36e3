/**
 * npm run bench:nodes    (ROUNDS=3) What the same work takes on Node.js 20, 24 and 26, in one run and by turns: a ratio is taken within each round,
 * because the machine is shared. Each version has a copy of these sources with packages of its own: npm run test:nodes.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';

const versions = ['20', '24', '26'];
const rounds = Number(process.env.ROUNDS ?? 3);
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

/** A command that looks at a folder without data, by the clock; the median of five. */
const commandOn = (version) => {
  const copy = copies.get(version);
  const node = join(root, 'tools/nodes/node_modules', `node-${version}`, 'bin/node');
  const environment = { ...process.env, TICHET_DATA_DIR: join(copy, 'coverage/no-data'), NODE_DISABLE_COMPILE_CACHE: '1' };
  const took = Array.from({ length: 5 }, () => {
    const began = performance.now();
    spawnSync(node, [join(copy, 'dist/cli.js'), 'doctor'], { cwd: copy, env: environment });
    return (performance.now() - began) / 1000;
  });
  return spreadOf(took).median;
};

/** The median of what was measured, by its words and its unit. */
const measured = (version) => {
  // what comes before the script, a build, was made once
  const printed = on(version, 'bench', ['--short', '--only', parts, '--json'], { npm_config_ignore_scripts: 'true' });
  const sections = JSON.parse(printed.trim().split('\n').at(-1));
  const figures = sections.flatMap(({ title, figures }) => figures.map((figure) => [`${title}: ${figure.what}`, figure]));
  const known = figures.map(([what, { unit, ours }]) => [`${what} (${unit})`, ours.median]);
  return new Map([['One command, `tichet doctor` (s)', commandOn(version)], ...known]);
};

const spreadOf = (values) => {
  const sorted = values.toSorted((one, other) => one - other);
  return { low: sorted[0], median: sorted[Math.floor(sorted.length / 2)], high: sorted.at(-1) };
};
const short = (value) => value.toPrecision(3);

const copies = new Map();
for (const version of versions) {
  console.error(`Node.js ${version}: the copy is made and built`);
  const [, copy] = /^Node\.js \S+, in (.+)$/m.exec(on(version, 'prebench', [])) ?? [];
  copies.set(version, copy);
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
