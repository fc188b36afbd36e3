import type { ReportingView, ViewSource } from '../../../../application/kernel/ports/projection';
import { identifier, literal, plainColumnName, plainTableName, type TableShape } from '../table-shape';

const inSchema = (plainName: string): string => `tichet.${identifier(plainName)}`;
export const tableName = (name: string, build: number): string => inSchema(plainTableName(name, build));
export const columnName = (column: string): string => identifier(plainColumnName(column));

/** Texts are compared byte by byte, whatever the database's language; a number of JSON is a double. */
export const createTable = ({ name, columns }: TableShape, build: number): string => {
  const declared = Object.entries(columns).map(
    ([column, type]) => `${columnName(column)} ${type === 'text' ? 'text COLLATE "C"' : 'double precision'}`,
  );
  return `CREATE TABLE ${tableName(name, build)} (${['key text COLLATE "C" PRIMARY KEY', 'row text NOT NULL', ...declared].join(', ')})`;
};

/** Null stands first, as in SQLite. */
export const createIndexes = ({ name, indexes }: TableShape, build: number): readonly string[] =>
  indexes.map((columns, index) => {
    const parts = [...columns.map((column) => `${columnName(column)} NULLS FIRST`), 'key'];
    return `CREATE INDEX IF NOT EXISTS ${identifier(`${plainTableName(name, build)}__${index}`)} ON ${tableName(name, build)} (${parts.join(', ')})`;
  });

export const dropTable = (plainName: string): string => `DROP TABLE IF EXISTS ${inSchema(plainName)} CASCADE`;

/**
 * The row is parsed once for all fields of it (OFFSET 0 keeps it so), and what is asked of an indexed column is still answered by its index.
 * JSON texts with U+0000 are none to PostgreSQL.
 */
const viewSource = (table: TableShape, build: number): ViewSource => {
  const field = (path: string): string => `(fields.json #>> ${literal(`{${path.split('.').join(',')}}`)})`;
  const isColumn = (path: string): boolean => path in table.columns;
  const number = (path: string): string => (isColumn(path) ? columnName(path) : `${field(path)}::double precision`);
  const whole = (path: string): string =>
    `CASE ${field(path)} WHEN 'true' THEN 1 WHEN 'false' THEN 0 ELSE trunc(${field(path)}::double precision) END`;
  return {
    rows: `${tableName(table.name, build)} AS stored
      CROSS JOIN LATERAL (SELECT replace(stored.row, '\\u0000', '\\ufffd')::jsonb AS json OFFSET 0) AS fields`,
    key: 'stored.key',
    text: (path) => (isColumn(path) ? columnName(path) : field(path)),
    number,
    integer: (path) => `(${isColumn(path) ? columnName(path) : whole(path)})::bigint`,
  };
};

/** A view of the schema `reporting` over this build, for a statement that makes it. */
export type ViewText = { readonly name: string; readonly sql: string };

const viewText = (view: ReportingView, table: TableShape, build: number): ViewText => ({
  name: `reporting.${identifier(`v1_${view.name}`)}`,
  sql: view.sql(viewSource(table, build)),
});

export const viewsOf = (tables: readonly TableShape[], build: number): readonly ViewText[] =>
  tables.flatMap((table) => table.views.map((view) => viewText(view, table, build)));
