import { sql, type ColumnDefinitionBuilder, type Kysely, type RawBuilder } from 'kysely';
import type { Columns, ViewSource } from '../ports/projection';
import type { RowWrite } from '../ports/projection-store';
import { type ColumnValue, columnValue, type Row } from '../ports/read-models';
import { keepable, textArray } from '../database/postgres/text-array';
import type { Query } from '../database/sql/rows.codec';
import { kyselyOf, type Work } from '../database/sql/work';
import { encodeRow } from '../codec/row.codec';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { columnName, identifier, literal, plainTableName, type ColumnType, type TableShape } from './columns';

/** Every table of rows, as far as a selection looks at it. */
export type RowTables = Readonly<Record<string, { readonly key: string; readonly row: string }>>;

/** How one kind of database writes and binds what differs among them. Nothing is ever run through it: texts are only made. */
export type Dialect = {
  readonly kysely: Kysely<RowTables>;
  /** before the name of a table */
  readonly schema?: string;
  /** the name of a table as it is written in a statement */
  readonly place: (plainName: string) => string;
  /** What is bound to compare a column of this type with. */
  readonly value: (type: ColumnType, value: string | number | boolean | null) => unknown;
  readonly list: (type: ColumnType, values: readonly (string | number)[]) => unknown;
  /** Is the column one of a bound list? */
  readonly isOneOf: (column: RawBuilder<ColumnValue>, type: ColumnType, list: RawBuilder<unknown>) => RawBuilder<boolean>;
  /** The elements of a JSON list, each as `value`; of one that is a list itself, `value ->> 0` is the first element. */
  readonly eachOf: (list: string) => RawBuilder<unknown>;
  /** a number that is higher than that of any change that is noted */
  readonly nextChange: RawBuilder<unknown>;
  /** Null stands first when ascending and last when descending, as SQLite has it by itself. */
  readonly nullsFirst: RawBuilder<unknown>;
  readonly nullsLast: RawBuilder<unknown>;
  /** the type of texts, compared byte by byte */
  readonly text: string;
  /** numbers that rise and are never used again */
  readonly rising: { readonly type: 'integer' | 'bigint'; readonly number: (column: ColumnDefinitionBuilder) => ColumnDefinitionBuilder };
  /** what becomes of bookkeeping that stands there already */
  readonly whenThere: 'leave' | 'refuse';
  /** how many commits a build has seen, where processes tell one another */
  readonly commits: string;
  /** after a selection of builds: no other process changes them until the transaction ends */
  readonly lock: string;
  /** one of these builds: one text for any number of them, and what is bound */
  readonly among: (builds: readonly number[]) => { readonly text: string; readonly value: unknown };
  readonly createTable: (table: TableShape, build: number) => string;
  readonly createIndexes: (table: TableShape, build: number) => readonly string[];
  /** What is done before a build that was filled is read, once its indexes are there. */
  readonly afterIndexes: (table: TableShape, build: number) => readonly string[];
  /** Gives up a table that is no longer read, and the views on it that were not pointed to another table. */
  readonly giveUp: (plainName: string) => Work<void>;
  /** The last write of a key is the one that counts. */
  readonly writeRows: (build: number, writes: readonly RowWrite[], columnsOf: (table: string) => Columns) => Work<void>;
  /** the name of a reporting view as it is written in a statement */
  readonly viewName: (name: string) => string;
  readonly viewSource: (table: TableShape, build: number) => ViewSource;
  /** In the place of one of this name. */
  readonly replaceView: (name: string, text: string) => Work<void>;
  /** Has the view of this name this text? */
  readonly isViewOf: (name: string, text: string) => Work<boolean>;
  /** Lets a view say what it shows, where that can be kept. */
  readonly tell: (name: string, told: string) => Work<void>;
  /** An error that says that the table is not there: its build was replaced or dropped. */
  readonly isGone: (error: unknown) => boolean;
};

const plain = (text: string, ...values: readonly unknown[]): Query => ({ text, values });

const indexOn = (dialect: Pick<Dialect, 'place'>, { name }: TableShape, build: number, suffix: string, parts: readonly string[]): string =>
  `CREATE INDEX IF NOT EXISTS ${identifier(`${plainTableName(name, build)}__${suffix}`)} ON ${dialect.place(plainTableName(name, build))} (${[...parts, 'key'].join(', ')})`;

