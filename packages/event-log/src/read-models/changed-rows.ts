import { sql } from 'kysely';
import type { SourceChange } from '../ports/reporting-store';
import type { FoundRow, Query } from '../database/sql/rows.codec';
import type { Work } from '../database/sql/work';
import type { Migration } from '../database/migration';
import { postgresDialect, type Dialect } from './dialect';

/** A row by its table and key. */
export type ChangedRow = { readonly table: string; readonly key: string };

/**
 * Up to which turn the process that fills reporting tables has answered the changes of these tables, and the name of these tables
 * (`epoch`). Reporting tables that were filled from others, or stand at an earlier turn, do not fit them.
 */
export type Answered = { readonly epoch: string; readonly turn: number };

/** No row has it: it stands for all of a table. */
const wholeTable = '';

/**
 * The rows, by table, that have changed since the reporting tables were filled from them, each once with a number that rises. Only rows
 * of tables that a reporting table is made of are noted.
 */
export const createChangedRows = ({ schema, text, rising, whenThere }: Dialect): readonly string[] => {
  const place = (name: string): string => (schema === undefined ? name : `${schema}.${name}`);
  const unless = whenThere === 'leave' ? 'IF NOT EXISTS ' : '';
  return [
    `CREATE TABLE ${unless}${place('reporting_sources')} (name ${text} PRIMARY KEY)`,
    `CREATE TABLE ${unless}${place('changed_rows')}
      (name ${text} NOT NULL, key ${text} NOT NULL, number ${rising.type} NOT NULL, PRIMARY KEY (name, key))`,
    `CREATE TABLE ${unless}${place('reporting_filled')}
      (one integer PRIMARY KEY CHECK (one = 1), epoch ${text} NOT NULL, turn ${rising.type} NOT NULL)`,
    `CREATE INDEX ${unless}changed_rows_by_number ON ${place('changed_rows')} (number)`,
  ];
};

export const changedRows: Migration = {
  name: 'read-models-3',
  sql: [
    ...createChangedRows(postgresDialect),
    'CREATE SEQUENCE tichet.changed_rows_number',
    // up to which of its commits a build had its changes noted: a process of before that runs beside notes none
    'ALTER TABLE tichet.builds ADD COLUMN noted bigint NOT NULL DEFAULT 0',
    'UPDATE tichet.builds SET noted = commits',
  ].join(';\n'),
};

const changeOf = (row: FoundRow): SourceChange => ({
  source: String(row['name']),
  key: String(row['key']),
  number: Number(row['number']),
});

/** What the fold notes for the process that fills the reporting tables, and what that process has answered. */
export class ChangedRows {
  constructor(private readonly dialect: Dialect) {}

  /** In the transaction that writes the rows. */
  *note(rows: Iterable<ChangedRow>): Work<void> {
    // most rows are of tables that no reporting table is made of: they are not noted
    const sources = yield* this.followed();
    const each = new Map<string, readonly [string, string]>();
    for (const { table, key } of rows) if (sources.has(table)) each.set(`${table} ${key}`, [table, key]);
    if (each.size === 0) return;
    const given = this.dialect.eachOf(JSON.stringify([...each.values()]));
    yield this.asked(sql`INSERT INTO ${this.place('changed_rows')} (name, key, number)
      SELECT name, key, ${this.dialect.nextChange} FROM (SELECT ${this.text(0)} AS name, ${this.text(1)} AS key FROM ${given}) AS noted
      WHERE true ORDER BY name, key
      ON CONFLICT (name, key) DO UPDATE SET number = excluded.number`);
  }

  /** Another build of these tables is read. */
  noteWhole(tables: readonly string[]): Work<void> {
    return this.note(tables.map((table) => ({ table, key: wholeTable })));
  }

  /**
   * From now on the changes of these tables are noted, and of no other; one that is noted since now counts as changed altogether. In a
   * transaction that has locked the builds: what another one commits later is noted.
   */
  *follow(names: readonly string[]): Work<void> {
    const known = yield* this.followed();
    const isNoOther = this.dialect.isOneOf(sql`name`, 'text', sql`${this.dialect.list('text', names)}`);
    for (const table of ['reporting_sources', 'changed_rows'])
      yield this.asked(sql`DELETE FROM ${this.place(table)} WHERE NOT ${isNoOther}`);
    for (const name of names)
      if (!known.has(name)) yield this.asked(sql`INSERT INTO ${this.place('reporting_sources')} (name) VALUES (${name})`);
    yield* this.noteWhole(names.filter((name) => !known.has(name)));
  }

  *list(limit: number): Work<readonly SourceChange[]> {
    const { rows } = yield this.asked(
      sql`SELECT name, key, number FROM ${this.place('changed_rows')} ORDER BY number, name, key LIMIT ${limit}`,
    );
    return rows.map(changeOf);
  }

  *counts(): Work<ReadonlyMap<string, number>> {
    const { rows } = yield this.asked(sql`SELECT name, count(*) AS n FROM ${this.place('changed_rows')} GROUP BY name`);
    return new Map(rows.map(({ name, n }) => [String(name), Number(n)]));
  }

  /** @param epoch what these tables are called from now on, where they have no name */
  *standing(epoch: string): Work<Answered> {
    yield this.asked(
      sql`INSERT INTO ${this.place('reporting_filled')} (one, epoch, turn) VALUES (1, ${epoch}, 0) ON CONFLICT (one) DO NOTHING`,
    );
    const [row] = (yield this.asked(sql`SELECT epoch, turn FROM ${this.place('reporting_filled')}`)).rows;
    return { epoch: String(row?.['epoch']), turn: Number(row?.['turn']) };
  }

  /** These were answered with that turn: one that has changed again meanwhile has another number, and stays. */
  *answered(changes: readonly SourceChange[], turn: number): Work<void> {
    yield this.asked(sql`UPDATE ${this.place('reporting_filled')} SET turn = ${turn} WHERE turn < ${turn}`);
    const given = this.dialect.eachOf(JSON.stringify(changes.map(({ source, key, number }) => [source, key, number])));
    const row = sql`(name, key, CAST(number AS text))`;
    const told = sql`SELECT value ->> 0, value ->> 1, CAST(value ->> 2 AS text) FROM ${given}`;
    // in the order in which they are noted: two who lock several never wait in a circle
    yield this.asked(sql`DELETE FROM ${this.place('changed_rows')} WHERE (name, key) IN
      (SELECT name, key FROM ${this.place('changed_rows')} WHERE ${row} IN (${told}) ORDER BY name, key${sql.raw(this.dialect.lock)})`);
  }

  /** Of each list that is given, compared as the columns are. */
  private text(index: number) {
    return sql.raw(`CAST(value ->> ${index} AS text)${this.dialect.text.replace('text', '')}`);
  }

  private *followed(): Work<ReadonlySet<string>> {
    const { rows } = yield this.asked(sql`SELECT name FROM ${this.place('reporting_sources')}`);
    return new Set(rows.map(({ name }) => String(name)));
  }

  private place(table: string) {
    return sql.raw(this.dialect.place(table));
  }

  private asked(statement: ReturnType<typeof sql>): Query {
    const { sql: text, parameters } = statement.compile(this.dialect.kysely);
    return { text, values: parameters };
  }
}
