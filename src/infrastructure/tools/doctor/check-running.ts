import { pause } from '../../../application/kernel/pause';
import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { errorCode } from '../../runtime/error-code';
import { finding, type Finding } from './finding';
import type { ExaminedInstallation } from './examined-installation';
import { inBoth } from '../../phrasing/sentences';

const pollMilliseconds = 100;
const leastFreeBytes = 512 * 1024 * 1024;
const leastFreeShare = 0.05;

/** Tables stand at the end of the log, now or, while a service runs, in a moment. */
export const checkTables = async ({ kept, serviceAnswers, patienceMilliseconds }: ExaminedInstallation): Promise<readonly Finding[]> => {
  if (kept === undefined) return [];
  let late = await kept.tablesBehind();
  if (late.length > 0 && (await serviceAnswers())) {
    for (let waited = 0; late.length > 0 && waited < patienceMilliseconds; waited += pollMilliseconds) {
      await pause(pollMilliseconds);
      late = await kept.tablesBehind();
    }
  }
  const found: Finding[] = [];
  if (late.length > 0)
    found.push(
      finding(
        'tables-behind',
        inBoth.doctor.checkRunning.tablesBehindLog({ late: late.join(', ') }),
        inBoth.doctor.checkRunning.startServiceIfThey,
      ),
    );
  const parked = await kept.parkedTables();
  if (parked.length > 0)
    found.push(
      finding(
        'tables-parked',
        inBoth.doctor.checkRunning.parkedRows({ parked: parked.join(', ') }),
        inBoth.doctor.checkRunning.tichetProjectionsParkedOnce,
      ),
    );
  return found;
};

export const checkLetters = async ({ kept }: ExaminedInstallation): Promise<readonly Finding[]> => {
  const failed = (await kept?.failedLetters()) ?? [];
  if (failed.length === 0) return [];
  return [
    finding(
      'letters-failed',
      inBoth.doctor.checkRunning.lettersNotSent({ failed: failed.length }),
      inBoth.doctor.checkRunning.checkMailServerTichet({ failed: failed[0] ?? '' }),
    ),
  ];
};

export const checkDisk = ({ disk }: ExaminedInstallation): readonly Finding[] => {
  const { free, total } = disk();
  if (free >= leastFreeBytes && free >= total * leastFreeShare) return [];
  const megabytes = Math.floor(free / 1024 / 1024);
  return [finding('disk', inBoth.doctor.checkRunning.mbLeftDisk({ megabytes }), inBoth.doctor.checkRunning.freeSpaceEnlargeDisk)];
};

const isLocked = (folder: string): boolean => {
  const path = pathIn(folder, dataFiles.lock);
  if (!existsSync(path)) return false;
  const database = new Database(path, { readonly: true, timeout: 0 });
  try {
    database.prepare('SELECT count(*) FROM sqlite_master').get();
    return false;
  } catch (error) {
    if (errorCode(error)?.startsWith('SQLITE_BUSY') === true) return true;
    throw error;
  } finally {
    database.close();
  }
};

/** Whoever has the folder answers on its socket. */
export const checkService = async ({ folder, serviceAnswers }: ExaminedInstallation): Promise<readonly Finding[]> =>
  isLocked(folder) && !(await serviceAnswers())
    ? [finding('service-mute', inBoth.doctor.checkRunning.processDataFolderBut, inBoth.doctor.checkRunning.unlessAnotherTichetCommand)]
    : [];
