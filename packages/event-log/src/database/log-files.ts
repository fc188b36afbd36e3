import { join } from 'node:path';

/** The files of a folder that this package reads and writes. */
export const logFiles = {
  events: 'events.db',
  keys: 'keys.db',
  lock: 'lock.db',
  /** in its place where SQLite cannot be loaded */
  lockOfProcess: 'lock.pid',
  /** stands there while a backup is put back: what lies beside it is not whole */
  restoring: 'restoring',
} as const;

export const pathIn = (folder: string, file: string): string => join(folder, file);
