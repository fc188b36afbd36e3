import { dataFiles } from '../../database/data-folder/data-files';
import type { Sentence } from '../../phrasing/sentences';
import type { ExaminedInstallation } from './examined-installation';
import { inBoth } from '../../phrasing/sentences';

/** What to put back, and how: a data folder that holds the log holds everything. */
export const fromBackup = ({ databases }: Pick<ExaminedInstallation, 'databases'>): Sentence =>
  databases.includes(dataFiles.events)
    ? inBoth.doctor.fromBackup.restoreNewestBackupTichet
    : inBoth.doctor.fromBackup.restoreServersNewestBackup;
