import { LRUCache } from 'lru-cache';
import { createHash } from 'node:crypto';
import type { Pool, PoolClient, QueryResultRow } from 'pg';
import { camelCase, decoded, type FoundRow, type Query, type StatementOf } from '../sql/rows.codec';
import { runInTurn, type Found, type Work, type Workplace } from '../sql/work';
import type { PlaceHealth } from '../storage-health';
import { databaseFault, DatabaseUnavailable } from './database-fault';
import { isKeepable } from './text-array';

/** A statement of ours, planned once by each connection: the name is its own. */
export type Statement = { readonly name: string; readonly text: string };

/** What a statement returned, and how many rows it wrote. */
export type Answer<Row> = { readonly rows: readonly Row[]; readonly written: number };
type Ask = <Row extends QueryResultRow>(statement: Statement, ...values: readonly unknown[]) => Promise<Answer<Row>>;

/** One statement is one transaction: what it writes is committed, and durable, when it is answered. */
export type AskDatabase = { readonly read: Ask; readonly write: Ask };

const nothingFound = { rows: [], written: 0 };

/**
 * Statements on any connection of the pool. Each throws DatabaseUnavailable while the database is away; any other error is a bug.
 * @param health is told how the writes went, and of every statement that could not be answered
 */
export const askDatabase = (pool: Pool, health?: PlaceHealth): AskDatabase => {
  const ask: Ask = async <Row extends QueryResultRow>({ name, text }: Statement, ...values: readonly unknown[]): Promise<Answer<Row>> => {
    try {
      const { rows, rowCount } = await pool.query<Row>({ name, text, values: [...values] });
      return { rows, written: rowCount ?? 0 };
    } catch (error) {
      const fault = databaseFault(error);
      if (fault === undefined) throw error;
      const unavailable = new DatabaseUnavailable(fault);
      health?.failed(unavailable);
      throw unavailable;
    }
  };
  const read: Ask = async <Row extends QueryResultRow>(statement: Statement, ...values: readonly unknown[]): Promise<Answer<Row>> =>
    values.every((value) => typeof value !== 'string' || isKeepable(value)) ? ask<Row>(statement, ...values) : nothingFound;
  const write: Ask = async <Row extends QueryResultRow>(statement: Statement, ...values: readonly unknown[]): Promise<Answer<Row>> => {
    const answer = await ask<Row>(statement, ...values);
    health?.wrote();
    return answer;
  };
  return { read, write };
};

const statements = new LRUCache<string, Statement>({
  max: 1000,
  memoMethod: (text) => ({ name: `tichet-${createHash('sha1').update(text).digest('hex').slice(0, 20)}`, text }),
});

/** The same name for the same text: a connection prepares it once. */
export const namedStatement = (text: string): Statement => statements.memo(text);

/** Columns are called as in TypeScript. */
export const named = ({ rows, written }: Found): Found => ({
  rows: rows.map((row) => Object.fromEntries(Object.entries(row).map(([name, value]) => [camelCase(name), value]))),
  written,
});

/** Each statement of the work is a transaction of its own, on any connection. @param health as for `askDatabase` */
export const workplaceIn = (pool: Pool, health?: PlaceHealth): Workplace => {
  const { read, write } = askDatabase(pool, health);
  const writing = <T>(work: () => Work<T>): Promise<T> =>
    runInTurn(work(), async ({ text, values }) => named(await write<FoundRow>(namedStatement(text), ...values)));
  const rowsOf = async <Row>(query: StatementOf<Row>): Promise<readonly Row[]> =>
    decoded(query, named(await read<FoundRow>(namedStatement(query.text), ...query.values)).rows);
  return {
    rows: rowsOf,
    first: async (query) => (await rowsOf(query))[0],
    run: async ({ text, values }) => {
      await write(namedStatement(text), ...values);
    },
    written: async ({ text, values }) => (await write(namedStatement(text), ...values)).written,
    returned: async (query) => decoded(query, named(await write<FoundRow>(namedStatement(query.text), ...query.values)).rows)[0],
    read: (work) => runInTurn(work(), async ({ text, values }) => named(await read<FoundRow>(namedStatement(text), ...values))),
    write: writing,
    writeUnless: (_done, work) => writing(work),
    durable: () => Promise.resolve(),
  };
};

/** Answers what work asks, on any connection of the pool or on this one. @param unnamed for a statement that is hardly asked twice: it is not prepared */
export const workOn =
  (connection: Pool | PoolClient, unnamed?: 'unnamed') =>
  async ({ text, values }: Query): Promise<Found> => {
    const asked = unnamed === undefined ? namedStatement(text) : { text };
    const { rows, rowCount } = await connection.query<FoundRow>({ ...asked, values: [...values] });
    return { rows, written: rowCount ?? 0 };
  };

/** @throws DatabaseUnavailable instead of what passes with its cause */
export const availableOnly = async <T>(work: () => Promise<T>): Promise<T> => {
  try {
    return await work();
  } catch (error) {
    const fault = databaseFault(error);
    if (fault === undefined) throw error;
    throw new DatabaseUnavailable(fault);
  }
};
