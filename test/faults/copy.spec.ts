import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { copyLog } from '../../src/infrastructure/tools/copy/copy-log';
import { moveInstallation, type MoveOutcome } from '../../src/infrastructure/tools/copy/move-installation';
import { allOrNone, type AppendInOrder } from '@tichet-albastru/event-log/stores/append-in-order';
import { EventStoreDbEventStore } from '../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openSqliteWriter } from '@tichet-albastru/event-log/stores/sqlite/sqlite-writer';
import { openSqliteOperations } from '../../src/infrastructure/tables/operations/sqlite-operations';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { atOnce } from '../support/broken-copies';
import { logOf, writeHistory, type Kept } from '../support/copied-history';
import { Emulator } from '../support/eventstoredb/emulator';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { closing, emptyFolder } from '../support/closing';

const full = process.env['FAULTS'] === 'full';
const events = full ? 20_000 : 2000;
const kills = full ? { intoPostgres: 15, intoSqlite: 10 } : { intoPostgres: 3, intoSqlite: 2 };
const root = join(__dirname, '..', '..');

/** One append after the other takes its time. */
const eventsOneByOne = full ? 2000 : 300;

type Source = { readonly folder: string; readonly log: readonly Kept[] };

let folder = '';
let long: Source;
let database: TestDatabase;

const makeSource = async (count: number): Promise<Source> => {
  const made = mkdtempSync(join(folder, 'source-'));
  const masterKey = randomBytes(32);
  writeFileSync(join(made, 'master.key'), masterKey, { mode: 0o400 });
  const keys = openSqliteKeyStore({ path: join(made, 'keys.db'), masterKey });
  // a long log is made faster in memory
  const memory = createMemoryEventStore();
  await writeHistory(memory, keys, count);
  keys.close();
  openSqliteOperations({ folder: made, answerKey: masterKey }).close();
  const writer = openSqliteWriter(join(made, 'events.db'));
  const append: AppendInOrder = (requests) => Promise.resolve(allOrNone(writer.writeAllOrNone(requests)));
  const store = await openSqliteEventStore({ folder: made, readOnly: true });
  await copyLog({ from: memory, to: store, append });
  const log = await logOf(store);
  await store.close();
  writer.close();
  return { folder: made, log };
};

beforeAll(async () => {
  folder = emptyFolder();
  long = await makeSource(events);
});
beforeEach(async () => {
  database = await createTestDatabase();
});

const inFolder = async <T>(path: string, work: (store: EventStore) => Promise<T>): Promise<T> => {
  const store = await openSqliteEventStore({ folder: path, readOnly: true });
  try {
    return await work(store);
  } finally {
    await store.close();
  }
};
const inDatabase = async <T>(work: (store: PostgresEventStore) => Promise<T>): Promise<T> => {
  const postgres = await openPostgres({ url: database.url });
  const store = new PostgresEventStore(postgres);
  try {
    return await work(store);
  } finally {
    await store.close();
    await postgres.close();
  }
};

const environment = (more: Readonly<Record<string, string>> = {}) => ({
  TICHET_DATA_DIR: long.folder,
  TICHET_MASTER_KEY_FILE: join(long.folder, 'master.key'),
  TICHET_POSTGRES_URL: database.url,
  ...more,
});
const move = (from: string, to: string, more: Readonly<Record<string, string>> = {}): Promise<MoveOutcome> =>
  moveInstallation({ names: { from, to }, environment: environment(more) });

/** Lets a child copy, and kills it a while after it has begun to write. @returns whether it was killed before it was done */
const killWhileCopying = (argv: readonly string[], wait: number): Promise<boolean> =>
  new Promise((resolve, reject) => {
    const preload = join(root, 'test', 'support', 'typescript-in-threads.cjs');
    const child = spawn(process.execPath, ['--require', preload, join(__dirname, 'copying-child.ts'), ...argv], {
      cwd: root,
      env: { ...process.env, ...environment() },
    });
    let complaint = '';
    let doomed = false;
    let timer: NodeJS.Timeout | undefined;
    child.stdout.on('data', () => {
      if (doomed) return;
      doomed = true;
      timer = setTimeout(() => child.kill('SIGKILL'), wait);
    });
    child.stderr.on('data', (bytes: Buffer) => {
      complaint += bytes.toString();
    });
    child.on('close', (code, signal) => {
      clearTimeout(timer);
      if (signal === 'SIGKILL' || code === 0) resolve(signal === 'SIGKILL');
      else reject(new Error(complaint));
    });
  });

