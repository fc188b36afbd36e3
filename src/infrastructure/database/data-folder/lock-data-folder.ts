import Database from 'better-sqlite3';
import { accessSync, chmodSync, constants, existsSync, mkdirSync } from 'node:fs';
import { errorCode } from '../../runtime/error-code';
import { dataFiles, pathIn } from './data-files';
import { DataFolderUnusable, folderUnusable } from './data-folder-unusable';

/** Another process has the folder; the message is a sentence for the administrator, in Romanian and in English. */
export class DataFolderInUse extends Error {
  override readonly name = 'DataFolderInUse';
}

export type DataFolderLock = { release(): void };

const openLock = (folder: string): Database.Database => {
  try {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    accessSync(folder, constants.R_OK | constants.W_OK | constants.X_OK);
    const path = pathIn(folder, dataFiles.lock);
    const database = new Database(path, { timeout: 0 });
    chmodSync(path, 0o600);
    return database;
  } catch (error) {
    throw folderUnusable(folder, error) ?? error;
  }
};

const halfRestored = (folder: string): DataFolderUnusable =>
  new DataFolderUnusable(
    `În dosarul de date ${folder} o restaurare a fost întreruptă, iar datele nu sunt întregi; rulați din nou „tichet restore” cu aceeași copie. / ` +
      `A restore into the data folder ${folder} was interrupted, and the data are not whole; run “tichet restore” again with the same backup.`,
  );

/**
 * Makes the folder (readable by its owner only) and takes it for this process. The lock is the operating system's: it is
 * gone with the process, however that ends, and leaves nothing to clean up.
 * @param options.toRestore for whoever makes the data whole: only a restore may take a folder in which one was interrupted
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
    throw new DataFolderInUse(
      `Dosarul de date ${folder} este folosit de alt proces; opriți-l sau alegeți alt dosar (TICHET_DATA_DIR). / ` +
        `The data folder ${folder} is in use by another process; stop it or choose another folder (TICHET_DATA_DIR).`,
    );
  }
  if (!toRestore && existsSync(pathIn(folder, dataFiles.restoring))) {
    database.close();
    throw halfRestored(folder);
  }
  return {
    release: () => {
      database.close();
    },
  };
};
