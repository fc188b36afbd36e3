import { createEvents } from '@tichet-albastru/event-log/stores/postgres/events.migration';
import {
  createCodes,
  createDrafts,
  createOperations,
  createPeople,
  createRefusals,
  hitsAheadOfNow,
  hitsThatEnd,
  openingsOfBrowsers,
  placesTogether,
  unfinishedAttempts,
} from '../tables/operations/operations.migration';
import { createSeal, createSealAside } from '../proof/checkpoints-in-postgres';
import { countKeyEpochs, createKeys } from '@tichet-albastru/event-log/keys/keys.migration';
import { createReadModels, whatStandsThere } from '../tables/read-models/read-models.migration';
import { changedRows } from '../tables/read-models/changed-rows';
import { reportingBookkeeping, sourceParked } from '../tables/reporting/reporting.migration';
import { createLeases, leasesSince } from '@tichet-albastru/event-log/database/postgres/leases.migration';
import type { Migration } from '@tichet-albastru/event-log/database/migration';
import type { Pool } from 'pg';
import { databaseUnusable } from '@tichet-albastru/event-log/database/postgres/database-unusable';
import { assertDurable, assertMigrated, migrate } from '@tichet-albastru/event-log/database/postgres/migrate';
import { createListener, silentListener } from '@tichet-albastru/event-log/database/postgres/listener';
import type { PoolOptions, Postgres } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPoolAt, unheardAt } from '@tichet-albastru/event-log/database/postgres/open-pool-at';

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
  createSealAside,
  hitsAheadOfNow,
  whatStandsThere,
  placesTogether,
  changedRows,
  reportingBookkeeping,
  leasesSince,
  unfinishedAttempts('postgres'),
  sourceParked,
];

export type { Postgres };

/**
 * Connects for reading beside the processes that serve it: a command of another version changes nothing.
 * @throws DatabaseUnusable when it cannot be had, was never served, or by another version than this one
 */
export const openPostgresForReading = (options: PoolOptions): Promise<Postgres> =>
  opened({ ...options, readOnly: true }, (pool) => assertMigrated(pool, migrations));

/**
 * Connects, makes sure that commits are durable, and brings the schema up to date.
 * @throws DatabaseUnusable when it cannot be had, or must not be used as it is
 */
export const openPostgres = (options: PoolOptions): Promise<Postgres> =>
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
