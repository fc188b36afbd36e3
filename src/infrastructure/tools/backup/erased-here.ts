import Database from 'better-sqlite3';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { dataFiles } from '../../database/data-folder/data-files';
import { errorCode } from '../../runtime/error-code';

/** What a restore sets aside lies in folders of this name and a time. */
export const asideFolder = 'replaced-';

export type ErasedHere = {
  /** names of keys that were destroyed here, sorted */
  readonly names: readonly string[];
  /** key stores that say nothing any more: whom they had erased after the backup was made, nobody knows */
  readonly unreadable: readonly string[];
};

/** A file that is no key store, or none any more. */
const broken: readonly string[] = ['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_ERROR', 'SQLITE_IOERR'];
const isBroken = (error: unknown): boolean => broken.some((code) => errorCode(error)?.startsWith(code) === true);

const destroyedIn = (path: string): readonly string[] | undefined => {
  // whatever master key they are wrapped with
  const database = new Database(path, { readonly: true, fileMustExist: true });
  try {
    return database.prepare<[], string>('SELECT name FROM keys WHERE wrapped IS NULL').pluck().all();
  } catch (error) {
    if (isBroken(error)) return undefined;
    throw error;
  } finally {
    database.close();
  }
};

/**
 * Names of keys that the key store of this folder has destroyed, and those that were set aside: what was erased after the backup was made.
 * The ones set aside count, for a restore that was interrupted has left the newest there.
 */
export const erasedHere = (dataFolder: string): ErasedHere => {
  const aside = readdirSync(dataFolder).filter((name) => name.startsWith(asideFolder));
  const stores = ['.', ...aside].map((folder) => join(dataFolder, folder, dataFiles.keys)).filter((path) => existsSync(path));
  const read = stores.map((path) => ({ path, names: destroyedIn(path) }));
  return {
    names: [...new Set(read.flatMap(({ names }) => names ?? []))].sort(),
    unreadable: read.filter(({ names }) => names === undefined).map(({ path }) => path),
  };
};
