import { wordsOf } from '../../phrasing/unusable-words';
import { type Database, openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { existsSync, statSync } from 'node:fs';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { isMasterKeyOf } from '@tichet-albastru/event-log/keys/key-epoch';
import { MasterKeyUnusable, openMasterKey } from '@tichet-albastru/event-log/keys/master-key';
import { nextFile, oldMasterKeys, daysSince, longestOldKeyDays } from '../../log/keys/rotation/master-key-files';
import { epochOfFile } from '@tichet-albastru/event-log/keys/sqlite-key-epoch';
import { readServiceKey, serviceKeyFile, type ServiceKeyName, ServiceKeyUnusable } from '../../outside/identity/service-key';
import { inBoth, type Sentence } from '../../phrasing/sentences';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { type ExaminedInstallation, finding, type Finding, fromBackup } from './finding';

const everyDatabase = [dataFiles.events, dataFiles.operations, dataFiles.readModels, dataFiles.keys] as const;
/** What must survive a power cut. Read models are folded again. */
const durable = [dataFiles.events, dataFiles.operations, dataFiles.keys] as const;
const othersMay = 0o077;
/** What only the owner may read: the folder itself (`''`), the databases with what SQLite puts beside them, and the letters. */
const ofTheOwner = [
  '',
  ...everyDatabase.flatMap((name) => [name, `${name}-wal`, `${name}-shm`]),
  dataFiles.lock,
  dataFiles.outbox,
  dataFiles.acknowledged,
  dataFiles.mailbox,
  dataFiles.development,
];

const stopAndRestore = (examined: Pick<ExaminedInstallation, 'databases'>): Sentence =>
  inBoth.doctor.checkFiles.stopAndRestore({ restore: fromBackup(examined) });

export const checkFiles = (examined: ExaminedInstallation): readonly Finding[] =>
  examined.databases
    .filter((name) => !existsSync(pathIn(examined.folder, name)))
    .map((name) =>
      finding(
        'files',
        inBoth.doctor.checkFiles.missingDataFolder({ name }),
        name === dataFiles.readModels ? inBoth.doctor.checkFiles.startServiceTablesFilled : stopAndRestore(examined),
      ),
    );

export const checkPermissions = ({ folder }: Pick<ExaminedInstallation, 'folder'>): readonly Finding[] =>
  ofTheOwner.flatMap((name) => {
    const path = name === '' ? folder : `${folder}/${name}`;
    // a service that stops meanwhile takes its -wal and -shm away
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined || (found.mode & othersMay) === 0) return [];
    const mode = found.isDirectory() ? '700' : '600';
    return [
      finding(
        'permissions',
        inBoth.doctor.checkFiles.readByOthers({ name: name === '' ? inBoth.doctor.checkFiles.dataFolder : name }),
        inBoth.doctor.checkFiles.chmod({ mode, path }),
      ),
    ];
  });

export const checkKeyFiles = ({ folder, masterKeyFile }: ExaminedInstallation): readonly Finding[] => {
  const found: Finding[] = [];
  try {
    openMasterKey(masterKeyFile, { create: false });
  } catch (error) {
    if (!(error instanceof MasterKeyUnusable)) throw error;
    found.push(finding('key-file', wordsOf(error), inBoth.doctor.checkFiles.fileMustOneData({ masterKeyFile })));
  }
  return [...found, ...checkServiceKey(folder, 'token'), ...checkServiceKey(folder, 'seal')];
};

const checkServiceKey = (folder: string, name: ServiceKeyName): readonly Finding[] => {
  const path = serviceKeyFile(folder, name);
  if (!existsSync(path)) return [];
  try {
    readServiceKey(folder, name);
    return [];
  } catch (error) {
    if (!(error instanceof ServiceKeyUnusable)) throw error;
    const remedy: Readonly<Record<ServiceKeyName, Sentence>> = {
      token: inBoth.doctor.checkFiles.token({ path }),
      seal: inBoth.doctor.checkFiles.seal({ path }),
    };
    return [finding('key-file', error.words, remedy[name])];
  }
};

const conditionOf = (path: string): 'sound' | 'damaged' | 'not-wal' => {
  let database: Database | undefined;
  try {
    database = openSqlite(path, { readonly: true, fileMustExist: true, timeout: 1000 });
    if (database.pragma('quick_check', { simple: true }) !== 'ok') return 'damaged';
    return database.pragma('journal_mode', { simple: true }) === 'wal' ? 'sound' : 'not-wal';
  } catch (error) {
    if (['SQLITE_CORRUPT', 'SQLITE_NOTADB'].includes(errorCode(error) ?? '')) return 'damaged';
    throw error;
  } finally {
    database?.close();
  }
};

/** Whole databases, in the journal mode with which an acknowledged write survives a power cut. */
export const checkDatabases = ({ folder, databases }: ExaminedInstallation): readonly Finding[] =>
  databases.flatMap((name) => {
    const path = pathIn(folder, name);
    if (!existsSync(path)) return [];
    const condition = conditionOf(path);
    if (condition === 'damaged') return [finding('database', inBoth.doctor.checkFiles.damaged({ name }), stopAndRestore({ databases }))];
    if (condition === 'not-wal' && durable.some((one) => one === name))
      return [finding('database', inBoth.doctor.checkFiles.doesNotUseWal({ name }), inBoth.doctor.checkFiles.restartServiceSetsMode)];
    return [];
  });

/** A master key of a former epoch opens older copies of the keys, with the keys of people who were erased since. */
export const checkOldMasterKeys = ({ masterKeyFile, now }: ExaminedInstallation): readonly Finding[] => {
  const { files, since } = oldMasterKeys(masterKeyFile);
  const [first] = files;
  if (first === undefined || daysSince(since, now()) <= longestOldKeyDays) return [];
  return [
    finding(
      'old-master-key',
      inBoth.doctor.checkMasterKey.oldMasterKeysBeside({ longestOldKeyDays, files: files.length }),
      inBoth.doctor.checkMasterKey.whereBackupNewerRotation({ files: files.join(' ') }),
    ),
  ];
};

const keyIn = (path: string): Buffer | undefined => {
  try {
    return openMasterKey(path, { create: false });
  } catch (error) {
    if (error instanceof MasterKeyUnusable) return undefined;
    throw error;
  }
};

/**
 * The master key is the one of the epoch of the keys. Where the keys are in a database, the caller that opened them for the doctor has
 * checked it.
 */
export const checkMasterKey = ({ folder, databases, masterKeyFile }: ExaminedInstallation): readonly Finding[] => {
  if (!databases.includes(dataFiles.keys)) return [];
  const epoch = epochOfFile(pathIn(folder, dataFiles.keys));
  const key = keyIn(masterKeyFile);
  if (epoch === undefined || key === undefined || isMasterKeyOf(epoch, key)) return [];
  const next = existsSync(nextFile(masterKeyFile)) ? keyIn(nextFile(masterKeyFile)) : undefined;
  if (next !== undefined && isMasterKeyOf(epoch, next))
    return [
      finding('key-file', inBoth.doctor.checkMasterKey.rotationMasterKeyInterrupted, inBoth.doctor.checkMasterKey.startServiceStartBrings),
    ];
  return [
    finding(
      'key-file',
      inBoth.doctor.checkMasterKey.masterKeyNotEpoch({ number: epoch.number }),
      inBoth.doctor.checkMasterKey.putBackFile({ masterKeyFile }),
    ),
  ];
};
