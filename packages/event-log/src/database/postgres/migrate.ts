import type { Pool, PoolClient } from 'pg';
import { leftToDo, type Migration } from '../migration';
import { readOnlyServer } from './database-fault';
import { DatabaseUnusable } from './database-unusable';
import { inTransaction } from './in-transaction';

/** Any number that no other program takes: processes that start at the same time wait for each other. */
const lockNumber = 7_142_051_963;

/** The driver's own limit for an answer, in milliseconds, where the server has none. */
const longAnswer = 3_600_000;
const patiently = (text: string, values?: number[]) => ({ text, query_timeout: longAnswer, ...(values && { values }) });

const appliedTo = async (database: Pool | PoolClient): Promise<readonly string[]> => {
  const { rows } = await database.query<{ readonly name: string }>('SELECT name FROM tichet.migrations ORDER BY number');
  return rows.map(({ name }) => name);
};

const newer = (unknown: readonly string[]): DatabaseUnusable => new DatabaseUnusable('database.newer', { steps: unknown.join(', ') });

const isPrepared = async (pool: Pool): Promise<boolean> => {
  const { rows } = await pool.query<{ readonly there: boolean }>(`SELECT to_regclass('tichet.migrations') IS NOT NULL AS there`);
  return rows[0]?.there ?? false;
};

/** Each in a transaction of its own, under a lock that ends with it; so it also works behind a pooler that shares sessions. */
const inLockedTransaction = <T>(pool: Pool, work: (client: PoolClient) => Promise<T>): Promise<T> =>
  inTransaction(pool, async (client) => {
    // building an index has no time limit, nor has waiting for another process that builds it
    await client.query('SET LOCAL statement_timeout = 0');
    await client.query(patiently('SELECT pg_advisory_xact_lock($1)', [lockNumber]));
    return work(client);
  });

const prepare = (pool: Pool): Promise<void> =>
  inLockedTransaction(pool, async (client) => {
    await client.query(`
      CREATE SCHEMA IF NOT EXISTS tichet;
      CREATE SCHEMA IF NOT EXISTS reporting;
      CREATE TABLE IF NOT EXISTS tichet.migrations (
        number integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
        name text NOT NULL UNIQUE,
        applied_at timestamptz NOT NULL DEFAULT now()
      )`);
  });

/**
 * Applies what is missing, in order. Any number of processes may do it at once.
 * @throws DatabaseUnusable when the database is newer than the program
 */
export const migrate = async (pool: Pool, migrations: readonly Migration[]): Promise<void> => {
  if (!(await isPrepared(pool))) await prepare(pool);
  for (const { name } of leftToDo(migrations, await appliedTo(pool), newer))
    await inLockedTransaction(pool, async (client) => {
      const step = leftToDo(migrations, await appliedTo(client), newer).find((one) => one.name === name);
      // another process was faster
      if (!step) return;
      await client.query(patiently(step.sql));
      await client.query('INSERT INTO tichet.migrations (name) VALUES ($1)', [name]);
    });
};

/** Changes nothing. @throws DatabaseUnusable when the database is not of this version of the program */
export const assertMigrated = async (pool: Pool, migrations: readonly Migration[]): Promise<void> => {
  if ((await isPrepared(pool)) && leftToDo(migrations, await appliedTo(pool), newer).length === 0) return;
  throw new DatabaseUnusable('database.otherSchema', {});
};

type Durability = { readonly fsync: string; readonly synchronous_commit: string; readonly full_page_writes: string };

/** What is acknowledged must survive a power cut. @throws DatabaseUnusable when the server, the database or the role says otherwise, or only follows another */
export const assertDurable = async (pool: Pool): Promise<void> => {
  const followers = await pool.query('SELECT 1 WHERE pg_is_in_recovery()');
  if (followers.rowCount !== 0) throw new DatabaseUnusable('database.silent', { fault: readOnlyServer });
  const { rows } = await pool.query<Durability>(
    `SELECT current_setting('fsync') AS fsync, current_setting('full_page_writes') AS full_page_writes,
            current_setting('synchronous_commit') AS synchronous_commit`,
  );
  for (const settings of rows)
    for (const [setting, value] of Object.entries(settings))
      if (value === 'off') throw new DatabaseUnusable('database.notDurable', { setting });
};
