import type Database from 'better-sqlite3';
import type { StorageHealth } from './storage-health';

/** Runs writes that were asked for at the same time in one transaction: many callers, one fsync. */
export type CommitQueue = {
  /** Resolves after COMMIT. A write that throws is undone alone; a commit that fails rejects all of its writes, undone. */
  run<T>(write: () => T): Promise<T>;
  /** Commits what waits and takes no more. */
  close(): void;
};

/** While several write at the same time, a commit waits so long for the next of them, in milliseconds; whoever writes alone does not wait. */
const gathering = 8;

type Waiting = { readonly perform: () => void; readonly settle: () => void; readonly fail: (error: unknown) => void };

/** @param health is told how the writes went */
export const createCommitQueue = (database: Database.Database, health?: StorageHealth): CommitQueue => {
  const begin = database.prepare('BEGIN IMMEDIATE');
  const commit = database.prepare('COMMIT');
  const rollback = database.prepare('ROLLBACK');
  const savepoint = database.prepare('SAVEPOINT one_write');
  const release = database.prepare('RELEASE one_write');
  const undo = database.prepare('ROLLBACK TO one_write');
  let waiting: Waiting[] = [];
  let closed = false;
  let together = false;

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
      // A disk that takes no write may not take its undoing either: nothing was committed, and whoever asked is told so.
      health?.failed(error);
    }
  };

  const flush = (): void => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    together = batch.length > 1;
    const done: Waiting[] = [];
    try {
      begin.run();
      done.push(...batch.filter(performOne));
      commit.run();
    } catch (error) {
      undoAll();
      health?.failed(error);
      for (const write of batch) write.fail(error);
      return;
    }
    if (done.length > 0) health?.wrote();
    for (const write of done) write.settle();
  };

  return {
    run: <T>(write: () => T) =>
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
        if (waiting.length > 1) return;
        if (together) setTimeout(flush, gathering);
        else setImmediate(flush);
      }),
    close: () => {
      closed = true;
      flush();
    },
  };
};
