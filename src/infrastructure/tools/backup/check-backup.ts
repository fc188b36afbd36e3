import Database from 'better-sqlite3';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { basename, join } from 'node:path';
import { dataFiles } from '../../database/data-folder/data-files';
import { KeyUnusable } from '../../log/keys/key-store';
import { wrappingKeyOf } from '../../log/keys/purpose-keys';
import { openIfFitting } from '../../log/keys/sealing';
import { assertMasterKeyOf } from '../../log/keys/sqlite-key-epoch';
import { boundToSeal, sealedSealKey } from './copy-seal';
import { BackupUnusable, sha256Of, type Manifest } from './manifest';

/** The databases of a data folder, as they are called in it. */
export const databaseFiles: readonly string[] = [dataFiles.events, dataFiles.operations, dataFiles.readModels, dataFiles.keys];

export const isDatabase = (name: string): boolean => databaseFiles.includes(basename(name)) && !name.startsWith(dataFiles.seal);

const damaged = (name: string, ro: string, en: string): BackupUnusable =>
  new BackupUnusable(`${name}: ${ro}; nimic nu a fost înlocuit. / ${name}: ${en}; nothing was replaced.`);

/** Every file is there and is what the manifest says. @throws BackupUnusable that names the first one that is not */
export const checkBackup = async (folder: string, { files }: Manifest): Promise<void> => {
  for (const name of databaseFiles)
    if (!files.some((file) => isDatabase(file.name) && basename(file.name) === name))
      throw damaged(name, 'lipsește din copie', 'it is missing in the backup');
  for (const { name, bytes, sha256 } of files) {
    const path = join(folder, name);
    if (!existsSync(path)) throw damaged(name, 'lipsește din copie', 'it is missing in the backup');
    if (statSync(path).size !== bytes || (await sha256Of(path)) !== sha256)
      throw damaged(name, 'suma de control nu se potrivește', 'its checksum differs');
    if (!isDatabase(name)) continue;
    const database = new Database(path, { readonly: true });
    const sound = database.pragma('quick_check', { simple: true });
    database.close();
    if (sound !== 'ok') throw damaged(name, 'baza de date este deteriorată', 'the database is damaged');
  }
};

/**
 * The master key opens the keys of this backup, and the key that signs the log, where there is one.
 * @returns the latter
 * @throws BackupUnusable that says of which epoch the master key must be
 */
export const checkMasterKeyOf = (folder: string, { files }: Manifest, masterKey: Buffer): Buffer | undefined => {
  const keys = files.find(({ name }) => basename(name) === dataFiles.keys)?.name ?? dataFiles.keys;
  const database = new Database(join(folder, keys), { readonly: true });
  try {
    assertMasterKeyOf(database, masterKey, true);
  } catch (error) {
    if (!(error instanceof KeyUnusable)) throw error;
    const [ro = '', en = ''] = error.message.split(' / ');
    throw damaged(
      keys,
      `${ro} Puneți-o în TICHET_MASTER_KEY_FILE (de pildă master.key.epoch-…); nimic nu este pierdut`,
      `${en} Name it in TICHET_MASTER_KEY_FILE (master.key.epoch-…, say); nothing is lost`,
    );
  } finally {
    database.close();
  }
  if (!files.some(({ name }) => name === sealedSealKey)) return undefined;
  const seed = openIfFitting(wrappingKeyOf(masterKey), readFileSync(join(folder, sealedSealKey)), boundToSeal);
  if (seed === undefined) throw damaged(sealedSealKey, 'nu se deschide cu cheia principală', 'it does not open with the master key');
  return seed;
};
