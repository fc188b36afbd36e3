import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import { Client, type QueryResult, types } from 'pg';
import type {
  ReportingRow,
  ReportingRows,
  ReportingTable,
  ReportingTableView,
  ReportingType,
  ReportingValue,
} from '@tichet-albastru/event-log/ports/reporting';
import type { Projection } from '../../src/application/kernel/ports/projection';
import type { ReadModels, Row } from '@tichet-albastru/event-log/ports/read-models';
import type { DomainEvent } from '../../src/domain/facts';
import type { Instant } from '../../src/domain/kernel/fact';
import { isCivilDate, isInstant } from '../../src/domain/time/civil-time';
import { postgresReporting, type ReportingDialect, sqliteReporting } from '@tichet-albastru/event-log/reporting/reporting-dialect';
import { reportingViews } from '../../src/projections/reporting/reporting';
import { closing, emptyFolder } from './closing';
import { reportingTables } from './declared-reporting';
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

/** The declared tables with their indexes and the views, without what fills them; beside them the freshness, which the machinery keeps. */
export const declaredReporting = (
  { types: of, shown }: Pick<ReportingDialect, 'types' | 'shown'>,
  tables: readonly ReportingTable[] = reportingTables,
  views: readonly ReportingTableView[] = reportingViews,
): readonly string[] => [
  ...tables.flatMap(({ name, columns, key, indexes = [] }) => [
    `CREATE TABLE ${shown(name)} (${Object.entries(columns)
      .map(([column, { type, required }]) => `${column} ${of[type]}${required === true ? ' NOT NULL' : ''}`)
      .join(', ')}, PRIMARY KEY (${key.join(', ')}))`,
    ...indexes.map((index, number) => `CREATE INDEX ${name}_${number} ON ${shown(name)} (${index.join(', ')})`),
  ]),
  `CREATE TABLE ${shown('freshness')} (table_name TEXT, source TEXT, position INTEGER, filled_at ${of.instant}, behind_rows INTEGER,
    behind_seconds INTEGER, parked INTEGER, judged_until ${of.instant}, source_parked INTEGER)`,
  ...views.map((view) => `CREATE VIEW ${shown(view.name)} AS ${view.sql(shown)}`),
];

type Rows = readonly Readonly<Record<string, unknown>>[];

const openTables = (address: string, tables?: readonly ReportingTable[], views?: readonly ReportingTableView[]) => {
  const database = closing(openSqlite(address));
  database.exec(declaredReporting(sqliteReporting, tables, views).join(';\n'));
  const given = (value: ReportingValue | undefined) => (typeof value === 'boolean' ? Number(value) : (value ?? null));
  const add = database.transaction((filled: readonly Filled[]) => {
    for (const { table, rows } of filled) {
      const names = Object.keys(table.columns);
      const insert = database.prepare(`INSERT INTO ${sqliteReporting.shown(table.name)} VALUES (${names.map(() => '?').join(', ')})`);
      for (const row of rows) insert.run(names.map((name) => given(row[name])));
    }
  });
  return { add, prepare: (statement: string) => database.prepare<[], Record<string, unknown>>(statement) };
};

const openPostgres = async (tables?: readonly ReportingTable[], views?: readonly ReportingTableView[]) => {
  const { url: address } = await createTestDatabase();
  const client = closing(new Client({ connectionString: address }));
  await client.connect();
  await client.query('CREATE SCHEMA reporting; SET search_path = reporting');
  await client.query(declaredReporting(postgresReporting, tables, views).join(';\n'));
  const add = async (filled: readonly Filled[]): Promise<void> => {
    for (const { table, rows } of filled) {
      const list = `SELECT * FROM json_populate_recordset(null::${postgresReporting.shown(table.name)}, $1)`;
      await client.query(`INSERT INTO ${postgresReporting.shown(table.name)} ${list}`, [JSON.stringify(rows)]);
    }
  };
  return { address, add, query: (statement: string) => client.query<Record<string, unknown>>(statement) };
};

