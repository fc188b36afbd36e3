import { logFiles } from '@tichet-albastru/event-log/database/log-files';

export { pathIn } from '@tichet-albastru/event-log/database/log-files';

/** The files of a data folder, one writer each. */
export const dataFiles = {
  ...logFiles,
  readModels: 'read-models.db',
  /** what reporting tools read; all of it can be made again */
  reporting: 'reporting.db',
  operations: 'operations.db',
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
} as const;
