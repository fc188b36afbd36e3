import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { chmodSync, closeSync, fsyncSync, mkdirSync, openSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { defined } from '@tichet-albastru/kernel/defined';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { isMasterKeyOf } from '@tichet-albastru/event-log/keys/key-epoch';
import { currentMasterKey } from '../../log/keys/rotation/current-master-key';
import { epochOfFile } from '@tichet-albastru/event-log/keys/sqlite-key-epoch';
import { openReading } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { copySeal } from './seal';
import { inBoth } from '../../phrasing/sentences';
import { BackupUnusable, backupVersion, manifestFile, mustBeEmpty, sha256Of, type BackupFile, type Manifest } from './manifest';

/** Apart from the rest, so that they can be carried apart. */
const keysFolder = 'keys';

const warning = `ATENȚIE
Acest dosar conține cheile cu care sunt sigilate datele personale, la rândul lor sigilate cu cheia principală (master.key), și, la fel de sigilată, cheia care semnează jurnalul.
Păstrați-l în alt loc decât restul copiei, cu acces restrâns. Cheia principală nu este copiată aici: păstrați-o separat;
fără ea nimeni nu mai poate citi datele personale. Ștergeți copiile vechi: în ele se află și cheile persoanelor șterse de atunci.

WARNING
This folder holds the keys that seal personal data, themselves sealed with the master key (master.key), and, sealed likewise, the key that signs the log.
Keep it in another place than the rest of the backup, with restricted access. The master key is not copied here: keep it apart;
without it nobody can read personal data any more. Delete old copies: they still hold the keys of people erased since.
`;

/** Everything of the database in one step of SQLite's online backup: other writers do not disturb it. */
const everyPage = 0x7fffffff;

export const sync = (path: string): void => {
  const descriptor = openSync(path, 'r');
  fsyncSync(descriptor);
  closeSync(descriptor);
};

const copyDatabase = async (from: string, to: string): Promise<void> => {
  const source = openReading(from);
  try {
    await source.backup(to, { progress: () => everyPage });
  } finally {
    source.close();
  }
  // One file, without a log beside it: its checksum says all of it.
  const copy = openSqlite(to);
  copy.pragma('journal_mode = DELETE');
  copy.close();
  chmodSync(to, 0o600);
  sync(to);
};

const endOf = (events: string): string => {
  const database = openSqlite(events, { readonly: true });
  const end: unknown = database.prepare('SELECT max(position) FROM events').pluck().get();
  database.close();
  return typeof end === 'number' ? String(end) : '';
};

/** @throws BackupUnusable when the master key was replaced after the key that signs the log was sealed with it: no one key opens both */
const mustBeOfOneEpoch = (copiedKeys: string, sealedWith: Buffer): void => {
  const epoch = epochOfFile(copiedKeys);
  if (epoch === undefined || isMasterKeyOf(epoch, sealedWith)) return;
  throw new BackupUnusable(inBoth.backup.keyReplaced);
};

/** What is copied, and the master key with which the key that signs the log is sealed. */
export type BackedUp = { readonly dataFolder: string; readonly masterKeyFile: string };

/**
 * Copies the stores beside a running service. The order matters: seals, tables and operations first, so that they are never ahead of
 * the log; the keys last, so that every key that the copied log needs is there.
 * @throws BackupUnusable when the folder is not empty, or the master key was replaced meanwhile (then there is no manifest); MasterKeyUnusable where the log is sealed
 */
export const makeBackup = async (
  { dataFolder, masterKeyFile }: BackedUp,
  folder: string,
  madeAt: string,
  onFile: (done: number, total: number) => void = () => undefined,
): Promise<Manifest> => {
  mustBeEmpty(folder);
  mkdirSync(join(folder, keysFolder), { recursive: true, mode: 0o700 });
  const names = [dataFiles.readModels, dataFiles.operations, dataFiles.events, dataFiles.keys] as const;
  const files: BackupFile[] = [];
  const tell = async (name: string): Promise<void> => {
    const path = join(folder, name);
    files.push({ name, bytes: statSync(path).size, sha256: await sha256Of(path) });
  };
  const epoch = () => Promise.resolve(epochOfFile(pathIn(dataFolder, dataFiles.keys)));
  let sealedWith: Buffer | undefined;
  const seal = await copySeal(dataFolder, folder, async () => {
    sealedWith = await currentMasterKey(masterKeyFile, { create: false, finish: false }, epoch);
    return sealedWith;
  });
  for (const name of seal.files) await tell(name);
  onFile(1, names.length + 1);
  for (const [index, name] of names.entries()) {
    const kept = name === dataFiles.keys ? join(keysFolder, name) : name;
    const path = join(folder, kept);
    await copyDatabase(pathIn(dataFolder, name), path);
    await tell(kept);
    onFile(index + 2, names.length + 1);
  }
  const copiedKeys = join(folder, keysFolder, dataFiles.keys);
  if (sealedWith !== undefined) mustBeOfOneEpoch(copiedKeys, sealedWith);
  writeFileSync(join(folder, keysFolder, 'CITESTE-README.txt'), warning, { mode: 0o600 });
  const manifest: Manifest = {
    version: backupVersion,
    madeAt,
    end: endOf(join(folder, dataFiles.events)),
    epoch: epochOfFile(copiedKeys)?.number ?? 1,
    ...defined({ sealed: seal.sealed }),
    files,
  };
  writeFileSync(join(folder, manifestFile), `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600, flush: true });
  sync(folder);
  return manifest;
};
