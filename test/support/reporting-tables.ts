import Database from 'better-sqlite3';
import { Client } from 'pg';
import type {
  ReportingRow,
  ReportingRows,
  ReportingTable,
  ReportingTableView,
  ReportingType,
  ReportingValue,
} from '../../src/application/kernel/ports/reporting';
import type { Projection } from '../../src/application/kernel/ports/projection';
import type { ReadModels, Row } from '../../src/application/kernel/ports/read-models';
import type { DomainEvent } from '../../src/domain/facts';
import type { Instant } from '../../src/domain/kernel/fact';
import { isCivilDate, isInstant } from '../../src/domain/time/civil-time';
import { closing } from './closing';
import { createTestDatabase } from './postgres';

/** The rows of a projection, by their keys, after these events. */
export const foldedBy = <R extends Row>(projection: Projection<R>, events: readonly DomainEvent[]): ReadonlyMap<string, R> => {
  const rows = new Map<string, R>();
  for (const event of events) {
    for (const key of projection.keysOf(event)) {
      const row = projection.apply(rows.get(key), event, key);
      if (row === undefined) rows.delete(key);
      else rows.set(key, row);
    }
  }
  return rows;
};

const nobody = () => Promise.reject(new Error('This table rests on its source alone.'));
const noReadModels = { get: nobody, select: nobody };

/** What these rows of the source make in the table at this moment. */
export const tableOf = async <R extends Row>(
  table: ReportingTable<R>,
  rows: ReadonlyMap<string, R>,
  at: Instant,
): Promise<readonly ReportingRow[]> => {
  const made: ReportingRow[] = [];
  for (const [key, row] of rows) made.push(...(await rowsOf(table, row, key, at)).rows);
  return made;
};

const fits: Readonly<Record<ReportingType, (value: Exclude<ReportingValue, null>) => boolean>> = {
  text: (value) => typeof value === 'string' && value !== '',
  integer: (value) => Number.isInteger(value),
  number: (value) => Number.isFinite(value),
  boolean: (value) => typeof value === 'boolean',
  instant: (value) => isInstant(String(value)),
  date: (value) => isCivilDate(String(value)),
};

/** The rows of one row of the source; each must be as its columns are declared. */
export const rowsOf = async <R extends Row>(
  table: ReportingTable<R>,
  row: R,
  key: string,
  at: Instant,
  readModels: Pick<ReadModels, 'get' | 'select'> = noReadModels,
): Promise<ReportingRows> => {
  const made = await table.rowsOf(row, key, at, readModels);
  const wrong = made.rows.flatMap((one) => [
    ...Object.keys(one).filter((name) => !(name in table.columns)),
    ...Object.entries(table.columns).filter(([name, { type, required = false }]) => {
      const value = one[name] ?? null;
      return value === null ? required : !fits[type](value);
    }),
    ...(one[table.sourceKey] === key ? [] : [one]),
  ]);
  expect(wrong).toEqual([]);
  return made;
};

/** Rows to be put into a table; many tables of a source may stand in one database. */
export type Filled = { readonly table: ReportingTable; readonly rows: readonly ReportingRow[] };

const shown = (name: string): string => `v2_${name}`;
const columnsIn = ({ columns }: ReportingTable, types: Readonly<Record<ReportingType, string>>): string =>
  Object.entries(columns)
    .map(([name, { type, required }]) => `${name} ${types[type]}${required === true ? ' NOT NULL' : ''}`)
    .join(', ');

/** A database that is asked as a report asks it. */
export type ReportingDatabase = { readonly ask: (statement: string) => Promise<readonly Readonly<Record<string, unknown>>[]> };

const sqliteTypes = { text: 'TEXT', integer: 'INTEGER', number: 'REAL', boolean: 'INTEGER', instant: 'TEXT', date: 'TEXT' };

/** The tables and the views over them in SQLite, in memory. */
export const reportingInSqlite = (filled: readonly Filled[], views: readonly ReportingTableView[]): ReportingDatabase => {
  const db = closing(new Database(':memory:'));
  for (const { table, rows } of filled) {
    db.exec(`CREATE TABLE ${shown(table.name)} (${columnsIn(table, sqliteTypes)}, PRIMARY KEY (${table.key.join(', ')}))`);
    const names = Object.keys(table.columns);
    const insert = db.prepare(`INSERT INTO ${shown(table.name)} VALUES (${names.map(() => '?').join(', ')})`);
    const given = (value: ReportingValue | undefined) => (typeof value === 'boolean' ? Number(value) : (value ?? null));
    db.transaction(() => {
      for (const row of rows) insert.run(names.map((name) => given(row[name])));
    })();
  }
  for (const view of views) db.exec(`CREATE VIEW ${shown(view.name)} AS ${view.sql(shown)}`);
  return { ask: (statement) => Promise.resolve(db.prepare<[], Record<string, unknown>>(statement).all()) };
};

const postgresTypes = {
  text: 'text',
  integer: 'integer',
  number: 'double precision',
  boolean: 'boolean',
  instant: 'timestamptz',
  date: 'date',
};

/** The same in a database of PostgreSQL, which ends with the test. */
export const reportingInPostgres = async (filled: readonly Filled[], views: readonly ReportingTableView[]): Promise<ReportingDatabase> => {
  const { url } = await createTestDatabase();
  const client = closing(new Client({ connectionString: url }));
  await client.connect();
  for (const { table, rows } of filled) {
    await client.query(`CREATE TABLE ${shown(table.name)} (${columnsIn(table, postgresTypes)}, PRIMARY KEY (${table.key.join(', ')}))`);
    const list = `SELECT * FROM json_populate_recordset(null::${shown(table.name)}, $1)`;
    await client.query(`INSERT INTO ${shown(table.name)} ${list}`, [JSON.stringify(rows)]);
  }
  for (const view of views) await client.query(`CREATE VIEW ${shown(view.name)} AS ${view.sql(shown)}`);
  return { ask: async (statement) => (await client.query<Record<string, unknown>>(statement)).rows };
};
