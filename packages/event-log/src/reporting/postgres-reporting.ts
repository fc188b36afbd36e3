import type { Pool } from 'pg';
import type { ReportingLooked, ReportingStore } from '../ports/reporting-store';
import { availableOnly, workOn } from '../database/postgres/ask-database';
import { inTransaction } from '../database/postgres/in-transaction';
import { keepsPrepared } from '../database/postgres/open-pool';
import { runInTurn, type Work } from '../database/sql/work';
import type { Sources } from '../read-models/sources';
import { postgresReporting } from './reporting-dialect';
import { reportingOf } from './reporting-tables';
import { ReportingWriter } from './reporting-writer';

/** Rows that a power cut takes are made again from the changes, which survive it: no caller waits for the disk. */
const notDurable = 'SET LOCAL synchronous_commit = off';
/**
 * Does not wait for a long reader: later readers would wait behind the process that changes a table. It gives up before the server's
 * deadlock check (after a second), which could end a reader of a view.
 */
const declaring = `${notDurable}; SET LOCAL lock_timeout = 800; SET LOCAL statement_timeout = 0`;

const lookIn = <T>(pool: Pool, work: Work<T>): Promise<T> => availableOnly(() => runInTurn(work, workOn(pool)));

/** The tables of a database, for commands that only look. */
export const postgresReportingLooked = (pool: Pool): ReportingLooked => ({
  freshness: () => lookIn(pool, new ReportingWriter(postgresReporting).freshness()),
  parked: () => lookIn(pool, new ReportingWriter(postgresReporting).parked()),
});

/** The reporting tables of PostgreSQL, in the schema `reporting`, for any number of processes; one of them fills the tables. */
export const openPostgresReporting = (pool: Pool, sources: Sources): ReportingStore => {
  const writer = new ReportingWriter(postgresReporting);
  return reportingOf(sources, {
    transaction: (work, how) => {
      const unnamed = how === undefined && keepsPrepared(pool) ? undefined : 'unnamed';
      const settings = how === undefined ? notDurable : declaring;
      return availableOnly(() => inTransaction(pool, (client) => runInTurn(work(writer), workOn(client, unnamed)), settings));
    },
    look: (work) => lookIn(pool, work(writer)),
  });
};
