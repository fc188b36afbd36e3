import { createEvents } from '@tichet-albastru/event-log/stores/postgres/events.migration';
import { createDrafts, createOperations, createRefusals, openingsOfBrowsers } from '../tables/operations/operations.migration';
import {
  createCodes,
  createPeople,
  hitsAheadOfNow,
  hitsThatEnd,
  placesTogether,
  unfinishedAttempts,
} from '@tichet-albastru/event-log/operations/operations.migration';
import { createSeal, createSealAside } from '../proof/checkpoints-in-postgres';
import { countKeyEpochs, createKeys } from '@tichet-albastru/event-log/keys/keys.migration';
import { createReadModels, whatStandsThere } from '@tichet-albastru/event-log/read-models/read-models.migration';
import { changedRows } from '@tichet-albastru/event-log/read-models/changed-rows';
import { reportingBookkeeping, sourceParked } from '@tichet-albastru/event-log/reporting/reporting.migration';
import { createLeases, leasesSince } from '@tichet-albastru/event-log/database/postgres/leases.migration';
import type { Migration } from '@tichet-albastru/event-log/database/migration';
import type { PoolOptions, Postgres } from '@tichet-albastru/event-log/database/postgres/open-pool';
import * as database from '@tichet-albastru/event-log/database/postgres/open-postgres';

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

/** As `openPostgresForReading` of the log, with the schema of this procedure. */
export const openPostgresForReading = (options: PoolOptions): Promise<Postgres> => database.openPostgresForReading(options, migrations);

/** As `openPostgres` of the log, with the schema of this procedure. */
export const openPostgres = (options: PoolOptions): Promise<Postgres> => database.openPostgres(options, migrations);
