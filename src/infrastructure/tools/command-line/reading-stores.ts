import { existsSync } from 'node:fs';
import type { EventStore } from '../../../application/kernel/ports/event-store';
import type { Operations } from '../../../application/kernel/ports/operations';
import type { Settings } from '../../config/settings';
import { postgresUrlOf } from '../../config/store-settings';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { PostgresEventStore } from '../../log/event-store/postgres/postgres-event-store';
import { openSqliteEventStore } from '../../log/event-store/sqlite/sqlite-event-store';
import { openEventStoreDb } from '../../nest/open-stores';
import { openPostgresOperations } from '../../tables/operations/postgres-operations';
import { openSqliteOperations } from '../../tables/operations/sqlite-operations';
import { openPostgresForReading } from '../../nest/postgres';
import type { KeyStore } from '../../log/keys/key-store';
import { openPostgresKeyStore } from '../../log/keys/postgres-key-store';
import { openPurposeKeys, type PurposeKeys } from '../../log/keys/purpose-keys';
import { openSqliteKeyStore } from '../../log/keys/sqlite-key-store';
import { createFolderCheckpointStore } from '../../signed-log/folder-store';
import { createPostgresCheckpointStore } from '../../proof/checkpoints-in-postgres';
import type { CheckpointStore } from '../../signed-log/checkpoint-store';
import { PostgresReadModels } from '../../tables/read-models/postgres-read-models';
import type { TableReadModels } from '../../tables/read-models/table-read-models';
import { SqliteReadModelsReader } from '../../tables/read-models/sqlite-read-models';
import { CommandEnds, exitCodes } from './exit-code';
import { inBoth } from '../../phrasing/sentences';

/** Opened for reading beside whoever serves them: nothing is locked, nothing can be written. */
export type ReadingStores = {
  readonly store: EventStore;
  readonly operations: Operations;
  readonly readModels: TableReadModels;
  readonly keys: KeyStore;
  readonly purposeKeys: PurposeKeys;
  readonly checkpoints: CheckpointStore;
  /** where the log itself counts its positions */
  readonly missingPositions?: () => Promise<number>;
  readonly close: () => Promise<void>;
};

const tablesAndKeys = [dataFiles.readModels, dataFiles.operations, dataFiles.keys] as const;

const neededIn = ({ eventStore }: Settings): readonly (typeof dataFiles)[keyof typeof dataFiles][] =>
  eventStore === 'sqlite' ? [dataFiles.events, ...tablesAndKeys] : tablesAndKeys;

/** Whether what this process keeps in its folder is there; of a database only asking tells. */
export const hasData = (settings: Settings): boolean =>
  settings.readModels === 'postgres' || neededIn(settings).every((file) => existsSync(pathIn(settings.dataDirectory, file)));

/** @throws CommandEnds when the folder has never been served */
export const mustHaveData = (settings: Settings): void => {
  if (hasData(settings)) return;
  const { dataDirectory: folder } = settings;
  throw new CommandEnds(exitCodes.notFound, inBoth.cli.readingStores.noDataFolderStart({ folder }));
};

type Opened = Omit<ReadingStores, 'close'>;
/** What is to be closed in the end, last first. */
type Closing = (() => void | Promise<void>)[];

/**
 * Whatever cannot be opened leaves nothing open: a connection would keep the command from ending.
 * @throws CommandEnds when nothing was ever kept there, DatabaseUnusable, EventStoreDbUnusable, KeyUnusable
 */
export const openReadingStores = async (settings: Settings, masterKey: Buffer): Promise<ReadingStores> => {
  mustHaveData(settings);
  const closing: Closing = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const open = settings.readModels === 'postgres' ? inPostgres : inDataFolder;
    return { ...(await open(settings, masterKey, closing)), close };
  } catch (error) {
    await close();
    throw error;
  }
};

const inPostgres = async (settings: Settings, masterKey: Buffer, closing: Closing): Promise<Opened> => {
  const postgres = await openPostgresForReading({ url: postgresUrlOf(settings), purpose: 'reading' });
  closing.push(() => postgres.close());
  const { pool } = postgres;
  const keys = await openPostgresKeyStore({ pool, masterKey, readOnly: true });
  const purposeKeys = await openPurposeKeys(keys, masterKey);
  const store = settings.eventStore === 'postgres' ? new PostgresEventStore(postgres) : await openEventStoreDb(settings);
  closing.push(() => store.close());
  const readModels = new PostgresReadModels(postgres);
  closing.push(() => {
    readModels.close();
  });
  const operations = openPostgresOperations({ pool, answerKey: purposeKeys('kept-answer') });
  const opened = { store, readModels, operations, keys, purposeKeys, checkpoints: createPostgresCheckpointStore(pool) };
  return store instanceof PostgresEventStore ? { ...opened, missingPositions: () => store.missingPositions() } : opened;
};

const inDataFolder = async (settings: Settings, masterKey: Buffer, closing: Closing): Promise<Opened> => {
  const { dataDirectory: folder } = settings;
  const keys = openSqliteKeyStore({ path: pathIn(folder, dataFiles.keys), masterKey, readOnly: true });
  closing.push(() => {
    keys.close();
  });
  const store =
    settings.eventStore === 'sqlite' ? await openSqliteEventStore({ folder, readOnly: true }) : await openEventStoreDb(settings);
  closing.push(() => store.close());
  const operations = openSqliteOperations({ folder, readOnly: true });
  closing.push(() => {
    operations.close();
  });
  const readModels = new SqliteReadModelsReader(pathIn(folder, dataFiles.readModels));
  closing.push(() => {
    readModels.close();
  });
  const purposeKeys = await openPurposeKeys(keys, masterKey);
  return { store, operations, readModels, keys, purposeKeys, checkpoints: createFolderCheckpointStore(pathIn(folder, dataFiles.seal)) };
};
