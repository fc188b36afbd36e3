import type { Database } from './driver';
import { statSync } from 'node:fs';

/** Keeps the write-ahead log of a database short. What is committed is as safe in the log as in the database: nothing else changes. */
export type ShortLog = {
  /** After a commit, of any connection. */
  wrote(): void;
  close(): void;
};

const megabyte = 1024 * 1024;
/** A file that has grown to this has always had a reader: they are waited for, a moment. */
const mostBytes = 6 * megabyte;
const patienceMilliseconds = 50;
const tryAgainAfterMilliseconds = 1000;
/** So long after the last commit the writers are taken to be idle, and a log worth it is put into the database. */
const idleMilliseconds = 3000;
const worthIt = megabyte / 2;

const sizeOf = (path: string): number => statSync(path, { throwIfNoEntry: false })?.size ?? 0;

/**
 * @param database the connection that writes
 * @param megabytes A commit that finds so many in the log puts them into the database, and the file is cut back to them. One commit comes on top.
 */
export const keepLogShort = (database: Database, megabytes = 4): ShortLog => {
  const path = `${database.name}-wal`;
  const [pageSize, busyTimeout] = ['page_size', 'busy_timeout'].map((name) => Number(database.pragma(name, { simple: true })));
  const bytesInLog = megabytes * megabyte;
  database.pragma(`wal_autocheckpoint = ${Math.floor(bytesInLog / (pageSize ?? 4096))}`);
  database.pragma(`journal_size_limit = ${bytesInLog}`);
  let [lastWrite, lastTry] = [0, 0];
  let waiting: NodeJS.Timeout | undefined;

  /** A reader's snapshot keeps the log from being emptied: the next write, or the next idle moment, tries again. */
  const empty = (patience: number): void => {
    lastTry = performance.now();
    try {
      database.pragma(`busy_timeout = ${patience}`);
      database.pragma('wal_checkpoint(TRUNCATE)');
    } catch {
      // if the disk fails, the next write meets the error
    } finally {
      database.pragma(`busy_timeout = ${busyTimeout ?? 0}`);
    }
  };
  const whenIdle = (): void => {
    const left = lastWrite + idleMilliseconds - performance.now();
    waiting = undefined;
    if (left > 0) waitFor(left);
    else if (sizeOf(path) >= worthIt) {
      empty(0);
      if (sizeOf(path) >= worthIt) waitFor(idleMilliseconds);
    }
  };
  const waitFor = (milliseconds: number): void => {
    waiting ??= setTimeout(whenIdle, milliseconds).unref();
  };

  return {
    wrote: () => {
      lastWrite = performance.now();
      waitFor(idleMilliseconds);
      if (lastWrite - lastTry > tryAgainAfterMilliseconds && sizeOf(path) > mostBytes) empty(patienceMilliseconds);
    },
    close: () => {
      clearTimeout(waiting);
    },
  };
};
