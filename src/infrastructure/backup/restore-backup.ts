import { copyFileSync, existsSync, mkdirSync, renameSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataFiles, pathIn } from '../data-folder/data-files';
import { lockDataFolder } from '../data-folder/lock-data-folder';
import { openSqliteEventStore } from '../event-store/sqlite/sqlite-event-store';
import { destroyAgain } from '../privacy/destroy-again';
import type { KeyStore } from '../privacy/key-store';
import { standingMasterKey } from '../privacy/rotation/standing-master-key';
import { epochOfFile } from '../privacy/sqlite-key-epoch';
import { openSqliteKeyStore } from '../privacy/sqlite-key-store';
import { openDurable, openReading } from '../sqlite/open-database';
import { createEventCodec } from '../serialization/event-codec.codec';
import { checkBackup, checkMasterKeyOf, databaseFiles, isDatabase } from './check-backup';
import { readManifest, type Manifest } from './manifest';
import { asideOf, planSeal, putSealBack, type Rollback } from './restore-seal';

export type Restored = {
  readonly manifest: Manifest;
  /** keys of erased people that were destroyed again */
  readonly destroyedKeys: number;
  /** where the files that stood there before are now */
  readonly replaced?: string;
  /** what had been sealed here reaches further than the restored log, or says otherwise */
  readonly rollback?: Rollback;
};

/** Names of keys that the present key store has destroyed: what was erased after the backup was made. */
const erasedHere = (dataFolder: string): readonly string[] => {
  const path = pathIn(dataFolder, dataFiles.keys);
  if (!existsSync(path)) return [];
  // whatever master key they are wrapped with
  const database = openReading(path);
  try {
    return database.prepare<[], string>('SELECT name FROM keys WHERE wrapped IS NULL ORDER BY name').pluck().all();
  } finally {
    database.close();
  }
};

const setAside = (dataFolder: string, at: string, seals: readonly string[]): string | undefined => {
  const names = databaseFiles.flatMap((name) => ['', '-wal', '-shm'].map((suffix) => `${name}${suffix}`));
  const standing = [...names, ...seals].filter((name) => existsSync(join(dataFolder, name)));
  if (standing.length === 0) return undefined;
  const aside = join(dataFolder, `replaced-${at.replaceAll(/[:.]/g, '-')}`);
  mkdirSync(aside, { mode: 0o700 });
  for (const name of standing) renameSync(join(dataFolder, name), join(aside, name));
  return aside;
};

/** Readable by its owner, and in the journal mode in which the service runs it. */
const putBack = (from: string, to: string): void => {
  copyFileSync(from, to);
  openDurable(to).close();
};

/** Whoever the present log or key store has erased stays erased, and whoever the restored log says is erased as well. */
const eraseAgain = async (dataFolder: string, keys: KeyStore, erased: readonly string[]): Promise<number> => {
  const gone = new Set(await keys.destroyed());
  const living = erased.filter((name) => !gone.has(name));
  if (living.length > 0) await keys.destroy(living);
  const store = await openSqliteEventStore({ folder: dataFolder, readOnly: true });
  await destroyAgain(store, createEventCodec({ keys }), keys);
  await store.close();
  return (await keys.destroyed()).length - gone.size;
};

/**
 * Puts a backup in the place of the data. What stood there is set aside, not deleted. Seals that stand there go on where the restored log
 * begins with what they say; else those of the backup do, and it is told that the log was put back to an earlier state.
 * @throws DataFolderInUse while a service runs
 * @throws BackupUnusable before anything is touched, when the backup is not whole, or its keys are of another epoch
 * @throws MasterKeyUnusable when there is no master key
 */
export const restoreBackup = async (
  { dataFolder, masterKeyFile }: { readonly dataFolder: string; readonly masterKeyFile: string },
  folder: string,
  at: string,
): Promise<Restored> => {
  const lock = lockDataFolder(dataFolder);
  try {
    const manifest = readManifest(folder);
    await checkBackup(folder, manifest);
    const epoch = () => Promise.resolve(epochOfFile(pathIn(dataFolder, dataFiles.keys)));
    const masterKey = await standingMasterKey(masterKeyFile, { create: false, finish: true }, epoch);
    const sealKey = checkMasterKeyOf(folder, manifest, masterKey);
    const erased = erasedHere(dataFolder);
    const seal = await planSeal(dataFolder, folder, manifest);
    const replaced = setAside(dataFolder, at, asideOf(seal));
    for (const { name } of manifest.files.filter((file) => isDatabase(file.name)))
      putBack(join(folder, name), join(dataFolder, basename(name)));
    putSealBack(seal, { dataFolder, backup: folder, aside: replaced }, manifest, sealKey);
    const keys = openSqliteKeyStore({ path: pathIn(dataFolder, dataFiles.keys), masterKey });
    try {
      const destroyedKeys = await eraseAgain(dataFolder, keys, erased);
      const { rollback } = seal;
      return { manifest, destroyedKeys, ...(replaced === undefined ? {} : { replaced }), ...(rollback && { rollback }) };
    } finally {
      keys.close();
    }
  } finally {
    lock.release();
  }
};
