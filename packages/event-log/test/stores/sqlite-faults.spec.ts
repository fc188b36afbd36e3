import { type Database, openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { EventLogCorrupt, EventStoreUnavailable, type Envelope, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { DataFolderInUse, lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { createAppendQueue } from '@tichet-albastru/event-log/stores/append-queue';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import type { AppendRequest } from '@tichet-albastru/event-log/stores/append-rules';
import { openSqliteWriter } from '@tichet-albastru/event-log/stores/sqlite/sqlite-writer';
import { createCommitQueue } from '@tichet-albastru/event-log/database/sqlite/commit-queue';
import { openDurable } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { closing, emptyFolder } from '../../../../test/support/closing';
import { driverFile, readsTypeScript } from '../../../../test/support/driver-of-sqlite';

let folder = '';
beforeEach(() => {
  folder = emptyFolder();
});
const path = () => join(folder, 'events.db');
const event = (id: string): Envelope => ({ id, type: 'Noted', body: `{"id":"${id}"}`, hash: 'ab'.repeat(32) });
const request = (stream: string, ...ids: readonly string[]): AppendRequest => ({
  stream,
  expected: { kind: 'no-stream' },
  events: ids.map(event),
});
const countOf = (): unknown => {
  const database = openSqlite(path(), { readonly: true });
  const count = database.prepare('SELECT count(*) FROM events').pluck().get();
  database.close();
  return count;
};
const failingCommit = (times: number, afterwards: boolean) => {
  let left = times;
  return (database: Database): void => {
    const fails = left > 0;
    left -= 1;
    if (!fails || afterwards) database.exec('COMMIT');
    if (fails) throw Object.assign(new Error('disk'), { code: 'SQLITE_IOERR' });
  };
};

describe('a commit that fails', () => {
  it.each([
    { when: 'before it was written', afterwards: false, kind: 'appended' },
    { when: 'after it was written', afterwards: true, kind: 'already-appended' },
  ])('$when is settled by repeating the identical appends', ({ afterwards, kind }) => {
    const writer = openSqliteWriter(path(), failingCommit(1, afterwards));
    const outcomes = writer.write([request('a-1', 'i1', 'i2'), request('a-2', 'i3')]);
    expect(outcomes).toMatchObject([
      { kind, revision: 1 },
      { kind, revision: 0 },
    ]);
    writer.close();
    expect(countOf()).toBe(3);
  });

  it('for good leaves every caller with "unavailable", and a later repetition with the truth', async () => {
    const writer = closing(openSqliteWriter(path(), failingCommit(3, false)));
    const queue = createAppendQueue(
      (requests) => Promise.resolve(writer.write(requests)),
      () => undefined,
    );
    const asked = [queue.append(request('a-1', 'i1')), queue.append(request('a-2', 'i2'))];
    for (const answer of await Promise.allSettled(asked)) {
      expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(EventStoreUnavailable) as unknown });
    }
    expect(countOf()).toBe(0);
    await expect(queue.append(request('a-1', 'i1'))).resolves.toMatchObject({ kind: 'appended' });
  });

  it('of a file that another process writes into is waited for no longer than about a second, and is no crash', async () => {
    const store = closing(await openSqliteEventStore({ folder }));
    const other = closing(openSqlite(path()));
    other.exec('BEGIN IMMEDIATE');
    await expect(store.append('a-1', { kind: 'no-stream' }, [event('i1')])).rejects.toThrow(EventStoreUnavailable);
    other.exec('ROLLBACK');
    await expect(store.append('a-1', { kind: 'no-stream' }, [event('i1')])).resolves.toMatchObject({ kind: 'appended' });
  });
});

describe('the events table', () => {
  const written = async () => {
    const store = await openSqliteEventStore({ folder });
    await store.append('a-1', { kind: 'no-stream' }, [event('i1'), event('i2'), event('i3')]);
    return store;
  };
  const all = async (events: AsyncIterable<Recorded>): Promise<number> => {
    let count = 0;
    for await (const { revision } of events) count = revision + 1;
    return count;
  };

  it('never changes and never loses a row', async () => {
    await (await written()).close();
    const database = closing(openSqlite(path()));
    expect(() => database.exec(`UPDATE events SET data = 'x'`)).toThrow('append-only');
    expect(() => database.exec('DELETE FROM events WHERE revision = 2')).toThrow('append-only');
  });

  it('with a row cut out is an error for every reader, never a shorter history', async () => {
    const store = closing(await written());
    const database = openSqlite(path());
    database.exec('DROP TRIGGER events_never_go; DELETE FROM events WHERE revision = 1');
    database.close();
    await expect(all(store.read('a-1'))).rejects.toThrow(EventLogCorrupt);
    await expect(all(store.readAll())).rejects.toThrow(EventLogCorrupt);
  });

  it('is read beside the writer, and is seen to grow by another process', async () => {
    const store = closing(await written());
    const reader = closing(await openSqliteEventStore({ folder, readOnly: true }));
    await expect(reader.append('a-2', { kind: 'no-stream' }, [event('i4')])).rejects.toThrow(EventStoreUnavailable);
    const stop = new AbortController();
    const seen: string[] = [];
    for await (const item of reader.subscribe({ signal: stop.signal })) {
      if (!('kind' in item)) seen.push(item.id);
      else if (seen.length === 3) await store.append('a-2', { kind: 'no-stream' }, [event('i4')]);
      if (seen.length === 4) stop.abort();
    }
    expect(seen).toEqual(['i1', 'i2', 'i3', 'i4']);
  });
});

describe('a durable database', () => {
  it('runs with synchronous=FULL and overwrites what is deleted', () => {
    const database = closing(openDurable(join(folder, 'x.db')));
    expect(database.pragma('synchronous', { simple: true })).toBe(2);
    expect(database.pragma('secure_delete', { simple: true })).toBe(1);
    expect(database.pragma('journal_mode', { simple: true })).toBe('wal');
  });

  it('undoes a write that throws alone, and commits the others', async () => {
    const database = closing(openDurable(join(folder, 'x.db')));
    database.exec('CREATE TABLE t (v INTEGER PRIMARY KEY)');
    const queue = createCommitQueue(database);
    const insert = database.prepare<[number]>('INSERT INTO t VALUES (?)');
    const write = (...values: readonly number[]) =>
      queue.run(() => {
        for (const value of values) insert.run(value);
      });
    const answers = await Promise.allSettled([write(1), write(2, 1), write(3)]);
    expect(answers.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(database.prepare('SELECT v FROM t ORDER BY v').pluck().all()).toEqual([1, 3]);
    queue.close();
    await expect(write(4)).rejects.toThrow('closed');
  });
});

describe('the data folder', () => {
  const lockElsewhere = `const d = require(process.argv[2]).openSqlite(process.argv[1], { timeout: 0 }); d.exec('BEGIN EXCLUSIVE'); process.stdout.write('locked'); process.kill(process.pid, 'SIGKILL');`;

  it('has one process at a time, and the second is told why', () => {
    const lock = lockDataFolder(folder);
    expect(() => lockDataFolder(folder)).toThrow(DataFolderInUse);
    expect(() => lockDataFolder(folder)).toThrow(`Another process uses the data folder ${folder}: stop it.`);
    lock.release();
    lockDataFolder(folder).release();
  });

  it('is free again after its process was killed', () => {
    const { stdout, signal } = spawnSync(process.execPath, [...readsTypeScript, '-e', lockElsewhere, join(folder, 'lock.db'), driverFile], {
      encoding: 'utf8',
    });
    expect([stdout, signal]).toEqual(['locked', 'SIGKILL']);
    lockDataFolder(folder).release();
  });
});
