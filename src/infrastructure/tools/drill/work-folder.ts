import { existsSync, lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { BackupUnusable } from '../backup/manifest';
import { DataFolderInUse, lockDataFolder } from '../../database/data-folder/lock-data-folder';

const begins = 'tichet-drill-';
/** A folder as young as this may be of a drill that has not taken it yet, in milliseconds. */
const youngest = 60_000;

export type WorkFolder = { readonly path: string; /** and takes it away, unless it is to be kept */ leave(): void };

const isAbandoned = (path: string, now: number): boolean => {
  const found = lstatSync(path, { throwIfNoEntry: false });
  if (found === undefined || !found.isDirectory() || found.uid !== process.getuid?.() || now - found.mtimeMs < youngest) return false;
  try {
    lockDataFolder(path, { toRestore: true }).release();
    return true;
  } catch (error) {
    if (error instanceof DataFolderInUse) return false;
    throw error;
  }
};

/** A drill that was killed has left all the data there, with the keys of people who may have been erased since. */
const takeAwayWhatWasLeft = (): void => {
  const now = Date.now();
  for (const name of readdirSync(tmpdir()).filter((one) => one.startsWith(begins))) {
    const path = join(tmpdir(), name);
    if (isAbandoned(path, now)) rmSync(path, { recursive: true, force: true });
  }
};

const ownFolder = (): WorkFolder => {
  takeAwayWhatWasLeft();
  const path = mkdtempSync(join(tmpdir(), begins));
  // the lock ends with the process: by it the next drill knows that this one is over
  const lock = lockDataFolder(path);
  return {
    path,
    leave: () => {
      lock.release();
      rmSync(path, { recursive: true, force: true });
    },
  };
};

/**
 * Where a drill works: a folder of its own, or the one that is to be kept.
 * @throws BackupUnusable when the folder to keep is not empty
 */
export const openWorkFolder = (keep: string | undefined): WorkFolder => {
  if (keep === undefined) return ownFolder();
  if (existsSync(keep) && readdirSync(keep).length > 0)
    throw new BackupUnusable(`Dosarul ${keep} nu este gol. / The folder ${keep} is not empty.`);
  mkdirSync(keep, { recursive: true, mode: 0o700 });
  return { path: keep, leave: () => undefined };
};