const inSqlite = { place: identifier };

const sqliteViewSource = (table: TableShape, build: number): ViewSource => {
  const field = (path: string): string => `json_extract(row, ${literal(`$.${path}`)})`;
  const columnOr = (otherwise: (path: string) => string) => (path: string) => (path in table.columns ? columnName(path) : otherwise(path));
  return {
    rows: inSqlite.place(plainTableName(table.name, build)),
    key: 'key',
    text: columnOr(field),
    number: columnOr(field),
    integer: columnOr((path) => `CAST(${field(path)} AS INTEGER)`),
  };
};

/** As SQLite keeps it. */
const sqliteView = (name: string, text: string): string => `CREATE VIEW ${name} AS ${text}`;

const upsertInSqlite = (table: string, build: number, columns: readonly string[]): string => {
  const names = columns.map(columnName);
  return (
    `INSERT INTO ${inSqlite.place(plainTableName(table, build))} (${['key', 'row', ...names].join(', ')}) VALUES (${['?', '?', ...names.map(() => '?')].join(', ')})` +
    ` ON CONFLICT (key) DO UPDATE SET ${['row', ...names].map((column) => `${column} = excluded.${column}`).join(', ')}`
  );
};

export const sqliteDialect: Dialect = {
  ...inSqlite,
  kysely: kyselyOf('sqlite'),
  value: (_, value) => columnValue(value),
  list: (_, values) => JSON.stringify(values),
  isOneOf: (column, _, list) => sql<boolean>`${column} in (select value from json_each(${list}))`,
  eachOf: (list) => sql`json_each(${list}) AS given`,
  nextChange: sql`(SELECT coalesce(max(number), 0) + 1 FROM changed_rows)`,
  nullsFirst: sql``,
  nullsLast: sql``,
  text: 'text',
  rising: { type: 'integer', number: (column) => column.autoIncrement() },
  whenThere: 'leave',
  commits: '0',
  lock: '',
  among: (builds) => ({ text: 'IN (SELECT value FROM json_each(?))', value: JSON.stringify(builds) }),
  createTable: ({ name, columns }, build) => {
    const declared = Object.entries(columns).map(([column, type]) => `${columnName(column)} ${type === 'text' ? 'TEXT' : 'INTEGER'}`);
    return `CREATE TABLE ${inSqlite.place(plainTableName(name, build))} (${['key TEXT PRIMARY KEY NOT NULL', 'row TEXT NOT NULL', ...declared].join(', ')})`;
  },
  createIndexes: (table, build) =>
    table.indexes.map((columns) => indexOn(inSqlite, table, build, columns.join('_'), columns.map(columnName))),
  afterIndexes: () => [],
  giveUp: function* (plainName) {
    const table = inSqlite.place(plainName);
    const { rows } = yield plain(`SELECT name FROM sqlite_master WHERE type = 'view' AND instr(sql, ?) > 0`, table);
    for (const { name } of rows) yield plain(`DROP VIEW ${identifier(String(name))}`);
    yield plain(`DROP TABLE IF EXISTS ${table}`);
  },
  writeRows: function* (build, writes, columnsOf) {
    const upserts = new Map<string, { readonly columns: readonly string[]; readonly text: string }>();
    for (const { table, key, row } of writes) {
      if (row === undefined) yield plain(`DELETE FROM ${inSqlite.place(plainTableName(table, build))} WHERE key = ?`, key);
      else {
        let upsert = upserts.get(table);
        if (upsert === undefined) {
          const columns = Object.keys(columnsOf(table));
          upsert = { columns, text: upsertInSqlite(table, build, columns) };
          upserts.set(table, upsert);
        }
        yield { text: upsert.text, values: [key, encodeRow(row), ...upsert.columns.map((column) => columnValue(row[column]))] };
      }
    }
  },
  viewName: (name) => identifier(`reporting_v1_${name}`),
  viewSource: sqliteViewSource,
  replaceView: function* (name, text) {
    yield plain(`DROP VIEW IF EXISTS ${name}`);
    yield plain(sqliteView(name, text));
    // what it reads is looked for when it is read, and not before
    yield plain(`SELECT * FROM ${name} LIMIT 0`);
  },
  isViewOf: function* (name, text) {
    return (yield plain(`SELECT 1 FROM sqlite_master WHERE type = 'view' AND sql = ?`, sqliteView(name, text))).rows.length > 0;
  },
  tell: function* () {
    // SQLite keeps no comments
  },
  isGone: (error) => error instanceof Error && error.message.startsWith('no such table'),
};

