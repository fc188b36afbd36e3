import Database from 'better-sqlite3';
import { join } from 'node:path';
import { Client, type QueryResult, types } from 'pg';
import type { ReportingRow, ReportingType, ReportingValue } from '../../src/application/kernel/ports/reporting';
import { reportingViews } from '../../src/projections/reporting/reporting';
import { closing, emptyFolder } from '../support/closing';
import { createTestDatabase } from '../support/postgres';
import { reportingTables } from '../support/declared-reporting';

export type ReportingDialect = { readonly types: Readonly<Record<ReportingType, string>>; readonly instant: string };
export const sqliteReporting: ReportingDialect = {
  types: { text: 'TEXT', integer: 'INTEGER', number: 'REAL', boolean: 'INTEGER', instant: 'TEXT', date: 'TEXT' },
  instant: 'TEXT',
};
export const postgresReporting: ReportingDialect = {
  types: {
    text: 'text COLLATE "C"',
    integer: 'integer',
    number: 'double precision',
    boolean: 'boolean',
    instant: 'timestamptz',
    date: 'date',
  },
  instant: 'timestamptz',
};

const named = (table: string): string => `v2_${table}`;

/** The declared tables and views without what fills them; beside them the freshness, which the machinery keeps. */
export const declaredReporting = ({ types, instant }: ReportingDialect): string =>
  [
    ...reportingTables.flatMap(({ name, columns, key, indexes = [] }) => [
      `CREATE TABLE ${named(name)} (${Object.entries(columns)
        .map(([column, { type, required }]) => `${column} ${types[type]}${required ? ' NOT NULL' : ''}`)
        .join(', ')}, PRIMARY KEY (${key.join(', ')}))`,
      ...indexes.map((index, number) => `CREATE INDEX ${named(name)}_${number} ON ${named(name)} (${index.join(', ')})`),
    ]),
    `CREATE TABLE v2_freshness (table_name TEXT, source TEXT, position INTEGER, filled_at ${instant}, behind_events INTEGER,
      behind_seconds INTEGER, parked INTEGER, judged_until ${instant})`,
    ...reportingViews.map((view) => `CREATE VIEW ${named(view.name)} AS ${view.sql(named)}`),
  ].join(';\n');

export const nothingOf: Readonly<Record<ReportingType, ReportingValue>> = {
  text: '',
  integer: 0,
  number: 0,
  boolean: false,
  instant: '2026-01-01T00:00:00.000Z',
  date: '2026-01-01',
};

/** Every column of a row: what is not given is null, or where it is required the nothing of its type. */
const whole = (table: string, given: ReportingRow): readonly (readonly [string, ReportingValue])[] => {
  const columns = reportingTables.find(({ name }) => name === table)?.columns;
  if (columns === undefined) throw new Error(`No reporting table ${table} is declared.`);
  const unknown = Object.keys(given).filter((column) => columns[column] === undefined);
  if (unknown.length > 0) throw new Error(`The reporting table ${table} has no ${unknown.join(', ')}.`);
  return Object.entries(columns).map(([name, { type, required }]) => [name, given[name] ?? (required ? nothingOf[type] : null)]);
};

export type ReportingRowsByTable = Readonly<Record<string, readonly ReportingRow[]>>;

/** A database with the reporting tables, and what a statement answers there: names of columns in their order, and rows. */
export type AskedReporting = {
  readonly address: string;
  ask(sql: string): Promise<{ readonly columns: readonly string[]; readonly rows: readonly Record<string, unknown>[] }>;
  add(rows: ReportingRowsByTable): Promise<void>;
};

export const reportingInSqlite = (): AskedReporting => {
  const address = join(emptyFolder(), 'reporting.db');
  const database = closing(new Database(address));
  database.exec(declaredReporting(sqliteReporting));
  return {
    address,
    ask: (sql) => {
      const statement = database.prepare(sql);
      return Promise.resolve({
        columns: statement.columns().map(({ name }) => name),
        rows: statement.all() as Record<string, unknown>[],
      });
    },
    add: (rows) => {
      database.transaction(() => {
        for (const [table, given] of Object.entries(rows))
          for (const row of given) {
            const columns = whole(table, row);
            const values = columns.map(([, value]) => (typeof value === 'boolean' ? Number(value) : value));
            database
              .prepare(
                `INSERT INTO ${named(table)} (${columns.map(([name]) => name).join(', ')}) VALUES (${columns.map(() => '?').join(', ')})`,
              )
              .run(values);
          }
      })();
      return Promise.resolve();
    },
  };
};

const written: readonly number[] = [types.builtins.INT8, types.builtins.NUMERIC];
/** Counts and shares are numbers, as in SQLite; pg gives long ones as text. */
export const rowsAsInSqlite = ({ fields, rows }: QueryResult<Record<string, unknown>>): readonly Record<string, unknown>[] => {
  const long = fields.filter(({ dataTypeID }) => written.includes(dataTypeID)).map(({ name }) => name);
  const read = (value: unknown): unknown => (typeof value === 'string' ? Number(value) : value);
  return rows.map((row) => ({ ...row, ...Object.fromEntries(long.map((name) => [name, read(row[name])])) }));
};

export const reportingInPostgres = async (): Promise<AskedReporting> => {
  const { url: address } = await createTestDatabase();
  const client = closing(new Client({ connectionString: address }));
  await client.connect();
  await client.query('CREATE SCHEMA reporting; SET search_path = reporting');
  await client.query(declaredReporting(postgresReporting));
  return {
    address,
    ask: async (sql) => {
      const result = await client.query<Record<string, unknown>>(sql);
      return { columns: result.fields.map(({ name }) => name), rows: rowsAsInSqlite(result) };
    },
    add: async (rows) => {
      for (const [table, given] of Object.entries(rows))
        await client.query(`INSERT INTO ${named(table)} SELECT * FROM json_populate_recordset(NULL::${named(table)}, $1)`, [
          JSON.stringify(given.map((row) => Object.fromEntries(whole(table, row)))),
        ]);
    },
  };
};
