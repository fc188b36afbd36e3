import type { Pool } from 'pg';
import type { Migration } from '../migration';
import { databaseUnusable } from './database-unusable';
import { createListener, silentListener } from './listener';
import { assertDurable, assertMigrated, migrate } from './migrate';
import type { PoolOptions, Postgres } from './open-pool';
import { openPoolAt, unheardAt } from './open-pool-at';

/**
 * Connects for reading beside the processes that serve it: a command of another version changes nothing.
 * @throws DatabaseUnusable when it cannot be had, was never served, or by another version than this one
 */
export const openPostgresForReading = (options: PoolOptions, migrations: readonly Migration[]): Promise<Postgres> =>
  opened({ ...options, readOnly: true }, (pool) => assertMigrated(pool, migrations));

/**
 * Connects, makes sure that commits are durable, and brings the schema up to date.
 * @param migrations in the order in which they are applied
 * @throws DatabaseUnusable when it cannot be had, or must not be used as it is
 */
export const openPostgres = (options: PoolOptions, migrations: readonly Migration[]): Promise<Postgres> =>
  opened(options, async (pool) => {
    await assertDurable(pool);
    await migrate(pool, migrations);
  });

/** Where listening is in vain nothing is listened to: on a connection that others get as well, it would stay behind. */
const listenerFor = ({ url, directUrl = url }: PoolOptions, unheard: Postgres['unheard']) =>
  unheard === undefined || unheard === 'direct-address-silent' ? createListener(directUrl) : silentListener;

const opened = async (options: PoolOptions, look: (pool: Pool) => Promise<void>): Promise<Postgres> => {
  const { pool, behind } = await usable(openPoolAt(options));
  try {
    await usable(look(pool));
    const unheard = await unheardAt({ pool, behind }, options.directUrl);
    const listener = listenerFor(options, unheard);
    return {
      pool,
      behind,
      ...(unheard && { unheard }),
      listener,
      close: async () => {
        await listener.close();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
};

const usable = async <T>(work: Promise<T>): Promise<T> => {
  try {
    return await work;
  } catch (error) {
    throw databaseUnusable(error) ?? error;
  }
};
