import { type Database, openSqlite, SqliteUnusable } from '../sqlite/driver';
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { Unusable } from '../../unusable';
import { logFiles, pathIn } from '../log-files';
import { DataFolderUnusable, folderUnusable } from './data-folder-unusable';

/** Another process has the folder. */
export class DataFolderInUse extends Unusable<'dataFolder.inUse'> {
  override readonly name = 'DataFolderInUse';
}

export type DataFolderLock = { release(): void };

const makeFolder = (folder: string): void => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
};

const openLock = (folder: string): Database => {
  try {
    makeFolder(folder);
    const path = pathIn(folder, logFiles.lock);
    const database = openSqlite(path, { timeout: 0 });
    chmodSync(path, 0o600);
    return database;
  } catch (error) {
    throw folderUnusable(folder, error) ?? error;
  }
};

const inUse = (folder: string): DataFolderInUse => new DataFolderInUse('dataFolder.inUse', { folder });

/**
 * Makes the folder (readable by its owner only) and takes it for this process. The lock is the operating system's: it is
 * gone with the process, however that ends, and leaves nothing to clean up.
 * @param options.toRestore for a restore: only a restore may take a folder in which one was interrupted
 * @throws DataFolderInUse when another process has it, DataFolderUnusable when nothing can be written there (then nothing was), and when
 *   a restore was interrupted there
 */
export const lockDataFolder = (folder: string, { toRestore = false }: { readonly toRestore?: boolean } = {}): DataFolderLock => {
  const database = openLock(folder);
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (errorCode(error)?.startsWith('SQLITE_BUSY') !== true) throw folderUnusable(folder, error) ?? error;
    throw inUse(folder);
  }
  if (!toRestore && existsSync(pathIn(folder, logFiles.restoring))) {
    database.close();
    throw new DataFolderUnusable('dataFolder.halfRestored', { folder });
  }
  return {
    release: () => {
      database.close();
    },
  };
};

const isAlive = (processId: number): boolean => {
  try {
    return Number.isSafeInteger(processId) && process.kill(processId, 0);
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
};

/** In a container every service has the same number: one that this process did not write is of a dead one. */
const heldHere = new Set<string>();

/**
 * As `lockDataFolder`, for a process that keeps only letters and a key in the folder: where SQLite cannot be loaded, a file with the
 * number of the process stands for the lock. The file of a dead process is taken over.
 */
export const lockWithoutSqlite = (folder: string): DataFolderLock => {
  try {
    return lockDataFolder(folder);
  } catch (error) {
    if (!(error instanceof SqliteUnusable)) throw error;
  }
  const path = pathIn(folder, logFiles.lockOfProcess);
  const take = (): boolean => {
    try {
      writeFileSync(path, String(process.pid), { flag: 'wx', mode: 0o600 });
      return true;
    } catch (error) {
      if (errorCode(error) === 'EEXIST') return false;
      throw error;
    }
  };
  try {
    makeFolder(folder);
    if (!take()) {
      const holder = Number(readFileSync(path, 'utf8'));
      if (holder === process.pid ? heldHere.has(path) : holder > 0 && isAlive(holder)) throw inUse(folder);
      rmSync(path, { force: true });
      if (!take()) throw inUse(folder);
    }
  } catch (error) {
    throw folderUnusable(folder, error) ?? error;
  }
  heldHere.add(path);
  return {
    release: () => {
      heldHere.delete(path);
      rmSync(path, { force: true });
    },
  };
};
