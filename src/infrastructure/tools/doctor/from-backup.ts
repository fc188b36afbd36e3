import { dataFiles } from '../../database/data-folder/data-files';
import type { Patient } from './patient';

/** What to put back, and how: a data folder that holds the log holds everything. */
export const fromBackup = ({ databases }: Pick<Patient, 'databases'>): readonly [ro: string, en: string] =>
  databases.includes(dataFiles.events)
    ? ['restaurați ultima copie (tichet restore)', 'restore the newest backup (tichet restore)']
    : ['restaurați ultima copie de siguranță a serverului (docs/operations.md)', "restore the server's newest backup (docs/operations.md)"];
