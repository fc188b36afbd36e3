import { createEvents } from '../log/event-store/postgres/events.migration';
import {
  createCodes,
  createDrafts,
  createOperations,
  createPeople,
  createRefusals,
  hitsThatEnd,
  openingsOfBrowsers,
} from '../tables/operations/operations.migration';
import { createSeal } from '../proof/checkpoints-in-postgres';
import { countKeyEpochs, createKeys } from '../log/keys/keys.migration';
import { createReadModels } from '../tables/read-models/read-models.migration';
import { createLeases } from '../database/postgres/leases.migration';
import type { Migration } from '../database/migration';
import type { Pool } from 'pg';
import { databaseUnusable } from '../database/postgres/database-unusable';
import { assertDurable, assertMigrated, migrate } from '../database/postgres/migrate';
import { createListener } from '../database/postgres/listener';
import { openPool, type PoolOptions, type Postgres } from '../database/postgres/open-pool';

/** In the order in which they are applied. New ones go to the end; tables into the schema `tichet`, views for dashboards into `reporting`. */
export const migrations: readonly Migration[] = [
  createEvents,
  createOperations,
  createKeys,
  createReadModels,
  createLeases,
  createSeal,
  createRefusals,
  countKeyEpochs,
  createDrafts,
  openingsOfBrowsers,
  createCodes,
  createPeople('postgres'),
  hitsThatEnd('postgres'),
];

export type { Postgres };

/**
 * Connects for reading beside the processes that serve it: a command of another version changes nothing.
 * @throws DatabaseUnusable when it cannot be had, was never served, or by another version than this one
 */
export const openPostgresForReading = async (options: PoolOptions): Promise<Postgres> => {
  const pool = openPool({ ...options, readOnly: true });
  return opened(pool, options, () => assertMigrated(pool, migrations));
};

/**
 * Connects, makes sure that commits are durable, and brings the schema up to date.
 * @throws DatabaseUnusable when it cannot be had, or must not be used as it is
 */
export const openPostgres = async (options: PoolOptions): Promise<Postgres> => {
  const pool = openPool(options);
  return opened(pool, options, async () => {
    await assertDurable(pool);
    await migrate(pool, migrations);
  });
};

const opened = async (pool: Pool, { url }: PoolOptions, look: () => Promise<void>): Promise<Postgres> => {
  try {
    await look();
  } catch (error) {
    await pool.end();
    throw databaseUnusable(error) ?? error;
  }
  const listener = createListener(url);
  return {
    pool,
    listener,
    close: async () => {
      await listener.close();
      await pool.end();
    },
  };
};
