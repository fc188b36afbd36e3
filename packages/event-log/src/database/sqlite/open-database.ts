import { type Database, openSqlite } from './driver';
import { chmodSync, closeSync, fdatasync, fdatasyncSync, openSync } from 'node:fs';

/** Brings the write-ahead log of a database to the disk, as far as it is written when asked. */
export type LogSync = {
  /** beside the thread that asks */
  apart(): Promise<void>;
  /** at the end: the thread waits */
  now(): void;
  /** once the work under way is over */
  close(): void;
};

/** @param path of the log; it is there from the first commit until the last connection is closed */
export const openLogSync = (path: string): LogSync => {
  let file: number | undefined;
  let underWay = 0;
  let closing = false;
  const opened = (): number => (file ??= openSync(path, 'r+'));
  const closeIfOver = (): void => {
    if (!closing || underWay > 0 || file === undefined) return;
    closeSync(file);
    file = undefined;
  };
  return {
    apart: () =>
      new Promise((resolve, reject) => {
        const log = opened();
        underWay += 1;
        fdatasync(log, (error) => {
          underWay -= 1;
          closeIfOver();
          if (error) reject(error);
          else resolve();
        });
      }),
    now: () => {
      fdatasyncSync(opened());
    },
    close: () => {
      closing = true;
      closeIfOver();
    },
  };
};

/** The longest wait for another process's lock, in milliseconds. */
const busyTimeout = 1000;
const full = 2;

/**
 * A database whose commits survive a power cut. better-sqlite3 silently runs `synchronous=NORMAL` in WAL mode, which loses
 * acknowledged events, so FULL is set and asserted. Deleted bytes are overwritten. Only the owner may read the file.
 */
export const openDurable = (path: string): Database => {
  const database = openSqlite(path, { timeout: busyTimeout });
  chmodSync(path, 0o600);
  database.pragma('journal_mode = WAL');
  database.pragma('synchronous = FULL');
  database.pragma('secure_delete = ON');
  const synchronous = database.pragma('synchronous', { simple: true });
  if (synchronous !== full) {
    database.close();
    throw new Error(`${path} runs with synchronous=${String(synchronous)} instead of FULL.`);
  }
  return database;
};

/**
 * A database whose commits survive a power cut once `sync` has answered, without the thread that writes waiting for the disk: a commit
 * puts its pages into the write-ahead log, and syncing that log is all that FULL would do after it. The log itself is synced by SQLite
 * whenever it begins anew, and before anything of it goes into the database.
 */
export const openSyncedApart = (path: string): { readonly database: Database; readonly sync: LogSync } => {
  const database = openSqlite(path, { timeout: busyTimeout });
  chmodSync(path, 0o600);
  const mode = database.pragma('journal_mode = WAL', { simple: true });
  if (mode !== 'wal') {
    database.close();
    throw new Error(`${path} runs with journal_mode=${String(mode)} instead of WAL.`);
  }
  database.pragma('synchronous = NORMAL');
  database.pragma('secure_delete = ON');
  return { database, sync: openLogSync(`${path}-wal`) };
};

/**
 * A second connection to the same file, for writes that a power cut may undo, because they can be repeated.
 * The operating system holds a commit, so a killed process does not lose it, and no caller waits for the disk.
 */
export const openRepeatable = (path: string): Database => {
  const database = openSqlite(path, { fileMustExist: true, timeout: busyTimeout });
  database.pragma('synchronous = NORMAL');
  database.pragma('secure_delete = ON');
  return database;
};

/** A connection that reads beside the writer. */
export const openReading = (path: string): Database => {
  const database = openSqlite(path, { readonly: true, fileMustExist: true, timeout: busyTimeout });
  database.pragma('cache_size = -16000');
  return database;
};

/**
 * What one process sets aside while it works: in memory as long as it is little, then in a file without a name in the system's temporary
 * folder. The file is gone with the process, however that ends, and no other process can open it.
 */
export const openSetAside = (): Database => {
  const database = openSqlite('');
  database.pragma('journal_mode = OFF');
  database.pragma('synchronous = OFF');
  database.pragma('cache_size = -32000');
  return database;
};
