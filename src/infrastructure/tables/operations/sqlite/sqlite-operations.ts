import type { Operations } from '../../../../application/kernel/ports/operations';
import { createCommitQueue } from '../../../database/sqlite/commit-queue';
import { openReading, openRepeatable, openSyncedApart } from '../../../database/sqlite/open-database';
import { dataFiles, pathIn } from '../../../database/data-folder/data-files';
import type { StorageHealth } from '../../../database/storage-health';
import { sqliteDrafts } from './drafts';
import { sqliteAttempts, sqliteOutbox, sqliteRegisters } from './effects';
import { sqliteIdempotency } from './idempotency';
import { sqlitePlaces, sqliteThrottle } from './limits';
import { sqliteOpenings } from './openings';
import { sqliteRefusals } from './refusals';
import { operationsSchema } from './schema';
import { sqliteSessions } from './sessions';
import { sqliteVerification } from './verification';

/**
 * `operations.db` of the data folder. What a promise rests on (commands and answers under a key, tries, codes, the cap on an address)
 * is on the disk before it is answered; attempts, letters' fates, throttles, browsers' sessions and refused attempts survive every end of the process, and after
 * a power cut at worst an effect is attempted once more. What is asked for at the same time goes into one commit.
 * @param options.answerKey seals the answers kept under idempotency keys
 * @param options.readOnly for commands that read beside a running service; they open no kept answer
 */
export const openSqliteOperations = ({
  folder,
  health,
  ...options
}: { readonly folder: string; readonly health?: StorageHealth } & (
  { readonly readOnly: true } | { readonly readOnly?: false; readonly answerKey: Buffer }
)): Operations & {
  close(): void;
} => {
  const readOnly = options.readOnly === true;
  const path = pathIn(folder, dataFiles.operations);
  const { database, sync } = readOnly ? { database: openReading(path), sync: undefined } : openSyncedApart(path);
  if (!readOnly) database.exec(operationsSchema);
  const repeatable = readOnly ? database : openRepeatable(path);
  const queue = createCommitQueue(database, health, sync);
  const quick = createCommitQueue(repeatable, health);
  return {
    idempotency: sqliteIdempotency(database, queue, options.readOnly === true ? undefined : options.answerKey),
    verification: sqliteVerification(database, queue),
    places: sqlitePlaces(database, queue),
    throttle: sqliteThrottle(repeatable, quick),
    attempts: sqliteAttempts(repeatable, quick),
    outbox: sqliteOutbox(repeatable, quick),
    registers: sqliteRegisters(database, queue),
    sessions: sqliteSessions(repeatable, quick),
    drafts: sqliteDrafts(repeatable, quick),
    openings: sqliteOpenings(database, queue),
    refusals: sqliteRefusals(repeatable, quick),
    close: () => {
      quick.close();
      queue.close();
      sync?.close();
      if (repeatable !== database) repeatable.close();
      database.close();
    },
  };
};
