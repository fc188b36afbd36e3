// npm run test:mutants [-- PATH ...]: makes the mutants of the code that decides, writes and proves (or of these paths only), place by place,
// runs the tests of each, and holds what survives to the ledger. What was killed before is not run again as long as neither it nor the test
// that killed it changed.
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { incrementalFile, places, reportFile } from './stryker.config.mjs';

const here = import.meta.dirname;
const paths = process.argv.slice(2);
const run = (parameters, env = {}) =>
  // a zone in which nobody who forgets to name one is right by chance
  spawnSync(process.execPath, parameters, { stdio: 'inherit', env: { ...process.env, TZ: 'America/New_York', ...env } }).status ?? 1;

/** The place whose folder says most of it. */
const placeOf = (path) => {
  const [place] = Object.keys(places)
    .filter((name) => path.startsWith(places[name].folder))
    .sort((one, other) => places[other].folder.length - places[one].folder.length);
  if (place === undefined) throw new Error(`Nothing of this is mutated: ${path}.`);
  return place;
};
const asked = new Map();
for (const path of paths) asked.set(placeOf(path), [...(asked.get(placeOf(path)) ?? []), path]);

// what survived is always run again: a test that is new since may kill it
const forgetSurvivors = (file) => {
  if (!existsSync(file)) return;
  const report = JSON.parse(readFileSync(file, 'utf8'));
  for (const { mutants } of Object.values(report.files)) {
    mutants.splice(0, Infinity, ...mutants.filter(({ status }) => status === 'Killed' || status === 'Timeout'));
  }
  writeFileSync(file, JSON.stringify(report));
};

const tryPlace = (place) => {
  forgetSurvivors(incrementalFile(place));
  return run([join(here, 'node_modules/@stryker-mutator/core/bin/stryker.js'), 'run', join(here, 'stryker.config.mjs')], {
    MUTANTS: JSON.stringify({ place, paths: asked.get(place) }),
  });
};

/** A report also tells of the files of earlier runs, of which only what was killed is kept: about the ledger that says nothing. */
const keepAsked = (place) => {
  const report = JSON.parse(readFileSync(reportFile(place), 'utf8'));
  const isAsked = ([file]) => asked.get(place).some((path) => file === path || file.startsWith(`${path}/`));
  writeFileSync(reportFile(place), JSON.stringify({ ...report, files: Object.fromEntries(Object.entries(report.files).filter(isAsked)) }));
};

const tried = paths.length > 0 ? [...asked.keys()] : Object.keys(places);
const made = tried.map(tryPlace).find((status) => status !== 0);
if (made === undefined && paths.length > 0) tried.forEach(keepAsked);
process.exitCode = made ?? run([join(here, 'judge.mjs'), join(here, 'ledger.json'), ...tried.map(reportFile)]);
