import Database from 'better-sqlite3';
import { mkdirSync } from 'node:fs';
import { errorCode } from '../error-code';
import { dataFiles, pathIn } from './data-files';

/** Another process has the folder; the message is a sentence for the administrator, in Romanian and in English. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
}

export type DataFolderLock = { release(): void };

/**
 * Makes the folder (readable by its owner only) and takes it for this process. The lock is the operating system's: it is
 * gone with the process, however that ends, and leaves nothing to clean up.
 * @throws DataFolderInUse when another process has it
 */
export const lockDataFolder = (folder: string): DataFolderLock => {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const database = new Database(pathIn(folder, dataFiles.lock), { timeout: 0 });
  try {
    database.pragma('journal_mode = DELETE');
    database.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    database.close();
    if (errorCode(error)?.startsWith('SQLITE_BUSY') !== true) throw error;
    throw new DataFolderInUse(
      `Dosarul de date ${folder} este folosit de alt proces; opriți-l sau alegeți alt dosar (TICHET_DATA_DIR). / ` +
        `The data folder ${folder} is in use by another process; stop it or choose another folder (TICHET_DATA_DIR).`,
    );
  }
  return {
    release: () => {
      database.close();
    },
  };
};
