import { existsSync } from 'node:fs';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { isMasterKeyOf } from '../../log/keys/key-epoch';
import { MasterKeyUnusable, openMasterKey } from '../../log/keys/master-key';
import { nextFile, oldMasterKeys } from '../../log/keys/rotation/master-key-files';
import { daysSince, longestOldKeyDays } from '../../log/keys/rotation/old-key-age';
import { epochOfFile } from '../../log/keys/sqlite-key-epoch';
import { finding, type Finding } from './finding';
import type { Patient } from './patient';

/** A master key of a former epoch opens older copies of the keys, with the keys of people who were erased since. */
export const checkOldMasterKeys = ({ masterKeyFile, now }: Patient): readonly Finding[] => {
  const { files, since } = oldMasterKeys(masterKeyFile);
  const [first] = files;
  if (first === undefined || daysSince(since, now) <= longestOldKeyDays) return [];
  return [
    finding(
      'old-master-key',
      [
        `Chei principale vechi de peste ${longestOldKeyDays} de zile lângă cea nouă: ${files.length}.`,
        `Old master keys beside the new one for more than ${longestOldKeyDays} days: ${files.length}.`,
      ],
      [
        `Dacă există o copie de siguranță mai nouă decât înlocuirea: shred -u ${files.join(' ')}`,
        `Where there is a backup newer than the rotation: shred -u ${files.join(' ')}`,
      ],
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

/** The master key is the one of the epoch of the keys. Where they are in a database, whoever opened them for the doctor has seen to it. */
export const checkMasterKey = ({ folder, databases, masterKeyFile }: Patient): readonly Finding[] => {
  if (!databases.includes(dataFiles.keys)) return [];
  const epoch = epochOfFile(pathIn(folder, dataFiles.keys));
  const key = keyIn(masterKeyFile);
  if (epoch === undefined || key === undefined || isMasterKeyOf(epoch, key)) return [];
  const next = existsSync(nextFile(masterKeyFile)) ? keyIn(nextFile(masterKeyFile)) : undefined;
  if (next !== undefined && isMasterKeyOf(epoch, next))
    return [
      finding(
        'key-file',
        ['Înlocuirea cheii principale a fost întreruptă.', 'The rotation of the master key was interrupted.'],
        ['Porniți serviciul: pornirea o duce la capăt.', 'Start the service: the start brings it to its end.'],
      ),
    ];
  return [
    finding(
      'key-file',
      [
        `Cheia principală nu este cea a epocii ${epoch.number}, cu care au fost împachetate cheile.`,
        `The master key is not that of epoch ${epoch.number}, which wrapped the keys.`,
      ],
      [`Puneți înapoi fișierul ei: ${masterKeyFile}`, `Put back its file: ${masterKeyFile}`],
    ),
  ];
};
