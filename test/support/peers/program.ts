import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';

const postgres = '/usr/lib/postgresql';
const folders = (): readonly string[] => [
  ...(process.env['PATH'] ?? '').split(':'),
  ...['/usr/sbin', '/sbin', '/usr/local/sbin'],
  ...(existsSync(postgres) ? readdirSync(postgres).map((version) => join(postgres, version, 'bin')) : []),
];

/** Where this machine has a program that others wrote, or a file of one, if it has it. */
const found = (name: string): string | undefined =>
  (name.startsWith('/') ? ['/'] : folders()).map((folder) => join(folder, name)).find((path) => existsSync(path));

export const isThere = (name: string): boolean => found(name) !== undefined;

/** The path of a program that is there: `describeWith` has looked. */
export const program = (name: string): string => {
  const path = found(name);
  if (path === undefined) throw new Error(`${name} is not on this machine. On Debian, as root: node tools/peers.mjs`);
  return path;
};

/** `full` with `npm run test:peers`; otherwise the short form that every check runs. */
export const inFull = process.env['FAULTS'] === 'full';

/** What runs beside real programs. Where one is missing, it is left out, and the report names which. */
export const describeWith = (programs: readonly string[], title: string, suite: () => void): void => {
  const missing = programs.filter((name) => !isThere(name));
  if (missing.length === 0) describe(title, suite);
  else describe.skip(`${title} (LEFT OUT: no ${missing.join(', ')} on this machine)`, suite);
};

/** What a program says of its version, the first line of it. */
export const versionOf = (name: string, ...argv: readonly string[]): string => {
  const { stdout, stderr } = spawnSync(program(name), argv.length > 0 ? argv : ['--version'], { encoding: 'utf8' });
  return (stdout || stderr).trim().split('\n')[0] ?? '';
};
