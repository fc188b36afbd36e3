import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import { Client } from 'pg';
import type { Ports } from '../../../src/application/kernel/ports/ports';
import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import type { ReportingStore } from '@tichet-albastru/event-log/ports/reporting-store';
import type { Instant } from '../../../src/domain/kernel/fact';
import { openReporting } from '@tichet-albastru/event-log/reporting/reporting-role';
import type { OpenedPorts } from '../../../src/infrastructure/nest/provided';
import { openPostgres } from '../../../src/infrastructure/nest/postgres';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { openPostgresReporting } from '@tichet-albastru/event-log/reporting/postgres-reporting';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { catchUpReporting } from '@tichet-albastru/event-log/reporting/fill-reporting';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { derivedFrom } from '../../../src/application/kernel/ports/tables';
import { reportingViews } from '../../../src/projections/reporting/reporting';
import { closing } from '../closing';
import { createTestDatabase } from '../postgres';
import { reportingTables } from '../declared-reporting';

export type Ask = <R extends object>(statement: string) => Promise<readonly R[]>;
/** The reporting tables of both databases, as whoever draws reports reads them. */
export type AskedDatabases = {
  readonly sqlite: Ask;
  readonly postgres: Ask;
  /** what the service does beside its work, when its clock shows this */
  readonly fillAt: (now: Instant) => Promise<void>;
};

const fill = async (reporting: ReportingStore, { logger }: Ports, readModels: ReadModels, now: Instant): Promise<void> => {
  await catchUpReporting(
    { reporting, readModels, clock: fixedClock(now), logger },
    { tables: reportingTables, views: reportingViews, derivedFrom },
  );
  const parked = await reporting.parked();
  if (parked.length > 0) throw new Error(`Some rows are parked: ${JSON.stringify(parked.slice(0, 3))}`);
};

/** Filled from the log of this folder as of `now`: the folder's own, and those of a database beside it. */
export const databasesOf = async (
  folder: string,
  { ports, projections, reporting }: OpenedPorts,
  now: Instant,
): Promise<AskedDatabases> => {
  if (reporting === undefined) throw new Error('A folder has reporting tables.');
  const { url } = await createTestDatabase();
  const postgres = closing(await openPostgres({ url }));
  await openReporting(postgres.pool);
  const models = closing(new PostgresReadModels(postgres));
  await catchUp({ ...ports, rows: models }, projections);
  const inPostgres = openPostgresReporting(postgres.pool, models.sources());
  const fillAt = async (at: Instant): Promise<void> => {
    await fill(reporting, ports, ports.readModels, at);
    await fill(inPostgres, ports, models, at);
  };
  await fillAt(now);
  // the file is there once its tables are declared
  const sqlite = closing(openSqlite(join(folder, 'reporting.db'), { readonly: true }));
  const client = closing(new Client({ connectionString: url }));
  await client.connect();
  await client.query('SET search_path = reporting; SET ROLE tichet_reporting');
  return {
    fillAt,
    sqlite: <R extends object>(statement: string) => Promise.resolve(sqlite.prepare<[], R>(statement).all()),
    postgres: async <R extends object>(statement: string) => (await client.query<R>(statement)).rows,
  };
};
