import { existsSync } from 'node:fs';
import type { EventStore } from '../../application/ports/event-store';
import type { Operations } from '../../application/ports/operations';
import type { ReadModels } from '../../application/ports/read-models';
import type { Settings } from '../config/settings';
import { postgresUrlOf } from '../config/store-settings';
import { dataFiles, pathIn } from '../data-folder/data-files';
import { PostgresEventStore } from '../event-store/postgres/postgres-event-store';
import { openSqliteEventStore } from '../event-store/sqlite/sqlite-event-store';
import { openEventStoreDb } from '../nest/open-stores';
import { openPostgresOperations } from '../operations/postgres/postgres-operations';
import { openSqliteOperations } from '../operations/sqlite/sqlite-operations';
import { openPostgresForReading } from '../postgres/open-postgres';
import type { KeyStore } from '../privacy/key-store';
import { purposeKey } from '../privacy/personal-data';
import { openPostgresKeyStore } from '../privacy/postgres-key-store';
import { openSqliteKeyStore } from '../privacy/sqlite-key-store';
import { PostgresReadModels } from '../read-models/postgres/postgres-read-models';
import { SqliteReadModelsReader } from '../read-models/sqlite/sqlite-read-models';
import { CommandEnds, exitCodes } from './exit-code';

/** Opened for reading beside whoever serves them: nothing is locked, nothing can be written. */
export type ReadingStores = {
  readonly store: EventStore;
  readonly operations: Operations;
  readonly readModels: ReadModels;
  readonly keys: KeyStore;
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
  throw new CommandEnds(exitCodes.notFound, {
    ro: `În dosarul ${folder} nu sunt date; porniți întâi serviciul (tichet serve) sau alegeți alt dosar (TICHET_DATA_DIR).`,
    en: `There are no data in the folder ${folder}; start the service first (tichet serve) or choose another folder (TICHET_DATA_DIR).`,
  });
};

/** @throws CommandEnds when nothing was ever kept there, DatabaseUnusable, KeyUnusable */
export const openReadingStores = (settings: Settings, masterKey: Buffer): Promise<ReadingStores> => {
  mustHaveData(settings);
  return settings.readModels === 'postgres' ? inPostgres(settings, masterKey) : inDataFolder(settings, masterKey);
};

const inPostgres = async (settings: Settings, masterKey: Buffer): Promise<ReadingStores> => {
  const postgres = await openPostgresForReading({ url: postgresUrlOf(settings), purpose: 'reading' });
  const { pool } = postgres;
  const store = settings.eventStore === 'postgres' ? new PostgresEventStore(postgres) : await openEventStoreDb(settings);
  const readModels = new PostgresReadModels(postgres);
  return {
    store,
    readModels,
    operations: openPostgresOperations({ pool, answerKey: purposeKey(masterKey, 'kept-answer') }),
    keys: await openPostgresKeyStore({ pool, masterKey, readOnly: true }),
    close: async () => {
      readModels.close();
      await store.close();
      await postgres.close();
    },
  };
};

const inDataFolder = async (settings: Settings, masterKey: Buffer): Promise<ReadingStores> => {
  const { dataDirectory: folder } = settings;
  const keys = openSqliteKeyStore({ path: pathIn(folder, dataFiles.keys), masterKey, readOnly: true });
  const store =
    settings.eventStore === 'sqlite' ? await openSqliteEventStore({ folder, readOnly: true }) : await openEventStoreDb(settings);
  const operations = openSqliteOperations({ folder, readOnly: true });
  const readModels = new SqliteReadModelsReader(pathIn(folder, dataFiles.readModels));
  return {
    store,
    operations,
    readModels,
    keys,
    close: async () => {
      readModels.close();
      operations.close();
      await store.close();
      keys.close();
    },
  };
};
