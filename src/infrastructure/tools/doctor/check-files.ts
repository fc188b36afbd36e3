import Database from 'better-sqlite3';
import { existsSync, statSync } from 'node:fs';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { errorCode } from '../../runtime/error-code';
import { readServiceKey, serviceKeyFile, type ServiceKeyName, ServiceKeyUnusable } from '../../outside/identity/service-key';
import { MasterKeyUnusable, openMasterKey } from '../../log/keys/master-key';
import { finding, type Finding } from './finding';
import { fromBackup } from './from-backup';
import type { Patient } from './patient';

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
  dataFiles.mailbox,
];

const stopAndRestore = (patient: Pick<Patient, 'databases'>): readonly [string, string] => {
  const [ro, en] = fromBackup(patient);
  return [`Opriți serviciul și ${ro}.`, `Stop the service and ${en}.`];
};

export const checkFiles = (patient: Patient): readonly Finding[] =>
  patient.databases
    .filter((name) => !existsSync(pathIn(patient.folder, name)))
    .map((name) =>
      finding(
        'files',
        [`${name} lipsește din dosarul de date.`, `${name} is missing in the data folder.`],
        name === dataFiles.readModels
          ? ['Porniți serviciul: tabelele se umplu din jurnal.', 'Start the service: tables are filled from the log.']
          : stopAndRestore(patient),
      ),
    );

export const checkPermissions = ({ folder }: Pick<Patient, 'folder'>): readonly Finding[] =>
  ofTheOwner.flatMap((name) => {
    const path = name === '' ? folder : `${folder}/${name}`;
    // a service that stops meanwhile takes its -wal and -shm away
    const found = statSync(path, { throwIfNoEntry: false });
    if (found === undefined || (found.mode & othersMay) === 0) return [];
    const mode = found.isDirectory() ? '700' : '600';
    return [
      finding(
        'permissions',
        [
          `${name === '' ? 'Dosarul de date' : name} poate fi citit și de alții.`,
          `${name === '' ? 'The data folder' : name} can be read by others.`,
        ],
        [`chmod ${mode} ${path}`, `chmod ${mode} ${path}`],
      ),
    ];
  });

const halves = (message: string): readonly [string, string] => {
  const [ro = message, en = message] = message.split(' / ');
  return [ro, en];
};

export const checkKeyFiles = ({ folder, masterKeyFile }: Patient): readonly Finding[] => {
  const found: Finding[] = [];
  try {
    openMasterKey(masterKeyFile, { create: false });
  } catch (error) {
    if (!(error instanceof MasterKeyUnusable)) throw error;
    found.push(
      finding('key-file', halves(error.message), [
        `Fișierul trebuie să fie cel cu care au fost scrise datele, cu drepturile 400: chmod 400 ${masterKeyFile}`,
        `The file must be the one with which the data were written, with the mode 400: chmod 400 ${masterKeyFile}`,
      ]),
    );
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
    const remedy: Readonly<Record<ServiceKeyName, readonly [string, string]>> = {
      token: [
        `chmod 400 ${path}; sau ștergeți-l: cel nou anulează jetoanele emise.`,
        `chmod 400 ${path}; or delete it: a new one ends every token issued.`,
      ],
      seal: [
        `chmod 400 ${path}; nu-l ștergeți: fără el nu se mai poate semna ce continuă punctele de control.`,
        `chmod 400 ${path}; do not delete it: without it nothing can be signed that continues the checkpoints.`,
      ],
    };
    return [finding('key-file', halves(error.message), remedy[name])];
  }
};

const conditionOf = (path: string): 'sound' | 'damaged' | 'not-wal' => {
  let database: Database.Database | undefined;
  try {
    database = new Database(path, { readonly: true, fileMustExist: true, timeout: 1000 });
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
export const checkDatabases = ({ folder, databases }: Patient): readonly Finding[] =>
  databases.flatMap((name) => {
    const path = pathIn(folder, name);
    if (!existsSync(path)) return [];
    const condition = conditionOf(path);
    if (condition === 'damaged')
      return [finding('database', [`${name} este deteriorată.`, `${name} is damaged.`], stopAndRestore({ databases }))];
    if (condition === 'not-wal' && durable.some((one) => one === name))
      return [
        finding(
          'database',
          [
            `${name} nu folosește jurnalul WAL: un alt program i-a schimbat modul.`,
            `${name} does not use WAL: another program has changed its mode.`,
          ],
          [
            'Reporniți serviciul; el pune modul la loc, cu synchronous=FULL.',
            'Restart the service; it sets the mode again, with synchronous=FULL.',
          ],
        ),
      ];
    return [];
  });
