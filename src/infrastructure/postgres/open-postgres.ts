import type { Pool } from 'pg';
import { databaseUnusable } from './database-unusable';
import { assertDurable } from './durability';
import { createListener, type Listener } from './listener';
import { migrate } from './migrate';
import { migrations } from './migrations';
import { openPool, type PoolOptions } from './open-pool';

/** One database for everything that a process keeps in it. */
export type Postgres = { readonly pool: Pool; readonly listener: Listener; readonly close: () => Promise<void> };

/**
 * Connects, makes sure that commits are durable, and brings the schema up to date.
 * @throws DatabaseUnusable when it cannot be had, or must not be used as it is
 */
export const openPostgres = async (options: PoolOptions): Promise<Postgres> => {
  const pool = openPool(options);
  try {
    await assertDurable(pool);
    await migrate(pool, migrations);
  } catch (error) {
    await pool.end();
    throw databaseUnusable(error) ?? error;
  }
  const listener = createListener(options.url);
  return {
    pool,
    listener,
    close: async () => {
      await listener.close();
      await pool.end();
    },
  };
};
