import { join } from 'node:path';

/** The files of a data folder, one writer each. */
export const dataFiles = {
  events: 'events.db',
  readModels: 'read-models.db',
  /** what reporting tools read; all of it can be made again */
  reporting: 'reporting.db',
  operations: 'operations.db',
  keys: 'keys.db',
  lock: 'lock.db',
  /** in its place where SQLite cannot be loaded */
  lockOfProcess: 'lock.pid',
  masterKey: 'master.key',
  outbox: 'outbox',
  /** the tree over the log and its signed checkpoints */
  seal: 'seal',
  /** what a demonstration shows of the letters */
  mailbox: 'mailbox',
  /** who was shown what while nothing could be appended to the log; appended to it later */
  waitingReadings: 'waiting-readings',
  /** stands there where the folder was made in development */
  development: 'development',
  /** what this process has acknowledged, to be compared with the log: never in a database, and never in a backup */
  acknowledged: 'acknowledged',
  /** stands there while a backup is put back: what lies beside it is not whole */
  restoring: 'restoring',
} as const;

export const pathIn = (folder: string, file: (typeof dataFiles)[keyof typeof dataFiles]): string => join(folder, file);
