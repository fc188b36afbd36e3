import Database from 'better-sqlite3';
import { copyFileSync, existsSync, mkdirSync, renameSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataFiles, pathIn } from '../data-folder/data-files';
import { lockDataFolder } from '../data-folder/lock-data-folder';
import { openSqliteEventStore } from '../event-store/sqlite/sqlite-event-store';
import { destroyAgain } from '../privacy/destroy-again';
import type { KeyStore } from '../privacy/key-store';
import { openMasterKey } from '../privacy/master-key';
import { openSqliteKeyStore } from '../privacy/sqlite-key-store';
import { openDurable } from '../sqlite/open-database';
import { createEventCodec } from '../serialization/event-codec.codec';
import { BackupUnusable, readManifest, sha256Of, type Manifest } from './manifest';

export type Restored = {
  readonly manifest: Manifest;
  /** keys of erased people that were destroyed again */
  readonly destroyedKeys: number;
  /** where the files that stood there before are now */
  readonly replaced?: string;
};

const damaged = (name: string, ro: string, en: string): BackupUnusable =>
  new BackupUnusable(`${name}: ${ro}; nimic nu a fost înlocuit. / ${name}: ${en}; nothing was replaced.`);

const verify = async (folder: string, { files }: Manifest): Promise<void> => {
  const wanted = [dataFiles.events, dataFiles.operations, dataFiles.readModels, dataFiles.keys];
  for (const name of wanted) {
    if (!files.some((file) => basename(file.name) === name)) throw damaged(name, 'lipsește din copie', 'it is missing in the backup');
  }
  for (const { name, bytes, sha256 } of files) {
    const path = join(folder, name);
    if (!existsSync(path)) throw damaged(name, 'lipsește din copie', 'it is missing in the backup');
    if (statSync(path).size !== bytes || (await sha256Of(path)) !== sha256)
      throw damaged(name, 'suma de control nu se potrivește', 'its checksum differs');
    const database = new Database(path, { readonly: true });
    const sound = database.pragma('quick_check', { simple: true });
    database.close();
    if (sound !== 'ok') throw damaged(name, 'baza de date este deteriorată', 'the database is damaged');
  }
};

/** Names of keys that the present key store has destroyed: what was erased after the backup was made. */
const erasedHere = async (dataFolder: string, masterKey: Buffer): Promise<readonly string[]> => {
  const path = pathIn(dataFolder, dataFiles.keys);
  if (!existsSync(path)) return [];
  const keys = openSqliteKeyStore({ path, masterKey });
  const names = await keys.destroyed();
  keys.close();
  return names;
};

const setAside = (dataFolder: string, at: string): string | undefined => {
  const names = [dataFiles.events, dataFiles.operations, dataFiles.readModels, dataFiles.keys].flatMap((name) =>
    ['', '-wal', '-shm'].map((suffix) => `${name}${suffix}`),
  );
  const standing = names.filter((name) => existsSync(join(dataFolder, name)));
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
 * Puts a backup in the place of the data. What stood there is set aside, not deleted.
 * @throws DataFolderInUse while a service runs
 * @throws BackupUnusable before anything is touched, when the backup is not whole
 * @throws MasterKeyUnusable when the master key that wrapped the backed-up keys is not there
 */
export const restoreBackup = async (
  { dataFolder, masterKeyFile }: { readonly dataFolder: string; readonly masterKeyFile: string },
  folder: string,
  at: string,
): Promise<Restored> => {
  const lock = lockDataFolder(dataFolder);
  try {
    const manifest = readManifest(folder);
    await verify(folder, manifest);
    const masterKey = openMasterKey(masterKeyFile, { create: false });
    const erased = await erasedHere(dataFolder, masterKey);
    const replaced = setAside(dataFolder, at);
    for (const { name } of manifest.files) putBack(join(folder, name), join(dataFolder, basename(name)));
    const keys = openSqliteKeyStore({ path: pathIn(dataFolder, dataFiles.keys), masterKey });
    try {
      const destroyedKeys = await eraseAgain(dataFolder, keys, erased);
      return { manifest, destroyedKeys, ...(replaced === undefined ? {} : { replaced }) };
    } finally {
      keys.close();
    }
  } finally {
    lock.release();
  }
};
