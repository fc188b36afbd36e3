import type { Database } from '@tichet-albastru/event-log/database/sqlite/driver';
import type { Operations } from '../../../application/kernel/ports/operations';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import type { Migration } from '@tichet-albastru/event-log/database/migration';
import { createCommitQueue } from '@tichet-albastru/event-log/database/sqlite/commit-queue';
import { migrate } from '@tichet-albastru/event-log/database/sqlite/migrate';
import { openReading, openRepeatable, openSyncedApart } from '@tichet-albastru/event-log/database/sqlite/open-database';
import { Statements, workplaceOf } from '@tichet-albastru/event-log/database/sqlite/statements';
import { createTable, snakeCase } from '@tichet-albastru/event-log/database/sql/table';
import { composerOf } from '@tichet-albastru/event-log/database/sql/work';
import type { PlaceHealth } from '@tichet-albastru/event-log/database/storage-health';
import { firstAttempts, firstSessions, firstThrottle } from '@tichet-albastru/event-log/operations/operation-tables';
import { createPeople, hitsThatEnd, unfinishedAttempts } from '@tichet-albastru/event-log/operations/operations.migration';
import { openingsOfReferences, operationTables, type OperationRows } from './operation-tables';
import { operationsIn } from './operations';

/**
 * `operations.db` of the data folder. What a promise rests on (commands and answers under a key, tries, codes, the cap on an address)
 * is on the disk before it is answered; attempts, letters' fates, throttles, browsers' sessions and refused attempts survive every end of the process, and after
 * a power cut at worst an effect is attempted once more. What is asked for at the same time goes into one commit.
 * @param options.answerKey encrypts codes, and the answers kept under idempotency keys
 * @param options.readOnly for commands that read beside a running service; they open no kept answer
 * @throws DataFolderUnusable when the folder is newer than the program
 */
export const openSqliteOperations = ({
  folder,
  health,
  ...options
}: { readonly folder: string; readonly health?: PlaceHealth } & (
  { readonly readOnly: true } | { readonly readOnly?: false; readonly answerKey: Buffer }
)): Operations & { close(): void } => {
  const path = pathIn(folder, dataFiles.operations);
  if (options.readOnly === true) return readBeside(path);
  const { database, sync } = openSyncedApart(path);
  migrate(database, operationsInSqlite);
  const repeatable = openRepeatable(path);
  const queue = createCommitQueue(database, health, sync);
  const quick = createCommitQueue(repeatable, health);
  const operations = operationsIn(composerOf<OperationRows>('sqlite'), {
    durable: workplaceOf(new Statements(database, operationTables), queue),
    repeatable: workplaceOf(new Statements(repeatable, operationTables), quick),
    answerKey: options.answerKey,
  });
  return {
    ...operations,
    close: () => {
      quick.close();
      queue.close();
      sync.close();
      repeatable.close();
      database.close();
    },
  };
};

const readBeside = (path: string): Operations & { close(): void } => {
  const database = openOperationsForReading(path);
  const queue = createCommitQueue(database);
  const reading = workplaceOf(new Statements(database, operationTables), queue);
  return {
    ...operationsIn(composerOf<OperationRows>('sqlite'), { durable: reading, repeatable: reading }),
    close: () => {
      queue.close();
      database.close();
    },
  };
};

/** Reads beside the writer of the file. A table that an older file lacks, or has in another form, is empty; old commands are converted. */
export const openOperationsForReading = (path: string): Database => {
  const database = openReading(path);
  for (const [name, { columns }] of Object.entries(operationTables)) {
    const standing = database.prepare<[string], string>('SELECT name FROM pragma_table_info(?)').pluck().all(name);
    const wanted = Object.keys(columns).map(snakeCase);
    if (standing.includes('command') && name === 'idempotency')
      database.exec(`CREATE TEMP VIEW idempotency AS ${partsOfCommands('main.idempotency')}`);
    // codes of a version that knew of other columns are not awaited any more
    else if (wanted.some((column) => !standing.includes(column)))
      database.exec(`CREATE TEMP VIEW ${name} AS SELECT ${wanted.map((column) => `NULL AS ${column}`).join(', ')} WHERE false`);
  }
  return database;
};

/** A command under a key was one JSON text at first. */
const partsOfCommands = (table: string): string =>
  `SELECT key, fingerprint, at, json_extract(command, '$.commandId') AS command_id, nullif(json_extract(command, '$.at'), '') AS command_at,
     json_extract(command, '$.ids') AS ids, answer FROM ${table}`;

/** Made in a step of their own. */
const later: readonly string[] = ['idempotency', 'drafts', 'codes', 'people', 'tokens'];

/** The steps of `operations.db`. The first is the file as it was before there were steps. */
export const operationsInSqlite: readonly Migration[] = [
  {
    name: 'operations-1',
    sql: [
      `CREATE TABLE IF NOT EXISTS idempotency (
         key TEXT PRIMARY KEY, fingerprint TEXT NOT NULL, at TEXT NOT NULL, command TEXT NOT NULL, answer TEXT
       ) WITHOUT ROWID`,
      ...Object.entries({
        ...operationTables,
        attempts: firstAttempts,
        openings: openingsOfReferences,
        sessions: firstSessions,
        throttle: firstThrottle,
      }).flatMap(([name, table]) => (later.includes(name) ? [] : createTable('sqlite', name, table))),
    ].join(';\n'),
  },
  {
    name: 'operations-2',
    sql: [
      'ALTER TABLE idempotency RENAME TO idempotency_1',
      'DROP INDEX IF EXISTS idempotency_at',
      ...createTable('sqlite', 'idempotency', operationTables.idempotency),
      `INSERT INTO idempotency (key, fingerprint, at, command_id, command_at, ids, answer) ${partsOfCommands('idempotency_1')}`,
      'DROP TABLE idempotency_1',
    ].join(';\n'),
  },
  { name: 'drafts-1', sql: createTable('sqlite', 'drafts', operationTables.drafts).join(';\n') },
  {
    name: 'openings-of-browsers-1',
    sql: ['DROP TABLE IF EXISTS openings', ...createTable('sqlite', 'openings', operationTables.openings)].join(';\n'),
  },
  { name: 'codes-1', sql: createTable('sqlite', 'codes', operationTables.codes).join(';\n') },
  createPeople('sqlite'),
  hitsThatEnd('sqlite'),
  unfinishedAttempts('sqlite'),
];
