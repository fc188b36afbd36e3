import type { Database } from './driver';
import type { LogSync } from './open-database';
import { keepLogShort } from './short-log';
import type { PlaceHealth } from '../storage-health';

/** Runs writes that were asked for at the same time in one transaction: many callers, one fsync. */
export type CommitQueue = {
  /**
   * Resolves when it is committed and, where the queue syncs, on the disk. A write that throws is undone alone. A commit that fails
   * undoes and rejects all of its writes. After a sync that fails the outcome is unknown: the writes are repeated as after a lost answer.
   */
  run<T>(write: () => T): Promise<T>;
  /** Resolves when all that can be read by now is on the disk: for a caller that finds nothing left to write. */
  durable(): Promise<void>;
  /** Commits what waits and takes no more. */
  close(): void;
};

type Waiting = { readonly perform: () => void; readonly settle: () => void; readonly fail: (error: unknown) => void };

/**
 * @param health is told how the writes went
 * @param sync left out where a commit is all that is promised, or where the database syncs by itself
 */
export const createCommitQueue = (database: Database, health?: PlaceHealth, sync?: LogSync): CommitQueue => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const savepoint = database.prepare('SAVEPOINT one_write');
  const release = database.prepare('RELEASE one_write');
  const undo = database.prepare('ROLLBACK TO one_write');
  const log = database.readonly ? undefined : keepLogShort(database);
  let waiting: Waiting[] = [];
  let closed = false;
  /** Committed, and not yet known to be on the disk. */
  let committed: Waiting[] = [];
  let syncing = false;
  let doubtful = false;

  const performOne = (write: Waiting): boolean => {
    savepoint.run();
    try {
      write.perform();
      release.run();
      return true;
    } catch (error) {
      if (!database.inTransaction) throw error;
      undo.run();
      release.run();
      health?.failed(error);
      write.fail(error);
      return false;
    }
  };

  const undoAll = (): void => {
    try {
      if (database.inTransaction) rollback.run();
    } catch (error) {
      // A disk that takes no write may not take its undoing either: nothing was committed, and the caller is told so.
      health?.failed(error);
    }
  };

  const settleAll = (done: readonly Waiting[]): void => {
    if (done.length > 0) health?.wrote();
    for (const write of done) write.settle();
  };
  const failAll = (writes: readonly Waiting[], error: unknown): void => {
    health?.failed(error);
    for (const write of writes) write.fail(error);
  };

  /** One sync at a time; what is committed meanwhile shares the next one. */
  const syncCommitted = async (log: LogSync): Promise<void> => {
    syncing = true;
    while (committed.length > 0) {
      const batch = committed;
      committed = [];
      try {
        await log.apart();
        settleAll(batch);
      } catch (error) {
        doubtful = true;
        failAll(batch, error);
      }
    }
    syncing = false;
  };

  /** After a failed sync the system may hold for written what is not: the log's pages are put into the database, which is synced. */
  const makeSure = (): void => {
    if (!doubtful) return;
    database.pragma('wal_checkpoint(TRUNCATE)');
    doubtful = false;
  };

  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    const done: Waiting[] = [];
    try {
      makeSure();
      begin.run();
      done.push(...batch.filter(performOne));
      commit.run();
      log?.wrote();
    } catch (error) {
      // the cause is told before what comes of it
      failAll(batch, error);
      undoAll();
      return;
    }
    if (sync === undefined) {
      settleAll(done);
      return;
    }
    committed.push(...done);
    if (!syncing) void syncCommitted(sync);
  };

  const run = <T>(write: () => T): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      if (closed) {
        reject(new Error('The database is closed.'));
        return;
      }
      const results: T[] = [];
      waiting.push({
        perform: () => {
          results[0] = write();
        },
        settle: () => {
          for (const result of results) resolve(result);
        },
        fail: reject,
      });
      if (waiting.length === 1) setImmediate(flush);
    });

  return {
    run,
    durable: () => (syncing || doubtful ? run(() => undefined) : Promise.resolve()),
    close: () => {
      closed = true;
      flush();
      log?.close();
      const last = committed;
      committed = [];
      if (sync === undefined || last.length === 0) return;
      try {
        sync.now();
        settleAll(last);
      } catch (error) {
        failAll(last, error);
      }
    },
  };
};
