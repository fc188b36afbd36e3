import Database from 'better-sqlite3';
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { errorCode } from '../../runtime/error-code';
import { finding, type Finding } from './finding';
import type { Patient } from './patient';

const pollMilliseconds = 100;
const leastFreeBytes = 512 * 1024 * 1024;
const leastFreeShare = 0.05;

/** Tables stand at the end of the log, now or, while a service runs, in a moment. */
export const checkTables = async ({ kept, serviceAnswers, patienceMilliseconds }: Patient): Promise<readonly Finding[]> => {
  if (kept === undefined) return [];
  let late = await kept.tablesBehind();
  if (late.length > 0 && (await serviceAnswers())) {
    for (let waited = 0; late.length > 0 && waited < patienceMilliseconds; waited += pollMilliseconds) {
      await sleep(pollMilliseconds);
      late = await kept.tablesBehind();
    }
  }
  const found: Finding[] = [];
  if (late.length > 0)
    found.push(
      finding(
        'tables-behind',
        [`Tabele în urma jurnalului: ${late.join(', ')}.`, `Tables behind the log: ${late.join(', ')}.`],
        ['Porniți serviciul; dacă rămân în urmă, jurnalul lui spune de ce.', 'Start the service; if they stay behind, its log says why.'],
      ),
    );
  const parked = await kept.parkedTables();
  if (parked.length > 0)
    found.push(
      finding(
        'tables-parked',
        [`Rânduri parcate în: ${parked.join(', ')}.`, `Parked rows in: ${parked.join(', ')}.`],
        [
          'tichet projections parked; după reparație, tichet projections parked --retry ID.',
          'tichet projections parked; once mended, tichet projections parked --retry ID.',
        ],
      ),
    );
  return found;
};

export const checkLetters = async ({ kept }: Patient): Promise<readonly Finding[]> => {
  const failed = (await kept?.failedLetters()) ?? [];
  if (failed.length === 0) return [];
  return [
    finding(
      'letters-failed',
      [`Scrisori netrimise: ${failed.length}.`, `Letters not sent: ${failed.length}.`],
      [
        `Verificați serverul de e-mail (TICHET_SMTP_URL), apoi: tichet letters retry ${failed[0] ?? ''}`,
        `Check the mail server (TICHET_SMTP_URL), then: tichet letters retry ${failed[0] ?? ''}`,
      ],
    ),
  ];
};

export const checkDisk = ({ disk }: Patient): readonly Finding[] => {
  const { free, total } = disk();
  if (free >= leastFreeBytes && free >= total * leastFreeShare) return [];
  const megabytes = Math.floor(free / 1024 / 1024);
  return [
    finding(
      'disk',
      [`Pe disc mai sunt ${megabytes} MB liberi.`, `${megabytes} MB are left on the disk.`],
      [
        'Eliberați spațiu sau măriți discul: fără loc, nimic nu mai poate fi înregistrat.',
        'Free space or enlarge the disk: without it nothing can be recorded.',
      ],
    ),
  ];
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
export const checkService = async ({ folder, serviceAnswers }: Patient): Promise<readonly Finding[]> =>
  isLocked(folder) && !(await serviceAnswers())
    ? [
        finding(
          'service-mute',
          [
            'Un proces ține dosarul de date, dar nu răspunde pe control.sock.',
            'A process has the data folder but does not answer on control.sock.',
          ],
          [
            'Dacă nu este o altă comandă tichet în lucru, reporniți serviciul.',
            'Unless another tichet command is at work, restart the service.',
          ],
        ),
      ]
    : [];
