import { existsSync } from 'node:fs';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { isMasterKeyOf } from '../../log/keys/key-epoch';
import { MasterKeyUnusable, openMasterKey } from '../../log/keys/master-key';
import { nextFile, oldMasterKeys, daysSince, longestOldKeyDays } from '../../log/keys/rotation/master-key-files';
import { epochOfFile } from '../../log/keys/sqlite-key-epoch';
import { finding, type Finding } from './finding';
import type { ExaminedInstallation } from './examined-installation';
import { inBoth } from '../../phrasing/sentences';

/** A master key of a former epoch opens older copies of the keys, with the keys of people who were erased since. */
export const checkOldMasterKeys = ({ masterKeyFile, now }: ExaminedInstallation): readonly Finding[] => {
  const { files, since } = oldMasterKeys(masterKeyFile);
  const [first] = files;
  if (first === undefined || daysSince(since, now) <= longestOldKeyDays) return [];
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

/** The master key is the one of the epoch of the keys. Where they are in a database, whoever opened them for the doctor has seen to it. */
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