/** A column has one type there, and what is not of it is nothing: a number in a text column is its text, as SQLite has it too. */
const typedValue = (type: ColumnType, value: ColumnValue): ColumnValue => {
  if (type === 'integer') return typeof value === 'number' ? value : null;
  return value === null ? null : keepable(String(value));
};

const inPostgres = { place: (plainName: string) => `tichet.${identifier(plainName)}` };

/**
 * The row is parsed once for all fields of it (OFFSET 0 keeps it so), and what is asked of an indexed column is still answered by its index.
 * JSON texts with U+0000 are none to PostgreSQL.
 */
const postgresViewSource = (table: TableShape, build: number): ViewSource => {
  const field = (path: string): string => `(fields.json #>> ${literal(`{${path.split('.').join(',')}}`)})`;
  const isColumn = (path: string): boolean => path in table.columns;
  const whole = (path: string): string =>
    `CASE ${field(path)} WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE trunc(${field(path)}::double precision) END`;
  return {
    rows: `${inPostgres.place(plainTableName(table.name, build))} AS stored
      CROSS JOIN LATERAL (SELECT replace(stored.row, '\\u0000', '\\ufffd')::jsonb AS json OFFSET 0) AS fields`,
    key: 'stored.key',
    text: (path) => (isColumn(path) ? columnName(path) : field(path)),
    number: (path) => (isColumn(path) ? columnName(path) : `${field(path)}::double precision`),
    integer: (path) => `(${isColumn(path) ? columnName(path) : whole(path)})::bigint`,
  };
};

/** Other columns than the view had before: PostgreSQL only adds some at the end. */
const otherColumns = '42P16';

/** What was granted on a view stays, and so do views over it. */
function* replaceView(name: string, text: string): Work<void> {
  yield plain('SAVEPOINT view');
  try {
    yield plain(`CREATE OR REPLACE VIEW ${name} AS ${text}`);
  } catch (error) {
    if (errorCode(error) !== otherColumns) throw error;
    yield plain('ROLLBACK TO SAVEPOINT view');
    yield plain(`DROP VIEW ${name}`);
    yield plain(`CREATE VIEW ${name} AS ${text}`);
  }
}

/** The server keeps what it has understood and not the text, so the text is made a view beside, and both are compared as it tells them. */
function* isViewOf(name: string, text: string): Work<boolean> {
  const trial = inPostgres.place('trial_view');
  yield plain('SAVEPOINT view');
  yield plain(`CREATE VIEW ${trial} AS ${text}`);
  const { rows } = yield plain('SELECT pg_get_viewdef(to_regclass($1)) = pg_get_viewdef(to_regclass($2)) AS same', name, trial);
  yield plain('ROLLBACK TO SAVEPOINT view');
  return rows[0]?.['same'] === true;
}

/** Rows in one statement: some megabytes of evidence. */
const rowsInOneStatement = 2000;
type Upsert = readonly [key: string, row: Row];

const upsertInPostgres = (table: string, columns: Columns): string => {
  const names = Object.keys(columns).map(columnName);
  const arrays = Object.values(columns).map((type, index) => `$${index + 3}::${type === 'text' ? 'text[]' : 'double precision[]'}`);
  return (
    `INSERT INTO ${table} (${['key', 'row', ...names].join(', ')}) SELECT * FROM unnest(${['$1::text[]', '$2::text[]', ...arrays].join(', ')})` +
    ` ON CONFLICT (key) DO UPDATE SET ${['row', ...names].map((column) => `${column} = excluded.${column}`).join(', ')}`
  );
};

const columnArray = (rows: readonly Upsert[], column: string, type: ColumnType): unknown => {
  const values = rows.map(([, row]) => typedValue(type, columnValue(row[column])));
  return type === 'text' ? textArray(values.map((value) => (value === null ? null : String(value)))) : values;
};

