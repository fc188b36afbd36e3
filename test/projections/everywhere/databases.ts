import Database from 'better-sqlite3';
import { Client } from 'pg';
import type { ReportingTable, ReportingType, ReportingValue } from '../../../src/application/kernel/ports/reporting';
import type { ReadModels, Row } from '../../../src/application/kernel/ports/read-models';
import type { Instant } from '../../../src/domain/kernel/fact';
import { reportingTables } from '../../../src/projections/reporting/reporting';
import { closing } from '../../support/closing';
import { createTestDatabase } from '../../support/postgres';

export type Ask = <R extends object>(statement: string) => Promise<readonly R[]>;
/** The reporting tables of both databases, as whoever draws reports reads them. */
export type AskedDatabases = { readonly sqlite: Ask; readonly postgres: Ask };

const types: Readonly<Record<'sqlite' | 'postgres', Readonly<Record<ReportingType, string>>>> = {
  sqlite: { text: 'TEXT', integer: 'INTEGER', number: 'REAL', boolean: 'INTEGER', instant: 'TEXT', date: 'TEXT' },
  postgres: { text: 'text', integer: 'integer', number: 'double precision', boolean: 'boolean', instant: 'timestamptz', date: 'date' },
};

const rowsOf = async (table: ReportingTable, readModels: ReadModels, at: Instant): Promise<readonly ReportingValue[][]> => {
  const found: ReportingValue[][] = [];
  for (let cursor: string | undefined; ;) {
    const page = await readModels.select<Row>(table.source, { limit: 500, ...(cursor === undefined ? {} : { cursor }) });
    for (const row of page.rows) {
      const { rows } = await table.rowsOf(row, String(row['ticketId']), at, readModels);
      for (const made of rows) found.push(Object.keys(table.columns).map((name) => made[name] ?? null));
    }
    if (page.next === undefined) return found;
    cursor = page.next;
  }
};

export const databasesOf = async (readModels: ReadModels, at: Instant): Promise<AskedDatabases> => {
  const sqlite = closing(new Database(':memory:'));
  const { url } = await createTestDatabase();
  const postgres = closing(new Client({ connectionString: url }));
  await postgres.connect();
  for (const table of reportingTables.filter(({ name }) => name === 'verdict_intervals')) {
    const columns = (kind: 'sqlite' | 'postgres') =>
      Object.entries(table.columns)
        .map(([name, { type }]) => `${name} ${types[kind][type]}`)
        .join(', ');
    sqlite.exec(`CREATE TABLE v2_${table.name} (${columns('sqlite')})`);
    await postgres.query(`CREATE TABLE v2_${table.name} (${columns('postgres')})`);
    const rows = await rowsOf(table, readModels, at);
    const insert = sqlite.prepare(
      `INSERT INTO v2_${table.name} VALUES (${Object.keys(table.columns)
        .map(() => '?')
        .join(', ')})`,
    );
    for (const row of rows) insert.run(row);
    const names = Object.keys(table.columns);
    await postgres.query(`INSERT INTO v2_${table.name} SELECT * FROM json_populate_recordset(null::v2_${table.name}, $1::json)`, [
      JSON.stringify(rows.map((row) => Object.fromEntries(row.map((value, at) => [names[at], value])))),
    ]);
  }
  return {
    sqlite: <R extends object>(statement: string) => Promise.resolve(sqlite.prepare<[], R>(statement).all()),
    postgres: async <R extends object>(statement: string) => (await postgres.query<R>(statement)).rows,
  };
};
