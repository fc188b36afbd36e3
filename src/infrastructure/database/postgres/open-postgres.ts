import type { Pool } from 'pg';
import { databaseUnusable } from './database-unusable';
import { assertDurable } from './durability';
import { createListener, type Listener } from './listener';
import { assertMigrated, migrate } from './migrate';
import { migrations } from './migrations';
import { openPool, type PoolOptions } from './open-pool';

/** One database for everything that a process keeps in it. */
export type Postgres = { readonly pool: Pool; readonly listener: Listener; readonly close: () => Promise<void> };

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
