import type Database from 'better-sqlite3';
import type { Columns, Projection, ReportingView, ViewSource } from '../../../application/ports/projection';

/** One table that a build fills. */
export type TableShape = { readonly name: string; readonly columns: Columns; readonly views: readonly ReportingView[] };

export const tablesOf = ({ name, columns, views, derived }: Projection): readonly TableShape[] => [
  { name, columns, views: views ?? [] },
  ...(derived === undefined ? [] : [{ name: derived.name, columns: derived.columns, views: derived.views ?? [] }]),
];

export const createBookkeeping = `
  CREATE TABLE IF NOT EXISTS builds (
    build INTEGER PRIMARY KEY AUTOINCREMENT,
    projection TEXT NOT NULL,
    version INTEGER NOT NULL,
    state TEXT NOT NULL CHECK (state IN ('live', 'filling')),
    checkpoint TEXT NOT NULL,
    UNIQUE (projection, state)
  );
  CREATE TABLE IF NOT EXISTS tables (
    build INTEGER NOT NULL REFERENCES builds (build) ON DELETE CASCADE,
    name TEXT NOT NULL,
    columns TEXT NOT NULL,
    PRIMARY KEY (build, name)
  ) WITHOUT ROWID;
  CREATE TABLE IF NOT EXISTS parked (
    id INTEGER PRIMARY KEY AUTOINCREMENT,
    build INTEGER NOT NULL REFERENCES builds (build) ON DELETE CASCADE,
    name TEXT NOT NULL,
    key TEXT NOT NULL,
    position TEXT NOT NULL,
    stream TEXT NOT NULL,
    revision INTEGER NOT NULL,
    event_id TEXT NOT NULL,
    type TEXT NOT NULL,
    body TEXT NOT NULL,
    hash TEXT NOT NULL,
    error TEXT,
    parked_at TEXT NOT NULL
  );
  CREATE INDEX IF NOT EXISTS parked_by_key ON parked (build, name, key);
`;

const identifier = (text: string): string => `"${text.replaceAll('"', '""')}"`;
const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`;

/** The table of one build: `staff-calendar` filled by build 7 is `staff_calendar__7`. */
export const tableName = (name: string, build: number): string => identifier(`${name.replaceAll('-', '_')}__${build}`);

/** Indexed columns stand beside the row under their own name with `c_` before it, so that none can be called `key` or `row`. */
export const columnName = (column: string): string => identifier(`c_${column}`);

export const createTable = ({ name, columns }: TableShape, build: number): string => {
  const declared = Object.entries(columns).map(([column, type]) => `${columnName(column)} ${type === 'text' ? 'TEXT' : 'INTEGER'}`);
  return `CREATE TABLE ${tableName(name, build)} (${['key TEXT PRIMARY KEY NOT NULL', 'row TEXT NOT NULL', ...declared].join(', ')})`;
};

export const createIndexes = ({ name, columns }: TableShape, build: number): readonly string[] =>
  Object.keys(columns).map(
    (column) =>
      `CREATE INDEX IF NOT EXISTS ${identifier(`${name.replaceAll('-', '_')}__${build}__${column}`)} ON ${tableName(name, build)} (${columnName(column)}, key)`,
  );

const viewSource = (table: TableShape, build: number): ViewSource => {
  const field = (path: string): string => `json_extract(row, ${literal(`$.${path}`)})`;
  return {
    rows: tableName(table.name, build),
    key: 'key',
    text: (path) => (path in table.columns ? columnName(path) : field(path)),
    integer: (path) => (path in table.columns ? columnName(path) : `CAST(${field(path)} AS INTEGER)`),
  };
};

const viewName = (view: ReportingView): string => identifier(`reporting_v1_${view.name}`);

/** Lets the reporting views of these tables read this build. */
export const pointViewsAt = (db: Database.Database, tables: readonly TableShape[], build: number): void => {
  for (const table of tables) {
    for (const view of table.views) {
      db.exec(`DROP VIEW IF EXISTS ${viewName(view)}; CREATE VIEW ${viewName(view)} AS ${view.sql(viewSource(table, build))}`);
    }
  }
};
