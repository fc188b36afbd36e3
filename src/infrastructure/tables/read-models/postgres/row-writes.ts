import type { PoolClient } from 'pg';
import type { Columns } from '../../../../application/kernel/ports/projection';
import type { RowWrite } from '../../../../application/kernel/ports/projection-store';
import type { Row } from '../../../../application/kernel/ports/read-models';
import { textArray } from '../../../database/postgres/text-array';
import { encodeRow } from '../../../log/codec/row.codec';
import { columnValue } from '../columns';
import { typedValue } from '../sql/dialect';
import { columnName, tableName } from './schema';

/** Rows in one statement: some megabytes of evidence. */
const rowsInOneStatement = 2000;

type Upsert = readonly [key: string, row: Row];

const upsertInto = (table: string, columns: Columns): string => {
  const names = Object.keys(columns).map(columnName);
  const arrays = Object.values(columns).map((type, index) => `$${index + 3}::${type === 'text' ? 'text[]' : 'double precision[]'}`);
  return (
    `INSERT INTO ${table} (${['key', 'row', ...names].join(', ')}) SELECT * FROM unnest(${['$1::text[]', '$2::text[]', ...arrays].join(', ')})` +
    ` ON CONFLICT (key) DO UPDATE SET ${['row', ...names].map((column) => `${column} = excluded.${column}`).join(', ')}`
  );
};

const columnArray = (rows: readonly Upsert[], column: string, type: Columns[string]): unknown => {
  const values = rows.map(([, row]) => typedValue(type, columnValue(row[column])));
  return type === 'text' ? textArray(values.map((value) => (value === null ? null : String(value)))) : values;
};

/** The last write of a key is the one that counts. */
const lastWrites = (writes: readonly RowWrite[]): ReadonlyMap<string, ReadonlyMap<string, Row | undefined>> => {
  const byTable = new Map<string, Map<string, Row | undefined>>();
  for (const { table, key, row } of writes) {
    const rows = byTable.get(table) ?? new Map<string, Row | undefined>();
    rows.set(key, row);
    byTable.set(table, rows);
  }
  return byTable;
};

/** @param columnsOf what each table of the build declares */
export const writeRows = async (
  client: PoolClient,
  build: number,
  writes: readonly RowWrite[],
  columnsOf: (table: string) => Columns,
): Promise<void> => {
  for (const [name, rows] of lastWrites(writes)) {
    const table = tableName(name, build);
    const columns = columnsOf(name);
    const gone = [...rows].flatMap(([key, row]) => (row === undefined ? [key] : []));
    if (gone.length > 0) await client.query(`DELETE FROM ${table} WHERE key = ANY($1::text[])`, [textArray(gone)]);
    const upserts = [...rows].flatMap(([key, row]): Upsert[] => (row === undefined ? [] : [[key, row]]));
    for (let from = 0; from < upserts.length; from += rowsInOneStatement) {
      const some = upserts.slice(from, from + rowsInOneStatement);
      await client.query(upsertInto(table, columns), [
        textArray(some.map(([key]) => key)),
        textArray(some.map(([, row]) => encodeRow(row))),
        ...Object.entries(columns).map(([column, type]) => columnArray(some, column, type)),
      ]);
    }
  }
};
