/**
 * npm run test:nodes -- VERSION [SCRIPT [ARGUMENT ...]]    runs `npm test`, or another script, on another version of Node.js: 20, 22, 24 or 26.
 * It runs on a copy of the sources as they are now, uncommitted changes among them, which has packages of its own: `npm ci` puts the driver of
 * SQLite in place that fits the version of Node.js.
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { delimiter, dirname, join } from 'node:path';

const here = import.meta.dirname;
const root = join(here, '../..');
const versions = readdirSync(join(here, 'node_modules')).flatMap((name) => (/^node-\d+$/u.test(name) ? [name.slice('node-'.length)] : []));
const [version = '', script = 'test', ...argv] = process.argv.slice(2);
if (!versions.includes(version)) {
  console.error(`Name one of the versions ${versions.join(', ')}: npm run test:nodes -- ${versions.at(-1)} [SCRIPT [ARGUMENT ...]]`);
  process.exit(2);
}
const node = join(here, 'node_modules', `node-${version}`);
// apart from these sources: node and npm look into the folders above for packages and programs, too
// and where PostgreSQL of the tests gets to, too, which never runs as root
const cache = process.getuid?.() === 0 ? '/var/cache' : (process.env.XDG_CACHE_HOME ?? join(homedir(), '.cache'));
const copy = join(cache, 'tichet-albastru', createHash('sha256').update(root).digest('hex').slice(0, 8), `node-${version}`);

/** The output, or the exit of this process. */
const run = (folder, program, arguments_, options = {}) => {
  const { status, stdout } = spawnSync(program, arguments_, { cwd: folder, encoding: 'utf8', maxBuffer: 2 ** 28, ...options });
  if (status !== 0) process.exit(status ?? 1);
  return stdout;
};
const shown = {
  stdio: 'inherit',
  env: { ...process.env, PATH: [join(node, 'bin'), process.env.PATH].join(delimiter), npm_config_nodedir: node, INIT_CWD: copy },
};
// npm hands its own program on, and would otherwise be looked for beside the other Node.js
const npm = (...arguments_) => run(copy, join(node, 'bin/node'), [process.env.npm_execpath, ...arguments_], shown);

const isSame = (one, other) =>
  existsSync(other) && statSync(one).size === statSync(other).size && readFileSync(one).equals(readFileSync(other));
const copySources = () => {
  mkdirSync(copy, { recursive: true });
  const known = join(copy, '.copied.json');
  const before = existsSync(known) ? JSON.parse(readFileSync(known, 'utf8')) : [];
  const listed = run(root, 'git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard']).split('\0');
  const files = [...new Set(listed)].filter((path) => path !== '' && existsSync(join(root, path)));
  for (const path of before) if (!files.includes(path)) rmSync(join(copy, path), { force: true });
  for (const path of files) {
    if (isSame(join(root, path), join(copy, path))) continue;
    mkdirSync(dirname(join(copy, path)), { recursive: true });
    cpSync(join(root, path), join(copy, path));
  }
  writeFileSync(known, JSON.stringify(files));
  // some tests ask git which files there are
  if (!existsSync(join(copy, '.git'))) run(copy, 'git', ['init', '--quiet']);
  run(copy, 'git', ['add', '--all', '--', ':!.copied.json']);
  // and some ask which folders there are: a folder whose files have all moved would stay
  run(copy, 'git', ['clean', '-d', '--force', '--quiet', '--exclude=.copied.json']);
};

const install = () => {
  const lock = readFileSync(join(copy, 'package-lock.json'), 'utf8') + readFileSync(join(copy, 'package.json'), 'utf8');
  const installed = join(copy, 'node_modules/.installed-lock.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return;
  npm('ci', '--no-audit', '--no-fund');
  writeFileSync(installed, lock);
};

console.log(`Node.js ${run(here, join(node, 'bin/node'), ['--version']).trim()}, in ${copy}`);
copySources();
install();
npm('run', '--silent', script, ...(argv.length > 0 ? ['--', ...argv] : []));
