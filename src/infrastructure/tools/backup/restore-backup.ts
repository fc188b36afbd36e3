import { closeSync, copyFileSync, existsSync, fsyncSync, mkdirSync, openSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defined } from '../../../domain/kernel/defined';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { lockDataFolder } from '../../database/data-folder/lock-data-folder';
import { openSqliteEventStore } from '../../log/event-store/sqlite/sqlite-event-store';
import { destroyAgain } from '../../log/keys/destroy-again';
import { standingMasterKey } from '../../log/keys/rotation/standing-master-key';
import { epochOfFile } from '../../log/keys/sqlite-key-epoch';
import { openSqliteKeyStore } from '../../log/keys/sqlite-key-store';
import { openDurable } from '../../database/sqlite/open-database';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { checkBackup, checkMasterKeyOf, databaseFiles, isDatabase } from './check-backup';
import { asideFolder, erasedHere } from './erased-here';
import { readManifest, type Manifest } from './manifest';
import { asideOf, planSeal, putSealBack, type Rollback } from './restore-seal';

export type Restored = {
  readonly manifest: Manifest;
  /** keys of erased people that were destroyed again */
  readonly destroyedKeys: number;
  /** key stores here that could not be read: whom they had erased after the backup was made is not known */
  readonly unreadable: readonly string[];
  /** where the files that stood there before are now */
  readonly replaced?: string;
  /** what had been sealed here reaches further than the restored log, or says otherwise */
  readonly rollback?: Rollback;
};

const keysDraft = `${dataFiles.keys}.restoring`;

const setAside = (dataFolder: string, at: string, seals: readonly string[]): string | undefined => {
  const names = databaseFiles.flatMap((name) => ['', '-wal', '-shm'].map((suffix) => `${name}${suffix}`));
  const standing = [...names, ...seals].filter((name) => existsSync(join(dataFolder, name)));
  if (standing.length === 0) return undefined;
  const aside = join(dataFolder, `${asideFolder}${at.replaceAll(/[:.]/g, '-')}`);
  mkdirSync(aside, { mode: 0o700 });
  for (const name of standing) renameSync(join(dataFolder, name), join(aside, name));
  return aside;
};

const sync = (path: string): void => {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
};

/** Readable by its owner, in the journal mode in which the service runs it, and on the disk. */
const putBack = (from: string, to: string): void => {
  copyFileSync(from, to);
  openDurable(to).close();
  sync(to);
};

/**
 * The keys are made ready beside their place: there is no moment at which the key of somebody who was erased here lies in the key store.
 * @returns how many were destroyed
 */
const putKeysBack = async (from: string, dataFolder: string, masterKey: Buffer, erased: readonly string[]): Promise<number> => {
  const path = pathIn(dataFolder, dataFiles.keys);
  const draft = join(dataFolder, keysDraft);
  for (const name of [draft, `${draft}-wal`, `${draft}-shm`]) rmSync(name, { force: true });
  putBack(from, draft);
  const keys = openSqliteKeyStore({ path: draft, masterKey });
  let living: readonly string[];
  try {
    const gone = new Set(await keys.destroyed());
    living = erased.filter((name) => !gone.has(name));
    if (living.length > 0) await keys.destroy(living);
  } finally {
    keys.close();
  }
  sync(draft);
  renameSync(draft, path);
  return living.length;
};

/** Whoever the restored log says is erased stays erased. */
const eraseAgain = async (dataFolder: string, masterKey: Buffer): Promise<number> => {
  const keys = openSqliteKeyStore({ path: pathIn(dataFolder, dataFiles.keys), masterKey });
  try {
    const store = await openSqliteEventStore({ folder: dataFolder, readOnly: true });
    try {
      return (await destroyAgain(store, createEventCodec({ keys }), keys)).length;
    } finally {
      await store.close();
    }
  } finally {
    keys.close();
  }
};

/**
 * Puts a backup in the place of the data. What stood there is set aside, not deleted. Seals that stand there go on where the restored log
 * begins with what they say; else those of the backup do, and it is told that the log was put back to an earlier state.
 * Ended in the middle, nothing but another restore may use the folder, and that one knows of everybody who was erased.
 * @throws DataFolderInUse while a service runs
 * @throws BackupUnusable before anything is touched, when the backup is not whole, or its keys are of another epoch
 * @throws MasterKeyUnusable when there is no master key
 */
export const restoreBackup = async (
  { dataFolder, masterKeyFile }: { readonly dataFolder: string; readonly masterKeyFile: string },
  folder: string,
  at: string,
): Promise<Restored> => {
  const lock = lockDataFolder(dataFolder, { toRestore: true });
  try {
    const manifest = readManifest(folder);
    await checkBackup(folder, manifest);
    const epoch = () => Promise.resolve(epochOfFile(pathIn(dataFolder, dataFiles.keys)));
    const masterKey = await standingMasterKey(masterKeyFile, { create: false, finish: true }, epoch);
    const sealKey = checkMasterKeyOf(folder, manifest, masterKey);
    const erased = erasedHere(dataFolder);
    const seal = await planSeal(dataFolder, folder, manifest);
    writeFileSync(pathIn(dataFolder, dataFiles.restoring), '', { mode: 0o600, flush: true });
    sync(dataFolder);
    const replaced = setAside(dataFolder, at, asideOf(seal));
    const databases = manifest.files.filter(({ name }) => isDatabase(name)).map(({ name }) => name);
    const ofKeys = (name: string): boolean => basename(name) === dataFiles.keys;
    let destroyedKeys = 0;
    for (const name of databases.filter(ofKeys))
      destroyedKeys += await putKeysBack(join(folder, name), dataFolder, masterKey, erased.names);
    for (const name of databases.filter((one) => !ofKeys(one))) putBack(join(folder, name), join(dataFolder, basename(name)));
    putSealBack(seal, { dataFolder, backup: folder, aside: replaced }, manifest, sealKey);
    sync(dataFolder);
    rmSync(pathIn(dataFolder, dataFiles.restoring));
    sync(dataFolder);
    destroyedKeys += await eraseAgain(dataFolder, masterKey);
    const { rollback } = seal;
    const { unreadable } = erased;
    return { manifest, destroyedKeys, unreadable, ...defined({ replaced }), ...(rollback && { rollback }) };
  } finally {
    lock.release();
  }
};
