import type Database from 'better-sqlite3';
import { operationsSchema } from '../../tables/operations/sqlite/schema';
import { openDurable, openReading } from '../../database/sqlite/open-database';
import { carriedTables, type CarriedRow, type CarriedTable, type CarriedTableName, type OperationRows } from './carried-tables';

type Stored = string | number | null;

/** How a column is read here, where it is not kept as it is carried: a command under a key is one JSON text. */
const readAs: Readonly<Record<string, string>> = {
  command_id: `json_extract(command, '$.commandId')`,
  command_at: `nullif(json_extract(command, '$.at'), '')`,
  ids: `json_extract(command, '$.ids')`,
};

const insertInto = (table: string, columns: readonly string[]): string =>
  table === 'idempotency'
    ? `INSERT INTO idempotency (key, fingerprint, at, command, answer) VALUES (:key, :fingerprint, :at,
        json_object('commandId', :command_id, 'at', coalesce(:command_at, ''), 'ids', json(:ids)), :answer)`
    : `INSERT INTO ${table} (${columns.join(', ')}) VALUES (${columns.map((column) => `:${column}`).join(', ')})`;

const carriedOf = ({ columns }: CarriedTable, row: Readonly<Record<string, Stored>>): CarriedRow =>
  Object.fromEntries(Object.entries(columns).map(([name, kind]) => [name, kind === 'flag' ? row[name] !== 0 : (row[name] ?? null)]));

const storedOf = (row: CarriedRow): Readonly<Record<string, Stored>> =>
  Object.fromEntries(Object.entries(row).map(([name, value]) => [name, typeof value === 'boolean' ? Number(value) : value]));

const writing = (path: string): Database.Database => {
  const database = openDurable(path);
  database.exec(operationsSchema);
  return database;
};

/** The operational state in `operations.db`. @param options.readOnly nothing is made and nothing can be replaced */
export const openSqliteOperationRows = ({
  path,
  readOnly,
}: {
  readonly path: string;
  readonly readOnly: boolean;
}): OperationRows & { close(): void } => {
  const database = readOnly ? openReading(path) : writing(path);
  // a folder that was last served before there was such a table has no row of it
  const isThere = database.prepare<[string], { readonly there: number }>(
    "SELECT 1 AS there FROM sqlite_master WHERE type = 'table' AND name = ?",
  );
  return {
    after: (name: CarriedTableName, key, most) => {
      const table: CarriedTable = carriedTables[name];
      if (!isThere.get(name)) return Promise.resolve([]);
      const read = Object.keys(table.columns).map(
        (column) => `${(name === 'idempotency' ? readAs[column] : undefined) ?? column} AS ${column}`,
      );
      const rows = database.prepare<[string, number], Readonly<Record<string, Stored>>>(
        `SELECT ${read.join(', ')} FROM ${name} WHERE ${table.key} > ? ORDER BY ${table.key} LIMIT ?`,
      );
      return Promise.resolve(rows.all(key, most).map((row) => carriedOf(table, row)));
    },
    replace: async (name, pages) => {
      const insert = database.prepare<[Readonly<Record<string, Stored>>]>(insertInto(name, Object.keys(carriedTables[name].columns)));
      database.exec('BEGIN IMMEDIATE');
      try {
        database.exec(`DELETE FROM ${name}`);
        for await (const page of pages) for (const row of page) insert.run(storedOf(row));
        database.exec('COMMIT');
      } finally {
        if (database.inTransaction) database.exec('ROLLBACK');
      }
    },
    close: () => {
      database.close();
    },
  };
};
