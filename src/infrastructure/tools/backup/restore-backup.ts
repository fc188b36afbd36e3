import { wordsOf } from '../../phrasing/unusable-words';
import { type Database, openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { copyFileSync, existsSync, mkdirSync, renameSync, rmSync, writeFileSync, readFileSync, statSync, readdirSync } from 'node:fs';
import { basename, join } from 'node:path';
import { defined } from '@tichet-albastru/kernel/defined';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { destroyAgain } from '../../log/keys/destroy-again';
import { currentMasterKey } from '../../log/keys/rotation/current-master-key';
import { epochOfFile, assertMasterKeyOf } from '@tichet-albastru/event-log/keys/sqlite-key-epoch';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { migrate } from '@tichet-albastru/event-log/database/sqlite/migrate';
import { openDurable } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { readManifest, type Manifest, BackupUnusable, sha256Of } from './manifest';
import { asideOf, boundToSeal, planSeal, putSealBack, type Rollback, sealedSealKey } from './seal';
import { WrongMasterKey } from '@tichet-albastru/event-log/keys/key-epoch';
import { openIfFitting, wrappingKeyOf } from '@tichet-albastru/event-log/keys/encrypting';
import { sync } from './make-backup';
import type { Missing } from '../../proof/acknowledged/missing';
import { acknowledgedHere } from '../../proof/acknowledged/watch';
import { inBoth, type Sentence } from '../../phrasing/sentences';
import { operationsInSqlite } from '../../tables/operations/sqlite-operations';
import { errorCode } from '@tichet-albastru/kernel/error-code';

/** What a restore sets aside lies in folders of this name and a time. */
const asideFolder = 'replaced-';

/** A file that is no database, or none any more. */
const broken: readonly string[] = ['SQLITE_NOTADB', 'SQLITE_CORRUPT', 'SQLITE_ERROR', 'SQLITE_IOERR'];
const isBroken = (error: unknown): boolean => broken.some((code) => errorCode(error)?.startsWith(code) === true);

/** This file of the folder, and those of before restores: one that was interrupted has left the newest there. */
const standing = (dataFolder: string, file: string): readonly string[] => {
  const aside = readdirSync(dataFolder).filter((name) => name.startsWith(asideFolder));
  return ['.', ...aside].map((folder) => join(dataFolder, folder, file)).filter((path) => existsSync(path));
};

type Read<T> = (database: Database) => readonly T[];

const readIn = <T>(path: string, read: Read<T>): readonly T[] | undefined => {
  const database = openSqlite(path, { readonly: true, fileMustExist: true });
  try {
    return read(database);
  } catch (error) {
    if (isBroken(error)) return undefined;
    throw error;
  } finally {
    database.close();
  }
};

/** What the files of this name say here; `unreadable` are those that say nothing any more. */
const saidHere = <T>(dataFolder: string, file: string, read: Read<T>) => {
  const found = standing(dataFolder, file).map((path) => ({ path, said: readIn(path, read) }));
  return {
    said: found.flatMap(({ said }) => said ?? []),
    unreadable: found.filter(({ said }) => said === undefined).map(({ path }) => path),
  };
};

/** Names of keys that a key store has destroyed, regardless of the master key of the others. */
const destroyedIn: Read<string> = (database) => database.prepare<[], string>('SELECT name FROM keys WHERE wrapped IS NULL').pluck().all();

type Revoked = { readonly id: string; readonly at: string; readonly until: string };

/** Versions of before had no tokens by id. */
const knowsTokens = (database: Database): boolean =>
  database.prepare("SELECT 1 FROM sqlite_master WHERE type = 'table' AND name = 'tokens'").get() !== undefined;

const revokedIn: Read<Revoked> = (database) =>
  knowsTokens(database)
    ? database.prepare<[], Revoked>('SELECT id, revoked_at AS at, expires_at AS until FROM tokens WHERE revoked_at IS NOT NULL').all()
    : [];

/**
 * Older data bring back neither a token that was revoked here, nor a session: an official may have signed out since, or left their browser.
 */
const endAgain = (path: string, revoked: readonly Revoked[]): void => {
  const database = openDurable(path);
  try {
    if (!knowsTokens(database)) migrate(database, operationsInSqlite);
    database.exec('DELETE FROM sessions');
    const revoke = database.prepare<Revoked>(
      `INSERT INTO tokens (id, role, person, at, expires_at, revoked_at) VALUES (@id, '', '', @at, @until, @at)
       ON CONFLICT (id) DO UPDATE SET revoked_at = excluded.revoked_at WHERE tokens.revoked_at IS NULL`,
    );
    for (const one of revoked) revoke.run(one);
  } finally {
    database.close();
    sync(path);
  }
};

/** The databases of a data folder, as they are called in it. */
const databaseFiles: readonly string[] = [dataFiles.events, dataFiles.operations, dataFiles.readModels, dataFiles.keys];

const isDatabase = (name: string): boolean => databaseFiles.includes(basename(name)) && !name.startsWith(dataFiles.seal);

const { missing, checksum, database: unsound, otherKey, sealKey: sealKeyClosed } = inBoth.backup.wrong;
const damaged = (name: string, wrong: Sentence): BackupUnusable => new BackupUnusable(inBoth.backup.damaged({ name, wrong }), name);

/** Every file is there and is what the manifest says. @throws BackupUnusable that names the first one that is not */
const checkBackup = async (folder: string, { files }: Manifest): Promise<void> => {
  for (const name of databaseFiles)
    if (!files.some((file) => isDatabase(file.name) && basename(file.name) === name)) throw damaged(name, missing);
  for (const { name, bytes, sha256 } of files) {
    const path = join(folder, name);
    if (!existsSync(path)) throw damaged(name, missing);
    if (statSync(path).size !== bytes || (await sha256Of(path)) !== sha256) throw damaged(name, checksum);
    if (!isDatabase(name)) continue;
    const database = openSqlite(path, { readonly: true });
    const sound = database.pragma('quick_check', { simple: true });
    database.close();
    if (sound !== 'ok') throw damaged(name, unsound);
  }
};

/**
 * Checks that the master key opens the keys of this backup, and opens the key that signs the log, where there is one.
 * @returns the key that signs
 * @throws BackupUnusable that names the epoch of the master key that is needed
 */
const checkMasterKeyOf = (folder: string, { files }: Manifest, masterKey: Buffer): Buffer | undefined => {
  const keys = files.find(({ name }) => basename(name) === dataFiles.keys)?.name ?? dataFiles.keys;
  const database = openSqlite(join(folder, keys), { readonly: true });
  try {
    assertMasterKeyOf(database, masterKey, true);
  } catch (error) {
    if (!(error instanceof WrongMasterKey)) throw error;
    throw damaged(keys, otherKey({ why: wordsOf(error) }));
  } finally {
    database.close();
  }
  if (!files.some(({ name }) => name === sealedSealKey)) return undefined;
  const seed = openIfFitting(wrappingKeyOf(masterKey), readFileSync(join(folder, sealedSealKey)), boundToSeal);
  if (seed === undefined) throw damaged(sealedSealKey, sealKeyClosed);
  return seed;
};

export type Restored = {
  readonly manifest: Manifest;
  /** keys of erased people that were destroyed again */
  readonly destroyedKeys: number;
  /** key stores here that could not be read: whom they had erased after the backup was made is not known */
  readonly unreadable: readonly string[];
  /** the operational state here that could not be read: which tokens were revoked after the backup was made is not known */
  readonly unreadableTokens: readonly string[];
  /** where the files that stood there before are now */
  readonly replaced?: string;
  /** what had been sealed here reaches further than the restored log, or says otherwise */
  readonly rollback?: Rollback;
  /** what had been acknowledged here, and the restored log lacks */
  readonly missing?: Missing;
};

const keysDraft = `${dataFiles.keys}.restoring`;

const setAside = (dataFolder: string, at: string, seals: readonly string[]): string | undefined => {
  // what was filled from other tables goes with them, and is filled again by the service
  const names = [...databaseFiles, dataFiles.reporting].flatMap((name) => ['', '-wal', '-shm'].map((suffix) => `${name}${suffix}`));
  const present = [...names, ...seals].filter((name) => existsSync(join(dataFolder, name)));
  if (present.length === 0) return undefined;
  const aside = join(dataFolder, `${asideFolder}${at.replaceAll(/[:.]/g, '-')}`);
  mkdirSync(aside, { mode: 0o700 });
  for (const name of present) renameSync(join(dataFolder, name), join(aside, name));
  return aside;
};

/** Readable by its owner, in the journal mode in which the service runs it, and on the disk. */
const putBack = (from: string, to: string): void => {
  copyFileSync(from, to);
  openDurable(to).close();
  sync(to);
};

/**
 * The keys are made ready beside their place: there is no moment at which the key of a person who was erased here lies in the key store.
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

/**
 * A person who is erased by the restored log stays erased.
 * @returns how many were erased again, and what was acknowledged here and is gone
 */
const eraseAgain = async (dataFolder: string, masterKey: Buffer) => {
  const keys = openSqliteKeyStore({ path: pathIn(dataFolder, dataFiles.keys), masterKey });
  try {
    const store = await openSqliteEventStore({ folder: dataFolder, readOnly: true });
    try {
      const destroyed = await destroyAgain(store, createEventCodec({ keys }), keys);
      return { destroyed: destroyed.length, missing: (await acknowledgedHere(store, dataFolder)).missing };
    } finally {
      await store.close();
    }
  } finally {
    keys.close();
  }
};

/**
 * Puts a backup in the place of the data. What stood there is set aside, not deleted. Seals that stand there go on where the restored log
 * begins with what they say; else those of the backup do, and it is told that the log was put back to an earlier state. Ended in the
 * middle, nothing but another restore may use the folder, and that one knows of all who were erased.
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
    const masterKey = await currentMasterKey(masterKeyFile, { create: false, finish: true }, epoch);
    const sealKey = checkMasterKeyOf(folder, manifest, masterKey);
    const erased = saidHere(dataFolder, dataFiles.keys, destroyedIn);
    const erasedNames = [...new Set(erased.said)].sort();
    const revoked = saidHere(dataFolder, dataFiles.operations, revokedIn);
    const seal = await planSeal(dataFolder, folder, manifest);
    writeFileSync(pathIn(dataFolder, dataFiles.restoring), '', { mode: 0o600, flush: true });
    sync(dataFolder);
    const replaced = setAside(dataFolder, at, asideOf(seal));
    const databases = manifest.files.filter(({ name }) => isDatabase(name)).map(({ name }) => name);
    const ofKeys = (name: string): boolean => basename(name) === dataFiles.keys;
    let destroyedKeys = 0;
    for (const name of databases.filter(ofKeys)) destroyedKeys += await putKeysBack(join(folder, name), dataFolder, masterKey, erasedNames);
    for (const name of databases.filter((one) => !ofKeys(one))) putBack(join(folder, name), join(dataFolder, basename(name)));
    endAgain(pathIn(dataFolder, dataFiles.operations), revoked.said);
    putSealBack(seal, { dataFolder, backup: folder, aside: replaced }, manifest, sealKey);
    sync(dataFolder);
    rmSync(pathIn(dataFolder, dataFiles.restoring));
    sync(dataFolder);
    const { destroyed, missing: gone } = await eraseAgain(dataFolder, masterKey);
    destroyedKeys += destroyed;
    const { rollback } = seal;
    const unreadable = { unreadable: erased.unreadable, unreadableTokens: revoked.unreadable };
    return { manifest, destroyedKeys, ...unreadable, ...defined({ replaced, missing: gone }), ...(rollback && { rollback }) };
  } finally {
    lock.release();
  }
};
