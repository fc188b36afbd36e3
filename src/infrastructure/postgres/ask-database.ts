import type { Pool, QueryResult, QueryResultRow } from 'pg';
import type { StorageHealth } from '../storage-health';
import { databaseFault } from './database-fault';
import { DatabaseUnavailable } from './database-unavailable';

/** A statement of ours, planned once by each connection: the name is its own. */
export type Statement = { readonly name: string; readonly text: string };

/** One statement is one transaction: what it writes is committed, and durable, when it is answered. */
export type AskDatabase = {
  rows<Row extends QueryResultRow>(statement: Statement, ...values: readonly unknown[]): Promise<readonly Row[]>;
  /** @returns what the statement returns, and how many rows it wrote */
  write<Row extends QueryResultRow>(
    statement: Statement,
    ...values: readonly unknown[]
  ): Promise<{ readonly rows: readonly Row[]; readonly written: number }>;
};

/**
 * Statements on any connection of the pool. Each throws DatabaseUnavailable while the database is away; any other error is a bug.
 * @param health is told how the writes went, and of every statement that could not be answered
 */
export const askDatabase = (pool: Pool, health?: StorageHealth): AskDatabase => {
  const ask = async <Row extends QueryResultRow>(statement: Statement, values: readonly unknown[]): Promise<QueryResult<Row>> => {
    try {
      return await pool.query<Row>({ ...statement, values: [...values] });
    } catch (error) {
      const fault = databaseFault(error);
      if (fault === undefined) throw error;
      const unavailable = new DatabaseUnavailable(fault);
      health?.failed(unavailable);
      throw unavailable;
    }
  };
  return {
    rows: async <Row extends QueryResultRow>(statement: Statement, ...values: readonly unknown[]) =>
      (await ask<Row>(statement, values)).rows,
    write: async <Row extends QueryResultRow>(statement: Statement, ...values: readonly unknown[]) => {
      const { rows, rowCount } = await ask<Row>(statement, values);
      health?.wrote();
      return { rows, written: rowCount ?? 0 };
    },
  };
};