it('moves from SQLite to PostgreSQL and back: the logs are the same to the byte', async () => {
  const back = mkdtempSync(join(folder, 'back-'));
  const there = await move('sqlite', 'postgres');
  expect(there).toMatchObject({ kind: 'moved', log: { copied: events, alreadyThere: 0 }, sourceGrew: false });
  expect(await inDatabase(logOf)).toEqual(long.log);
  const home = await move('postgres', `sqlite:${back}`);
  expect(home).toMatchObject({ kind: 'moved', log: { copied: events } });
  expect(await inFolder(back, logOf)).toEqual(long.log);
  if (there.kind === 'moved' && home.kind === 'moved') expect(home.log.digests).toEqual(there.log.digests);
});

it('moves from SQLite to EventStoreDB and back: the logs are the same to the byte', async () => {
  const emulator = await Emulator.start();
  try {
    const short = await makeSource(eventsOneByOne);
    const back = mkdtempSync(join(folder, 'back-'));
    const more = {
      TICHET_DATA_DIR: short.folder,
      TICHET_MASTER_KEY_FILE: join(short.folder, 'master.key'),
      TICHET_EVENTSTOREDB_URL: emulator.url,
      TICHET_EVENTSTOREDB_PREFIX: 'cluj',
    };
    const there = await move('sqlite', 'eventstoredb', more);
    expect(there).toMatchObject({ kind: 'moved', log: { copied: eventsOneByOne } });
    // keys and operations stay in the data folder beside it
    expect(there).not.toHaveProperty('carried');
    const store = new EventStoreDbEventStore({ url: emulator.url, prefix: 'cluj' });
    expect(await logOf(store)).toEqual(short.log);
    await store.close();
    const home = await move('eventstoredb', `sqlite:${back}`, more);
    expect(home).toMatchObject({ kind: 'moved', log: { copied: eventsOneByOne } });
    expect(await inFolder(back, logOf)).toEqual(short.log);
    if (there.kind === 'moved' && home.kind === 'moved') expect(home.log.digests).toEqual(there.log.digests);
  } finally {
    await emulator.stop();
  }
});

it('goes on where kill -9 ended it, wherever that was', async () => {
  const back = mkdtempSync(join(folder, 'back-'));
  expect(await killWhileCopying(['sqlite', 'postgres', 'still'], 0)).toBe(true);
  for (let kill = 1; kill < kills.intoPostgres; kill += 1) await killWhileCopying(['sqlite', 'postgres'], Math.random() * 60);
  await move('sqlite', 'postgres');
  expect(await inDatabase(logOf)).toEqual(long.log);
  for (let kill = 0; kill < kills.intoSqlite; kill += 1) await killWhileCopying(['postgres', `sqlite:${back}`], Math.random() * 20);
  expect(await move('postgres', `sqlite:${back}`)).toMatchObject({ kind: 'moved' });
  expect(await inFolder(back, logOf)).toEqual(long.log);
});

it('refuses a target that holds something else, and leaves it as it was', async () => {
  await inDatabase((store) => writeHistory(store, createMemoryKeyStore(), 3, 5));
  const before = await inDatabase(logOf);
  expect(await move('sqlite', 'postgres')).toMatchObject({ kind: 'differs', number: 1, copied: 0 });
  expect(await inDatabase(logOf)).toEqual(before);
  const postgres = closing(await openPostgres({ url: database.url }));
  for (const table of ['keys', 'registers', 'attempts'])
    expect((await postgres.pool.query(`SELECT FROM tichet.${table}`)).rowCount).toBe(0);
});

describe('the same comparison catches', () => {
  it('a copy that goes on from a saved offset', async () => {
    const back = mkdtempSync(join(folder, 'back-'));
    const argv = ['sqlite', `sqlite:${back}`, 'offset', join(folder, 'offset')];
    expect(await killWhileCopying(argv, 60_000)).toBe(true);
    expect(await killWhileCopying(argv, 60_000)).toBe(false);
    expect((await inFolder(back, logOf)).length).toBeLessThan(events);
  });

  it('a copy that has many appends on their way at once', async () => {
    const outcome = await inFolder(long.folder, (from) => inDatabase((to) => copyLog({ from, to, append: atOnce(to), waits: [] })));
    expect(outcome).toMatchObject({ kind: 'differs' });
    expect(await inDatabase(logOf)).not.toEqual(long.log);
  });
});
