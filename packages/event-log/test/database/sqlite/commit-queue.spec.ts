import { join } from 'node:path';
import { setImmediate as turn } from 'node:timers/promises';
import { createCommitQueue, type CommitQueue } from '@tichet-albastru/event-log/database/sqlite/commit-queue';
import { type LogSync, openSyncedApart } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { createStorageHealth } from '@tichet-albastru/event-log/database/storage-health';
import { silentLogger } from '../../../../../src/infrastructure/testing/test-ports';
import { closing, emptyFolder } from '../../../../../test/support/closing';

/** A disk that answers when it is told to. */
const slowDisk = () => {
  const waiting: { readonly resolve: () => void; readonly reject: (error: Error) => void }[] = [];
  let nows = 0;
  const sync: LogSync = {
    apart: () =>
      new Promise((resolve, reject) => {
        waiting.push({ resolve, reject });
      }),
    now: () => {
      nows += 1;
    },
    close: () => undefined,
  };
  return {
    sync,
    asked: () => waiting.length,
    nows: () => nows,
    answer: async () => {
      waiting.shift()?.resolve();
      await turn();
    },
    fail: async () => {
      waiting.shift()?.reject(Object.assign(new Error('disk'), { code: 'EIO' }));
      await turn();
    },
  };
};

let opened: ReturnType<typeof openSyncedApart>;
beforeEach(() => {
  opened = openSyncedApart(join(emptyFolder(), 'x.db'));
  closing(opened.database).exec('CREATE TABLE kept (value TEXT)');
  closing(opened.sync);
});

const write = (queue: CommitQueue, value: string): Promise<string> =>
  queue.run(() => {
    opened.database.prepare('INSERT INTO kept VALUES (?)').run(value);
    return value;
  });
const settledOf = (promise: Promise<unknown>): (() => boolean) => {
  let settled = false;
  void promise.finally(() => {
    settled = true;
  });
  return () => settled;
};
/** Until the queue has committed what was asked for. */
const committed = async (asked: () => number, times: number): Promise<void> => {
  while (asked() < times) await turn();
};

describe('a queue whose log is synced apart', () => {
  /** The promise that is tested: nobody is answered before the disk is. */
  const answersEarly = async (queue: CommitQueue, disk: ReturnType<typeof slowDisk>): Promise<boolean> => {
    const first = write(queue, 'a');
    const settled = settledOf(first);
    for (let turns = 0; turns < 20; turns += 1) await turn();
    const early = settled();
    await disk.answer();
    await first;
    return early;
  };

  it('answers when the write is on the disk, and not when it is committed; a queue without the sync is caught', async () => {
    const disk = slowDisk();
    expect(await answersEarly(createCommitQueue(opened.database, undefined, disk.sync), disk)).toBe(false);
    expect(await answersEarly(createCommitQueue(opened.database), disk)).toBe(true);
  });

  it('lets what is committed during a sync share the next one', async () => {
    const disk = slowDisk();
    const queue = createCommitQueue(opened.database, undefined, disk.sync);
    const first = write(queue, 'a');
    await committed(disk.asked, 1);
    const others = ['b', 'c', 'd'].map((value) => write(queue, value));
    const settled = settledOf(Promise.all(others));
    while (opened.database.prepare('SELECT count(*) FROM kept').pluck().get() !== 4) await turn();
    await disk.answer();
    expect(await first).toBe('a');
    expect(settled()).toBe(false);
    expect(disk.asked()).toBe(1);
    await disk.answer();
    expect(await Promise.all(others)).toEqual(['b', 'c', 'd']);
    expect(disk.asked()).toBe(0);
  });

  it('keeps whoever found nothing to write waiting for what was found', async () => {
    const disk = slowDisk();
    const queue = createCommitQueue(opened.database, undefined, disk.sync);
    await queue.durable();
    const first = write(queue, 'a');
    await committed(disk.asked, 1);
    const durable = queue.durable();
    const settled = settledOf(durable);
    for (let turns = 0; turns < 20; turns += 1) await turn();
    expect(settled()).toBe(false);
    await disk.answer();
    await committed(disk.asked, 1);
    await disk.answer();
    await Promise.all([first, durable]);
  });

  it('says that a sync failed, and puts the log into the database before it writes again', async () => {
    const disk = slowDisk();
    const health = createStorageHealth(silentLogger);
    const queue = createCommitQueue(opened.database, health.folder, disk.sync);
    const pragmas: string[] = [];
    const pragma = opened.database.pragma.bind(opened.database);
    opened.database.pragma = (source, options) => {
      pragmas.push(source);
      return pragma(source, options);
    };
    const first = write(queue, 'a');
    await committed(disk.asked, 1);
    const refused = expect(first).rejects.toMatchObject({ code: 'EIO' });
    await disk.fail();
    await refused;
    expect(pragmas).toEqual([]);
    const second = write(queue, 'b');
    await committed(disk.asked, 1);
    expect(pragmas).toEqual(['wal_checkpoint(TRUNCATE)']);
    await disk.answer();
    expect(await second).toBe('b');
    expect(health.failing()).toEqual([]);
  });

  it('brings what is left to the disk when it closes', async () => {
    const disk = slowDisk();
    const queue = createCommitQueue(opened.database, undefined, disk.sync);
    const inFlight = write(queue, 'a');
    await committed(disk.asked, 1);
    const last = write(queue, 'b');
    queue.close();
    expect(await last).toBe('b');
    expect(disk.nows()).toBe(1);
    await disk.answer();
    await inFlight;
    await expect(write(queue, 'c')).rejects.toThrow('closed');
  });
});

describe('a log that is synced apart', () => {
  it('is the one that the database writes, and is closed once nothing is under way', async () => {
    const queue = createCommitQueue(opened.database, undefined, opened.sync);
    await write(queue, 'a');
    const underWay = opened.sync.apart();
    opened.sync.close();
    await expect(underWay).resolves.toBeUndefined();
  });

  it('runs with synchronous=NORMAL: SQLite syncs the log itself where it begins anew, the queue every commit', () => {
    expect(opened.database.pragma('synchronous', { simple: true })).toBe(1);
    expect(opened.database.pragma('journal_mode', { simple: true })).toBe('wal');
    expect(opened.database.pragma('secure_delete', { simple: true })).toBe(1);
  });
});
