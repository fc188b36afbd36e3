import { type Database, openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { statSync } from 'node:fs';
import { join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { keepLogShort, type ShortLog } from '@tichet-albastru/event-log/database/sqlite/short-log';
import { closing, emptyFolder } from '../../../../../test/support/closing';
import { driverFile } from '../../../../../test/support/driver-of-sqlite';

const megabyte = 1024 * 1024;

const nothing: ShortLog = { wrote: () => undefined, close: () => undefined };
/** As the tables were opened before: nothing cuts the file back, and a checkpoint comes every 64 MB. */
const asBefore = (database: Database): ShortLog => {
  database.pragma('wal_autocheckpoint = 4000');
  return nothing;
};
/** Cut back, and checkpointed often, by nobody who waits for a reader. */
const withoutPatience = (database: Database): ShortLog => {
  database.pragma('wal_autocheckpoint = 128');
  database.pragma('journal_size_limit = 2097152');
  return nothing;
};

const open = (keep: (database: Database) => ShortLog) => {
  const path = join(emptyFolder(), 'tables.db');
  const database = closing(openSqlite(path));
  database.pragma('page_size = 16384');
  database.pragma('journal_mode = WAL');
  database.exec('CREATE TABLE rows (n INTEGER PRIMARY KEY, text TEXT)');
  const log = closing(keep(database));
  const insert = database.prepare('INSERT INTO rows (text) VALUES (?)');
  return {
    path,
    size: () => statSync(`${path}-wal`).size,
    /** So many commits of a few pages each. */
    commit: (times: number) => {
      for (let n = 0; n < times; n += 1) {
        insert.run('x'.repeat(60_000));
        log.wrote();
      }
    },
  };
};

const short = (database: Database) => keepLogShort(database);

it('a burst of commits leaves a short log', () => {
  const [now, before] = [open(short), open(asBefore)];
  now.commit(600);
  before.commit(600);
  expect(now.size()).toBeLessThan(5 * megabyte);
  expect(before.size()).toBeGreaterThan(30 * megabyte);
});

it('what had to stay for a reader is cut off once the reader is gone', () => {
  const sizes = [short, asBefore].map((keep) => {
    const { path, commit, size } = open(keep);
    const reader = closing(openSqlite(path, { readonly: true }));
    const snapshot = reader.prepare('SELECT * FROM rows').iterate();
    commit(1);
    const other = closing(openSqlite(path, { readonly: true }));
    other.exec('BEGIN');
    other.prepare('SELECT count(*) FROM rows').get();
    commit(600);
    const open600 = size();
    other.exec('COMMIT');
    snapshot.return?.();
    commit(3);
    return { whileRead: open600, after: size() };
  });
  expect(sizes[0]?.whileRead).toBeGreaterThan(30 * megabyte);
  expect(sizes[0]?.after).toBeLessThan(5 * megabyte);
  expect(sizes[1]?.after).toBeGreaterThan(30 * megabyte);
});

/** Two connections: each begins before the other ends, so that there is no moment without a reader. */
const relay = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { openSqlite } = require(workerData.driverFile);
  const stop = new Int32Array(workerData.stop);
  const [one, two] = [0, 1].map(() => openSqlite(workerData.path, { readonly: true }));
  const begin = (reader) => { reader.exec('BEGIN'); reader.prepare('SELECT count(*) FROM rows').get(); };
  begin(one);
  parentPort.postMessage('reading');
  let [standing, next] = [one, two];
  while (Atomics.load(stop, 0) === 0) {
    begin(next);
    standing.exec('COMMIT');
    [standing, next] = [next, standing];
    Atomics.wait(stop, 0, 0, 1);
  }
  standing.exec('COMMIT');
  one.close();
  two.close();
`;

const readInRelay = async (path: string): Promise<() => Promise<unknown>> => {
  const stop = new SharedArrayBuffer(4);
  const worker = new Worker(relay, { eval: true, workerData: { path, stop, driverFile } });
  const ended = new Promise((resolve) => worker.once('exit', resolve));
  await new Promise((resolve) => worker.once('message', resolve));
  return () => {
    Atomics.store(new Int32Array(stop), 0, 1);
    return ended;
  };
};

it('readers of whom there is always one are waited for, a moment, where a checkpoint would never find the log unread', async () => {
  const [now, before] = [open(short), open(withoutPatience)];
  before.commit(1);
  const endBefore = await readInRelay(before.path);
  before.commit(600);
  await endBefore();
  expect(before.size()).toBeGreaterThan(30 * megabyte);
  now.commit(1);
  const endNow = await readInRelay(now.path);
  let longest = 0;
  do {
    longest = Math.max(longest, now.size());
    now.commit(10);
    await new Promise((resolve) => setTimeout(resolve, 10));
  } while (now.size() >= longest);
  await endNow();
  expect(now.size()).toBeLessThan(5 * megabyte);
});

describe('when nobody writes', () => {
  beforeEach(() => {
    jest.useFakeTimers();
  });
  afterEach(() => {
    jest.useRealTimers();
  });

  it('the log goes into the database', () => {
    const { commit, size } = open(short);
    commit(20);
    expect(size()).toBeGreaterThan(megabyte);
    jest.advanceTimersByTime(2_900);
    expect(size()).toBeGreaterThan(megabyte);
    jest.advanceTimersByTime(200);
    expect(size()).toBe(0);
  });

  it('a reader is not waited for: it is tried again when the reader may have gone', () => {
    const { path, commit, size } = open(short);
    commit(1);
    const reader = closing(openSqlite(path, { readonly: true }));
    reader.exec('BEGIN');
    reader.prepare('SELECT count(*) FROM rows').get();
    commit(20);
    jest.advanceTimersByTime(10_000);
    expect(size()).toBeGreaterThan(megabyte);
    reader.exec('COMMIT');
    jest.advanceTimersByTime(3_000);
    expect(size()).toBe(0);
  });

  it('a few pages stay where they are', () => {
    const { commit, size } = open(short);
    commit(2);
    const before = size();
    jest.advanceTimersByTime(60_000);
    expect(size()).toBe(before);
    expect(jest.getTimerCount()).toBe(0);
  });
});
