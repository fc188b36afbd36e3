import Database from 'better-sqlite3';
import { chmodSync } from 'node:fs';

/** The longest wait for another process's lock, in milliseconds. */
const busyTimeout = 1000;
const full = 2;

/**
 * A database whose commits survive a power cut. better-sqlite3 silently runs `synchronous=NORMAL` in WAL mode, which loses
 * acknowledged events, so FULL is set and asserted. Deleted bytes are overwritten. Only the owner may read the file.
 */
export const openDurable = (path: string): Database.Database => {
  const database = new Database(path, { timeout: busyTimeout });
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
 * A second connection to the same file for what a power cut may take back, because it would only be done again.
 * A commit is in the hands of the operating system, so no killed process loses it, and nobody waits for the disk.
 */
export const openRepeatable = (path: string): Database.Database => {
  const database = new Database(path, { fileMustExist: true, timeout: busyTimeout });
  database.pragma('synchronous = NORMAL');
  database.pragma('secure_delete = ON');
  return database;
};

/** A connection that reads beside the writer. */
export const openReading = (path: string): Database.Database => {
  const database = new Database(path, { readonly: true, fileMustExist: true, timeout: busyTimeout });
  database.pragma('cache_size = -16000');
  return database;
};
