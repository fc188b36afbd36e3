import type Database from 'better-sqlite3';
import type { ReportingView, ViewSource } from '../../../../application/kernel/ports/projection';
import { identifier, literal, plainColumnName, plainTableName, type TableShape } from '../table-shape';

export const tableName = (name: string, build: number): string => identifier(plainTableName(name, build));
export const columnName = (column: string): string => identifier(plainColumnName(column));

export const createTable = ({ name, columns }: TableShape, build: number): string => {
  const declared = Object.entries(columns).map(([column, type]) => `${columnName(column)} ${type === 'text' ? 'TEXT' : 'INTEGER'}`);
  return `CREATE TABLE ${tableName(name, build)} (${['key TEXT PRIMARY KEY NOT NULL', 'row TEXT NOT NULL', ...declared].join(', ')})`;
};

export const createIndexes = ({ name, indexes }: TableShape, build: number): readonly string[] =>
  indexes.map(
    (columns) =>
      `CREATE INDEX IF NOT EXISTS ${identifier(`${plainTableName(name, build)}__${columns.join('_')}`)} ON ${tableName(name, build)} (${columns.map(columnName).join(', ')}, key)`,
  );

const viewSource = (table: TableShape, build: number): ViewSource => {
  const field = (path: string): string => `json_extract(row, ${literal(`$.${path}`)})`;
  return {
    rows: tableName(table.name, build),
    key: 'key',
    text: (path) => (path in table.columns ? columnName(path) : field(path)),
    number: (path) => (path in table.columns ? columnName(path) : field(path)),
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
