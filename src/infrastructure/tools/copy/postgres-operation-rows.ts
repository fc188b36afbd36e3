import type { Pool } from 'pg';
import { inTransaction } from '../../database/postgres/in-transaction';
import { carriedTables, type CarriedRow, type CarriedTable, type ColumnKind, type OperationRows } from './carried-tables';

/** How a column is read and written here, where it is not kept as it is carried. */
const readAs: Readonly<Record<string, string>> = { ids: 'to_json(ids)::text' };
const writtenAs: Readonly<Record<string, string>> = { ids: 'ARRAY(SELECT json_array_elements_text(r.ids::json))' };

const typeOf = (kind: ColumnKind): string => {
  if (kind === 'flag') return 'boolean';
  return kind === 'number' ? 'double precision' : 'text';
};

const insertInto = (name: string, { columns }: CarriedTable): string => {
  const given = Object.entries(columns).map(([column, kind]) => `${column} ${typeOf(kind)}`);
  const written = Object.keys(columns).map((column) => writtenAs[column] ?? `r.${column}`);
  return `INSERT INTO tichet.${name} (${Object.keys(columns).join(', ')})
    SELECT ${written.join(', ')} FROM json_to_recordset($1::json) AS r (${given.join(', ')})`;
};

/** The operational state in PostgreSQL. */
export const postgresOperationRows = (pool: Pool): OperationRows => ({
  after: async (name, key, most) => {
    const table: CarriedTable = carriedTables[name];
    const read = Object.keys(table.columns).map((column) => `${readAs[column] ?? column} AS ${column}`);
    const { rows } = await pool.query<CarriedRow>(
      `SELECT ${read.join(', ')} FROM tichet.${name} WHERE ${table.key} > $1 ORDER BY ${table.key} LIMIT $2`,
      [key, most],
    );
    return rows;
  },
  replace: (name, pages) =>
    inTransaction(pool, async (client) => {
      await client.query(`DELETE FROM tichet.${name}`);
      const insert = insertInto(name, carriedTables[name]);
      for await (const page of pages) await client.query(insert, [JSON.stringify(page)]);
    }),
});
