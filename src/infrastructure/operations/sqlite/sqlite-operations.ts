import type { Operations } from '../../../application/ports/operations';
import { createCommitQueue } from '../../sqlite/commit-queue';
import { openDurable, openReading } from '../../sqlite/open-database';
import { dataFiles, pathIn } from '../../data-folder/data-files';
import { sqliteAttempts, sqliteOutbox, sqliteRegisters } from './effects';
import { sqliteIdempotency } from './idempotency';
import { sqliteEmailCap, sqliteThrottle } from './limits';
import { operationsSchema } from './schema';
import { sqliteVerification } from './verification';

/**
 * `operations.db` of the data folder. Every answer is durable (synchronous=FULL), and what is asked for at the same time
 * goes into one commit.
 * @param options.answerKey seals the answers kept under idempotency keys
 * @param options.readOnly for commands that read beside a running service; they open no kept answer
 */
export const openSqliteOperations = ({
  folder,
  ...options
}: { readonly folder: string } & ({ readonly readOnly: true } | { readonly readOnly?: false; readonly answerKey: Buffer })): Operations & {
  close(): void;
} => {
  const readOnly = options.readOnly === true;
  const path = pathIn(folder, dataFiles.operations);
  const database = readOnly ? openReading(path) : openDurable(path);
  if (!readOnly) database.exec(operationsSchema);
  const queue = createCommitQueue(database);
  return {
    idempotency: sqliteIdempotency(database, queue, options.readOnly === true ? undefined : options.answerKey),
    verification: sqliteVerification(database, queue),
    emailCap: sqliteEmailCap(database, queue),
    throttle: sqliteThrottle(database, queue),
    attempts: sqliteAttempts(database, queue),
    outbox: sqliteOutbox(database, queue),
    registers: sqliteRegisters(database, queue),
    close: () => {
      queue.close();
      database.close();
    },
  };
};
