import { readdirSync, statfsSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Instant } from '../../../domain/kernel/fact';
import { makeBackup, type BackedUp } from '../backup/make-backup';
import { BackupUnusable } from '../backup/manifest';
import type { DrillTurn } from './found';
import { openWorkFolder } from './work-folder';
import { tryBackup, type BackupTried } from './try-backup';

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
  throw new BackupUnusable(
    `Exercițiul are nevoie de ${megabytes(needed)} MB în ${work}, unde sunt liberi ${megabytes(free)}; alegeți alt loc (--keep, TMPDIR). / ` +
      `The drill needs ${megabytes(needed)} MB in ${work}, where ${megabytes(free)} are free; choose another place (--keep, TMPDIR).`,
  );
};

/**
 * The restore drill, beside a running service: a backup, restored elsewhere, verified, its tables made anew and compared. It leaves nothing
 * behind unless it was told to keep it; what one that was killed has left is taken away by the next.
 * @throws BackupUnusable for want of room; the signal's reason
 */
export const runDrill = async (
  source: BackedUp,
  options: { readonly keep?: string; readonly outside?: string; readonly at: Instant },
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
