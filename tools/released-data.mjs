/**
 * node tools/released-data.mjs VERSION [CHECKOUT]    writes test/compatibility/as-released-VERSION.json.br: what that release leaves behind.
 *
 * The release is checked out at the commit that CHANGELOG.md names, installed, built, and tells its own demonstration at the moment of that
 * commit. The file holds the data folder, a backup, the schema of PostgreSQL, the events as the feed gives them, and what the release answers.
 * CHECKOUT is a folder in which the release is built already.
 *
 * TICHET_TEST_POSTGRES_URL names a server on which databases may be made; a pg_dump that knows its version is on the path. Releases up to 0.2.0
 * run on Node.js 20: on the one that runs this, or on the one that `node tools/install.mjs nodes` brings.
 */
import { Buffer } from 'node:buffer';
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { delimiter, dirname, join, relative } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { URL } from 'node:url';
import { brotliCompressSync, constants } from 'node:zlib';
import pg from 'pg';

const root = join(import.meta.dirname, '..');
const [version, givenCheckout] = process.argv.slice(2);
const [, commit] =
  readFileSync(join(root, 'CHANGELOG.md'), 'utf8')
    .split(`\n## ${version}\n\nCommit \``)[1]
    ?.match(/^(\w+)`/u) ?? [];
const server = process.env.TICHET_TEST_POSTGRES_URL;
if (commit === undefined || server === undefined) {
  console.error('Name a version of which CHANGELOG.md names the commit, and a server of PostgreSQL by TICHET_TEST_POSTGRES_URL.');
  process.exit(2);
}

const isUpTo020 = version.localeCompare('0.2.0', undefined, { numeric: true }) <= 0;
const isOther = isUpTo020 && !process.version.startsWith('v20.');
const node = isOther ? join(root, 'tools/nodes/node_modules/node-20/bin/node') : process.execPath;
const environment = {
  ...process.env,
  PATH: [dirname(node), process.env.PATH].join(delimiter),
  ...(isOther && { npm_config_nodedir: dirname(dirname(node)) }),
};
const run = (program, argv, options = {}) => {
  const { status, stdout, error } = spawnSync(program, argv, {
    env: environment,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    stdio: ['ignore', 'pipe', 'inherit'],
    ...options,
  });
  if (status !== 0) throw new Error(`${program} ${argv.join(' ')}: ${status ?? error}`);
  return stdout;
};

const temporary = mkdtempSync(join(tmpdir(), 'tichet-released-'));
const checkout = givenCheckout ?? join(temporary, 'checkout');
const makeCheckout = () => {
  console.log(`${version} is commit ${commit}: checking it out`);
  run('git', ['worktree', 'add', '--quiet', '--detach', checkout, commit], { cwd: root });
  console.log('npm ci');
  run('npm', ['ci', '--no-audit', '--no-fund'], { cwd: checkout });
  console.log('npm run build');
  run('npm', ['run', '--silent', 'build'], { cwd: checkout });
};

/** The release sees one moment alone: what it tells and what it answers is of that moment, however long it takes. */
const moment = new Date(run('git', ['show', '--no-patch', '--format=%cI', commit], { cwd: root }).trim());
const oneMoment = join(temporary, 'one-moment.cjs');
const ofOneMoment = `const moment = ${moment.getTime()};
globalThis.Date = new Proxy(Date, {
  construct: (target, given, made) => Reflect.construct(target, given.length === 0 ? [moment] : given, made),
  get: (target, name) => (name === 'now' ? () => moment : Reflect.get(target, name)),
});
`;
const [folder, backup] = [join(temporary, 'folder'), join(temporary, 'backup')];
const tichet = [node, '--require', oneMoment, join(checkout, 'dist/cli.js')];
const settings = { ...environment, TICHET_DATA_DIR: folder, TICHET_LOG_LEVEL: 'silent', TICHET_DEVELOPMENT: 'on' };
const command = (...argv) => run(tichet[0], [...tichet.slice(1), ...argv], { env: settings });

const freePort = async () => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address();
  probe.close();
  return port;
};

/** Runs the service while something is done with it, which is told how to ask it and what it has said. @returns what that gives */
const whileServing = async (more, argv, use) => {
  const port = await freePort();
  const service = spawn(tichet[0], [...tichet.slice(1), ...argv], {
    env: { ...settings, ...more, HOST: '127.0.0.1', PORT: String(port) },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let said = '';
  service.stdout.setEncoding('utf8').on('data', (text) => (said += text));
  const ended = once(service, 'exit');
  const ask = async (path, headers) => {
    const answer = await globalThis.fetch(`http://127.0.0.1:${port}${path}`, { headers });
    if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`);
    return answer.text();
  };
  const isReady = () => ask('/health/ready').then(() => true, () => false); // prettier-ignore
  while (service.exitCode === null && !(await isReady())) await sleep(200);
  try {
    if (service.exitCode !== null) throw new Error(`the service has ended: ${service.exitCode}`);
    return await use(ask, () => said);
  } finally {
    service.kill('SIGTERM');
    await ended;
  }
};

const day = (days) => new Date(moment.getTime() + days * 86_400_000).toISOString().slice(0, 10);
const asOf = moment.toISOString();

/** @returns by role and path what the release answers of everything that stands in these events */
const askEverything = async (events, asked) => {
  const answers = {};
  const ask = async (role, path) => (answers[`${role} ${path}`] = JSON.parse(await asked(role, path)));
  const statuses = new Set();
  for (const { stream } of events.filter(({ type }) => type === 'Requested')) {
    const path = `/audit/tickets/${stream.slice('ticket-'.length)}`;
    const { facts } = await ask('auditor', `${path}?asOf=${asOf}`);
    if (!statuses.has(facts.status)) await ask('auditor', `${path}/history?asOf=${asOf}`);
    statuses.add(facts.status);
  }
  const monday = 1 - (moment.getUTCDay() || 7);
  for (const week of [-2, -1, 0, 1]) {
    const days = `from=${day(monday + 7 * week)}&to=${day(monday + 7 * week + 5)}`;
    for (const role of ['head', 'staff']) await ask(role, `/calendar?${days}`);
  }
  for (const by of ['department', 'mode', 'week', 'staff'])
    await ask('reports', `/reports/summary?from=${day(-60)}&to=${day(30)}&by=${by}`);
  for (const { body } of events.filter(({ type }) => type === 'RequestRegistered')) {
    const { number, filedOn } = JSON.parse(body).data;
    await ask('auditor', `/eligibility?number=${number}&filedOn=${filedOn}&asOf=${asOf}`);
  }
  await ask('auditor', `/eligibility?expiringBefore=${day(30)}`);
  return answers;
};

/** All of the feed, as it is given. */
const readFeed = async (asked) => {
  let [all, after] = ['', ''];
  for (;;) {
    const page = await asked('auditor', `/events?limit=1000${after && `&after=${after}`}`, 'application/x-ndjson');
    if (page.trim() === '') return all;
    all += page;
    after = JSON.parse(page.trim().split('\n').at(-1)).position;
  }
};
const parsed = (feed) => feed.trim().split('\n').map((line) => JSON.parse(line)); // prettier-ignore

const tellStory = () =>
  whileServing({}, ['demo', '--json', '--folder', folder], async (ask, said) => {
    while (!said().endsWith('}\n')) await sleep(200);
    const { tokens } = JSON.parse(said());
    const asked = (role, path, accept = 'application/json') =>
      ask(`/api/v1${path}`, { authorization: `Bearer ${tokens[role]}`, accept, 'accept-language': 'ro' });
    console.log('asking');
    const answers = await askEverything(parsed(await readFeed(asked)), asked);
    // what was asked may stand in the log
    return { answers, events: await readFeed(asked) };
  });

const onDatabase = async (url, statement) => {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return (await client.query(statement)).rows;
  } finally {
    await client.end();
  }
};

/** The same log in a database, with its tables filled there. @returns statements that make it */
const copyToPostgres = async () => {
  const name = `tichet_released_${process.pid}`;
  await onDatabase(server, `CREATE DATABASE ${name} TEMPLATE template0`);
  const database = Object.assign(new URL(server), { pathname: `/${name}` }).href;
  try {
    run(tichet[0], [...tichet.slice(1), 'copy', '--from', `sqlite:${folder}`, '--to', 'postgres'], {
      env: { ...settings, TICHET_POSTGRES_URL: database },
    });
    const beside = join(temporary, 'beside-postgres');
    mkdirSync(beside, { mode: 0o700 });
    for (const key of ['master.key', 'token.key']) writeFileSync(join(beside, key), readFileSync(join(folder, key)), { mode: 0o400 });
    const stores = { TICHET_EVENT_STORE: 'postgres', TICHET_READ_MODELS: 'postgres', TICHET_POSTGRES_URL: database };
    await whileServing({ ...stores, TICHET_DATA_DIR: beside }, ['serve'], () => undefined);
    const dumped = run('pg_dump', ['--no-owner', '--no-privileges', '--rows-per-insert=200', database]);
    return dumped.replace(/^\\(un)?restrict .*\n/gmu, ''); // for psql alone
  } finally {
    await onDatabase(server, `DROP DATABASE ${name} WITH (FORCE)`);
  }
};

/** Files of a data folder without its letters, and without what SQLite makes anew beside its files. */
const filesIn = (part, place) =>
  readdirSync(place, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !/\.eml$|^mailbox|-shm$/u.test(join(relative(place, entry.parentPath), entry.name)))
    .map((entry) => join(entry.parentPath, entry.name))
    .map((path) => [`${part}/${relative(place, path)}`, readFileSync(path)]);

try {
  writeFileSync(oneMoment, ofOneMoment);
  if (givenCheckout === undefined) makeCheckout();
  console.log(`telling its demonstration, at ${asOf}`);
  const { answers, events } = await tellStory();
  const { events: found, sealed, faults } = JSON.parse(command('verify', '--json'));
  console.log({ events: found, sealed, faults, questions: Object.keys(answers).length });
  if (found !== parsed(events).length || sealed !== found || faults.length > 0)
    throw new Error('the log is not the one of the feed, sealed');
  console.log('making a backup');
  command('backup', backup);
  console.log('copying it to PostgreSQL');
  const files = [
    ...filesIn('folder', folder),
    ...filesIn('backup', backup),
    ['postgres.sql', Buffer.from(await copyToPostgres())],
    ['answers.json', Buffer.from(JSON.stringify({ asOf, answers }))],
    ['events.ndjson', Buffer.from(events)],
  ];
  const text = JSON.stringify(Object.fromEntries(files.map(([path, bytes]) => [path, bytes.toString('base64')])));
  const target = join(root, `test/compatibility/as-released-${version}.json.br`);
  const packed = brotliCompressSync(text, {
    params: { [constants.BROTLI_PARAM_SIZE_HINT]: text.length, [constants.BROTLI_PARAM_LGWIN]: constants.BROTLI_MAX_WINDOW_BITS },
  });
  writeFileSync(target, packed);
  console.log(`${relative(root, target)}: ${packed.length} bytes`);
} finally {
  if (givenCheckout === undefined) spawnSync('git', ['worktree', 'remove', '--force', checkout], { cwd: root, stdio: 'inherit' });
  rmSync(temporary, { recursive: true, force: true });
}