function* upsertAll(name: string, build: number, rows: ReadonlyMap<string, Row | undefined>, columns: Columns): Work<void> {
  const table = inPostgres.place(plainTableName(name, build));
  const gone = [...rows].flatMap(([key, row]) => (row === undefined ? [key] : []));
  if (gone.length > 0) yield plain(`DELETE FROM ${table} WHERE key = ANY($1::text[])`, textArray(gone));
  const upserts = [...rows].flatMap(([key, row]): Upsert[] => (row === undefined ? [] : [[key, row]]));
  for (let from = 0; from < upserts.length; from += rowsInOneStatement) {
    const some = upserts.slice(from, from + rowsInOneStatement);
    yield plain(
      upsertInPostgres(table, columns),
      textArray(some.map(([key]) => key)),
      textArray(some.map(([, row]) => encodeRow(row))),
      ...Object.entries(columns).map(([column, type]) => columnArray(some, column, type)),
    );
  }
}

export const postgresDialect: Dialect = {
  ...inPostgres,
  kysely: kyselyOf('postgres'),
  schema: 'tichet',
  value: (type, value) => typedValue(type, columnValue(value)),
  list: (type, values) => {
    const typed = values.flatMap((value) => typedValue(type, value) ?? []);
    return type === 'text' ? textArray(typed.map(String)) : typed;
  },
  isOneOf: (column, type, list) => sql<boolean>`${column} = any(${list}::${type === 'text' ? sql`text[]` : sql`double precision[]`})`,
  eachOf: (list) => sql`jsonb_array_elements(CAST(${list} AS jsonb)) AS given (value)`,
  nextChange: sql`nextval('tichet.changed_rows_number')`,
  nullsFirst: sql` nulls first`,
  nullsLast: sql` nulls last`,
  text: 'text collate "C"',
  rising: { type: 'bigint', number: (column) => column.generatedAlwaysAsIdentity() },
  whenThere: 'refuse',
  commits: 'commits',
  lock: ' FOR UPDATE',
  among: (builds) => ({ text: '= ANY($1)', value: builds }),
  // Texts are compared byte by byte, in any language of the database; a number of JSON is a double.
  createTable: ({ name, columns }, build) => {
    const declared = Object.entries(columns).map(
      ([column, type]) => `${columnName(column)} ${type === 'text' ? 'text COLLATE "C"' : 'double precision'}`,
    );
    return `CREATE TABLE ${inPostgres.place(plainTableName(name, build))} (${['key text COLLATE "C" PRIMARY KEY', 'row text NOT NULL', ...declared].join(', ')})`;
  },
  // Null stands first, as in SQLite.
  createIndexes: (table, build) =>
    table.indexes.map((columns, index) =>
      indexOn(
        inPostgres,
        table,
        build,
        String(index),
        columns.map((column) => `${columnName(column)} NULLS FIRST`),
      ),
    ),
  afterIndexes: ({ name }, build) => [`ANALYZE ${inPostgres.place(plainTableName(name, build))}`],
  // It stays unread until it is dropped later: a drop now would wait for its last reader, and new readers would wait behind the drop.
  giveUp: function* (plainName) {
    yield plain('INSERT INTO tichet.replaced_tables (name) VALUES ($1)', plainName);
  },
  writeRows: function* (build, writes, columnsOf) {
    const byTable = new Map<string, Map<string, Row | undefined>>();
    for (const { table, key, row } of writes) byTable.set(table, (byTable.get(table) ?? new Map<string, Row | undefined>()).set(key, row));
    for (const [name, rows] of byTable) yield* upsertAll(name, build, rows, columnsOf(name));
  },
  viewName: (name) => `reporting.${identifier(`v1_${name}`)}`,
  viewSource: postgresViewSource,
  replaceView,
  isViewOf,
  tell: function* (name, told) {
    const { rows } = yield plain('SELECT obj_description(to_regclass($1)) = $2 AS said', name, told);
    if (rows[0]?.['said'] !== true) yield plain(`COMMENT ON VIEW ${name} IS ${literal(told)}`);
  },
  isGone: (error) => errorCode(error) === '42P01',
};
