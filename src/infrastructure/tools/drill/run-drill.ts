import { readdirSync, statfsSync, statSync, lstatSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../../domain/kernel/fact';
import { makeBackup, type BackedUp } from '../backup/make-backup';
import type { FollowedTables } from '../../nest/provided';
import { inBoth } from '../../phrasing/sentences';
import { BackupUnusable, mustBeEmpty } from '../backup/manifest';
import type { DrillTurn } from './found';
import { tryBackup, type BackupTried } from './try-backup';
import { tmpdir } from 'node:os';
import { DataFolderInUse, lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';

const begins = 'tichet-drill-';
/** A folder as young as this may be of a drill that has not taken it yet, in milliseconds. */
const youngest = 60_000;

type WorkFolder = { readonly path: string; /** and takes it away, unless it is to be kept */ leave(): void };

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
  mustBeEmpty(keep);
  mkdirSync(keep, { recursive: true, mode: 0o700 });
  return { path: keep, leave: () => undefined };
};

export type DrillReport = BackupTried & {
  readonly madeAt: Instant;
  /** milliseconds */
  readonly took: number;
  /** where everything was left to be looked at */
  readonly kept?: string;
};

/** The backup, the restored data, and the tables that are made anew. */
const timesAsMuch = 3;

const bytesIn = (folder: string): number =>
  readdirSync(folder, { recursive: true, withFileTypes: true }).reduce(
    (sum, entry) => sum + (entry.isFile() ? (statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0) : 0),
    0,
  );

const megabytes = (bytes: number): number => Math.ceil(bytes / 1024 / 1024);

/** @throws BackupUnusable before anything is written, when there is too little room */
const mustHaveRoom = (dataFolder: string, work: string): void => {
  const needed = timesAsMuch * bytesIn(dataFolder);
  const { bavail, bsize } = statfsSync(work);
  const free = bavail * bsize;
  if (free >= needed) return;
  throw new BackupUnusable(inBoth.backup.drill.noRoom({ needed: megabytes(needed), work, free: megabytes(free) }));
};

/**
 * The restore drill, beside a running service: a backup, restored elsewhere, verified, its tables made anew and compared. It leaves nothing
 * behind unless it was told to keep it; what one that was killed has left is taken away by the next.
 * @throws BackupUnusable for want of room; the signal's reason
 */
export const runDrill = async (
  source: BackedUp,
  options: { readonly keep?: string; readonly outside?: string; readonly at: Instant; readonly tables: FollowedTables },
  turn: DrillTurn,
): Promise<DrillReport> => {
  const from = performance.now();
  const folder = openWorkFolder(options.keep);
  const work = folder.path;
  try {
    mustHaveRoom(source.dataFolder, work);
    turn.signal.throwIfAborted();
    const backup = join(work, 'backup');
    await makeBackup(source, backup, options.at, (done, total) => {
      turn.tell('backup', done, total);
      turn.signal.throwIfAborted();
    });
    const tried = await tryBackup({ backup, work, masterKeyFile: source.masterKeyFile, ...options }, turn);
    const took = Math.round(performance.now() - from);
    return { ...tried, madeAt: options.at, took, ...(options.keep === undefined ? {} : { kept: work }) };
  } finally {
    folder.leave();
  }
};
