import { Client } from 'pg';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import { dataFiles, pathIn } from '../../../src/infrastructure/database/data-folder/data-files';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openPostgres } from '../../../src/infrastructure/nest/postgres';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { freshDatabase } from './postgres';
import { freshFolder } from './stores';

/** A log and its tables, empty, of one kind of store. */
export type Place = {
  readonly store: EventStore;
  readonly rows: ProjectionStore & ReadModels;
  /** What the store does by itself after much was written, done now, so that it is not measured. */
  rest(): Promise<void>;
  remove(): Promise<void>;
};

export const sqlitePlace = async (): Promise<Place> => {
  const folder = freshFolder();
  const store = await openSqliteEventStore({ folder });
  const rows = new SqliteReadModels(pathIn(folder, dataFiles.readModels));
  return {
    store,
    rows,
    rest: () => Promise.resolve(),
    remove: async () => {
      rows.close();
      await store.close();
    },
  };
};

export const postgresPlace = async (): Promise<Place> => {
  const { url, drop } = await freshDatabase();
  const database = await openPostgres({ url });
  const store = new PostgresEventStore(database);
  const rows = new PostgresReadModels(database);
  return {
    store,
    rows,
    rest: async () => {
      // takes longer than the pool of the service lets a statement take
      const client = new Client({ connectionString: url });
      await client.connect();
      try {
        await client.query('VACUUM ANALYZE');
        await client.query('CHECKPOINT');
      } finally {
        await client.end();
      }
    },
    remove: async () => {
      rows.close();
      await store.close();
      await database.close();
      await drop();
    },
  };
};
