// From a running demonstration to the dashboards on screen: installs what this folder needs, once, and serves the pages, which ask the
// database while they are made. REPORTING_DATABASE names another database than the demonstration's.
// --build only makes the pages, in dist/; --install only installs.
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir, userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { driver, isServer, placeOf, variable } from './address.js';

const folder = import.meta.dirname;
const isGiven = (option) => process.argv.includes(option);

const leave = (...lines) => {
  console.error(lines.join('\n'));
  process.exit(1);
};

const install = () => {
  const lock = readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const installed = join(folder, 'node_modules/.installed-lock.json');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === lock) return;
  console.log(`The dashboards install what they need, once: npm ci in ${folder}`);
  const { status } = spawnSync('npm', ['ci', '--no-audit', '--no-fund', '--ignore-scripts'], { cwd: folder, stdio: 'inherit' });
  if (status !== 0) leave('npm ci did not succeed. It needs the npm registry, or the packages in the cache of npm.');
  writeFileSync(installed, lock);
};

/** A running service writes every 20 seconds how fresh its tables are; one that was killed leaves its folder behind. */
const silence = 120_000;
const isMine = ({ uid }) => process.getuid === undefined || uid === userInfo().uid;
const lastWritten = (path) => Math.max(...[path, `${path}-wal`].filter((file) => existsSync(file)).map((file) => statSync(file).mtimeMs));

/** Where `npm run demo` keeps its data: a folder of its own, which it takes away when it ends. The newest that runs, of this user. */
const demonstration = () =>
  readdirSync(tmpdir())
    .filter((name) => name.startsWith('tichet-demo-'))
    .map((name) => join(tmpdir(), name, 'reporting.db'))
    .filter((path) => existsSync(path) && isMine(statSync(path)) && Date.now() - lastWritten(path) < silence)
    .map((path) => ({ path, made: statSync(path).birthtimeMs }))
    .sort((one, other) => other.made - one.made)[0]?.path;

const chosenDatabase = () => {
  const named = process.env[variable];
  if (!named)
    return (
      demonstration() ??
      leave(
        'No demonstration is running. Start one in another terminal, and leave it there:',
        '  npm run demo',
        'or name the reporting tables of a service:',
        `  ${variable}=data/reporting.db npm run dashboards`,
        `  ${variable}=postgres://reader@localhost/tichet npm run dashboards`,
      )
    );
  if (isServer(named)) {
    try {
      placeOf(named);
    } catch ({ message }) {
      leave(message);
    }
    return named;
  }
  const path = resolve(process.env.INIT_CWD ?? '.', named);
  if (!existsSync(path)) leave(`There is no ${path} (${variable}). A service with a data folder makes its reporting.db as it starts.`);
  return path;
};

/** A file is read by what the service reads it with, which is there once the service was built. */
const buildTheService = () => {
  console.log('The service is built, once: npm run build');
  const { status } = spawnSync('npm', ['run', '--silent', 'build'], { cwd: join(folder, '../..'), stdio: 'inherit' });
  if (status !== 0) leave('The service could not be built. In its folder: npm ci && npm run build');
};

const serve = (database) => {
  if (!isServer(database) && !existsSync(driver)) buildTheService();
  console.log(`The dashboards ask ${placeOf(database)}.`);
  const framework = join(folder, 'node_modules/@observablehq/framework/dist');
  // what was asked before is kept there, and would be shown again
  const cache = join(folder, 'src/.observablehq/cache');
  rmSync(cache, { recursive: true, force: true });
  // The framework asks a registry for the newest version of each library that it could load, also of those that no page uses. It
  // asks for none of which it has kept one: nothing is fetched while the pages are made.
  const client = join(framework, 'client');
  for (const file of readdirSync(client, { recursive: true }).filter((name) => name.endsWith('.js')))
    for (const [, name] of readFileSync(join(client, file), 'utf8').matchAll(/"npm:((?:@[\w.-]+\/)?[\w.-]+)/gu))
      mkdirSync(join(cache, '_npm', `${name}@0.0.0`), { recursive: true });
  const program = join(framework, 'bin/observable.js');
  const { status } = spawnSync(process.execPath, [program, ...(isGiven('--build') ? ['build'] : ['preview', '--no-open'])], {
    cwd: folder,
    stdio: 'inherit',
    env: { ...process.env, [variable]: database, OBSERVABLE_TELEMETRY_DISABLE: 'true' },
  });
  process.exit(status ?? 1);
};

if (isGiven('--install')) install();
else {
  const database = chosenDatabase();
  install();
  serve(database);
}
