import { dataFiles } from '../../database/data-folder/data-files';
import type { Words } from './finding';
import type { Patient } from './patient';
import { inBoth } from '../../phrasing/sentences';

/** What to put back, and how: a data folder that holds the log holds everything. */
export const fromBackup = ({ databases }: Pick<Patient, 'databases'>): Words =>
  databases.includes(dataFiles.events)
    ? inBoth.doctor.fromBackup.restoreNewestBackupTichet
    : inBoth.doctor.fromBackup.restoreServersNewestBackup;