/** A database that is asked as a report asks it. */
export type ReportingDatabase = { readonly ask: (statement: string) => Promise<Rows> };

/** The tables and the views over them in SQLite, in memory. */
export const reportingInSqlite = (filled: readonly Filled[], views: readonly ReportingTableView[]): ReportingDatabase => {
  const opened = openTables(
    ':memory:',
    filled.map(({ table }) => table),
    views,
  );
  opened.add(filled);
  return { ask: (statement) => Promise.resolve(opened.prepare(statement).all()) };
};

/** The same in a database of PostgreSQL, which ends with the test. */
export const reportingInPostgres = async (filled: readonly Filled[], views: readonly ReportingTableView[]): Promise<ReportingDatabase> => {
  const opened = await openPostgres(
    filled.map(({ table }) => table),
    views,
  );
  await opened.add(filled);
  return { ask: async (statement) => (await opened.query(statement)).rows };
};

export const nothingOf: Readonly<Record<ReportingType, ReportingValue>> = {
  text: '',
  integer: 0,
  number: 0,
  boolean: false,
  instant: '2026-01-01T00:00:00.000Z',
  date: '2026-01-01',
};

export type ReportingRowsByTable = Readonly<Record<string, readonly ReportingRow[]>>;

/** Every column of every row: what is not given is null, or where it is required the nothing of its type. */
const wholeRows = (given: ReportingRowsByTable): readonly Filled[] =>
  Object.entries(given).map(([name, rows]) => {
    const table = reportingTables.find((one) => one.name === name);
    if (table === undefined) throw new Error(`No reporting table ${name} is declared.`);
    const unknown = rows.flatMap((row) => Object.keys(row).filter((column) => table.columns[column] === undefined));
    if (unknown.length > 0) throw new Error(`The reporting table ${name} has no ${unknown.join(', ')}.`);
    const whole = (row: ReportingRow): ReportingRow =>
      Object.fromEntries(
        Object.entries(table.columns).map(([column, { type, required }]) => [column, row[column] ?? (required ? nothingOf[type] : null)]),
      );
    return { table, rows: rows.map(whole) };
  });

/** A database with all reporting tables, and what a statement answers there: names of columns in their order, and rows. */
export type AskedReporting = {
  readonly address: string;
  ask(sql: string): Promise<{ readonly columns: readonly string[]; readonly rows: Rows }>;
  add(rows: ReportingRowsByTable): Promise<void>;
};

export const everyTableInSqlite = (): AskedReporting => {
  const address = join(emptyFolder(), 'reporting.db');
  const { add, prepare } = openTables(address);
  return {
    address,
    ask: (sql) => {
      const statement = prepare(sql);
      return Promise.resolve({ columns: statement.columns().map(({ name }) => name), rows: statement.all() });
    },
    add: (rows) => {
      add(wholeRows(rows));
      return Promise.resolve();
    },
  };
};

const written: readonly number[] = [types.builtins.INT8, types.builtins.NUMERIC];
/** Counts and shares are numbers, as in SQLite; pg gives long ones as text. */
export const rowsAsInSqlite = ({ fields, rows }: QueryResult<Record<string, unknown>>): Rows => {
  const long = fields.filter(({ dataTypeID }) => written.includes(dataTypeID)).map(({ name }) => name);
  const read = (value: unknown): unknown => (typeof value === 'string' ? Number(value) : value);
  return rows.map((row) => ({ ...row, ...Object.fromEntries(long.map((name) => [name, read(row[name])])) }));
};

export const everyTableInPostgres = async (): Promise<AskedReporting> => {
  const { address, add, query } = await openPostgres();
  return {
    address,
    ask: async (sql) => {
      const result = await query(sql);
      return { columns: result.fields.map(({ name }) => name), rows: rowsAsInSqlite(result) };
    },
    add: (rows) => add(wholeRows(rows)),
  };
};
