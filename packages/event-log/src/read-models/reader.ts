import { sql } from 'kysely';
import type { Columns } from '../ports/projection';
import type { Position } from '../ports/event-store';
import { type ColumnValue, RowParked, type Condition, type Page, type ParkedKey, type Row, type Selection } from '../ports/read-models';
import type { HandledPlace } from '../ports/stands-at';
import { defined } from '@tichet-albastru/kernel/defined';
import type { FoundRow } from '../database/sql/rows.codec';
import { prepared, type Given, type Work } from '../database/sql/work';
import { decodeRow } from '../codec/row.codec';
import { cursorOf, plainTableName, UnknownTable } from './columns';
import type { Dialect } from './dialect';
import { Selecting, type SelectedTable } from './selecting';
import { hashAt } from './standing-place';

/** A table that was replaced so often while it was read is broken in another way. */
const mostSwitches = 20;

type Rows = ReadonlyMap<string, Row>;
type LiveTable = SelectedTable & { readonly rowOf: (key: string) => { readonly text: string; readonly values: readonly unknown[] } };

const textOf = (value: unknown): string => (typeof value === 'string' ? value : '');

/** A table that is read, and the projection that fills it: another one for a derived table. */
export type StandingTable = { readonly name: string; readonly projection: string; readonly version: number; readonly columns: string };

/** SQLite has no flags: they are 0 and 1. */
const isSet = (value: unknown): boolean => value === true || value === 1;

/**
 * Reads, each in one statement: a switch never falls in between. A build is live until it is replaced, and then it is gone: a read that
 * finds its build standing, in the same statement, has read the live one, and any other read is done again.
 */
export class Reader {
  private readonly selecting: Selecting;
  private readonly live = new Map<string, LiveTable>();

  constructor(private readonly dialect: Dialect) {
    this.selecting = new Selecting(dialect);
  }

  *get<R extends Row>(name: string, key: string): Work<R | undefined> {
    const found = yield* this.reading<FoundRow>(name, function* (table) {
      const row = (yield table.rowOf(key)).rows[0];
      return row !== undefined && isSet(row['stands']) ? row : 'gone';
    });
    if (isSet(found['parked'])) throw new RowParked(name, key);
    return typeof found['row'] === 'string' ? decodeRow<R>(found['row']) : undefined;
  }

  select<R extends Row>(name: string, selection?: Selection): Work<Page<R>> {
    const { selecting, stands } = this;
    return this.reading<Page<R>>(name, function* (table) {
      const { limit, ...query } = selecting.page(table, selection);
      const { rows: found } = yield query;
      // Where nothing was found, nothing says whether it was looked for in the right table.
      if (!(found[0] === undefined ? (yield stands({ build: table.build })).rows.length > 0 : isSet(found[0]['stands']))) return 'gone';
      const rows = found.slice(0, limit).map(({ row }) => decodeRow<R>(String(row)));
      const last = found[limit - 1];
      return found.length > limit && last !== undefined
        ? { rows, next: cursorOf(name, selection?.orderBy, placeOf(last, selection)) }
        : { rows };
    });
  }

  count(name: string, where?: readonly Condition[]): Work<number> {
    const { selecting } = this;
    return this.reading<number>(name, function* (table) {
      const [row] = (yield selecting.count(table, where)).rows;
      return row !== undefined && isSet(row['stands']) ? Number(row['n']) : 'gone';
    });
  }

  /** The rows of these keys, or those that follow a key in the order of keys; as they are read, never of a build that is not there any more. */
  rowsOf(name: string, which: { readonly keys: readonly string[] } | { readonly after: string; readonly limit: number }): Work<Rows> {
    const { dialect, stands } = this;
    const chosen =
      'keys' in which
        ? sql`WHERE ${dialect.isOneOf(sql`key`, 'text', sql`${dialect.list('text', which.keys)}`)}`
        : sql`WHERE key > ${which.after} ORDER BY key LIMIT ${which.limit}`;
    return this.reading<Rows>(name, function* (table) {
      const query = sql`SELECT key, row FROM ${sql.raw(dialect.place(table.table))} ${chosen}`.compile(dialect.kysely);
      const { rows } = yield { text: query.sql, values: query.parameters };
      if ((yield stands({ build: table.build })).rows.length === 0) return 'gone';
      return new Map(rows.map(({ key, row }) => [String(key), decodeRow<Row>(String(row))]));
    });
  }

  /** How many rows have a key behind this one. */
  countBehind(name: string, after: string): Work<number> {
    const { dialect, stands } = this;
    return this.reading<number>(name, function* (table) {
      const query = sql`SELECT count(*) AS n FROM ${sql.raw(dialect.place(table.table))} WHERE key > ${after}`.compile(dialect.kysely);
      const { rows } = yield { text: query.sql, values: query.parameters };
      return (yield stands({ build: table.build })).rows.length === 0 ? 'gone' : Number(rows[0]?.['n'] ?? 0);
    });
  }

  *position(name: string): Work<Position> {
    return textOf((yield this.checkpoint({ name })).rows[0]?.['checkpoint']);
  }

  /** Up to where the table has handled the log, and which event stands there, where that is kept. */
  *place(name: string): Work<HandledPlace> {
    // all columns, because some may be missing: a command may look before the service of its version has made them
    const { sql: text, parameters: values } = sql`SELECT b.* ${sql.raw(this.liveBuildOf(''))}${name}`.compile(this.dialect.kysely);
    const [row] = (yield { text, values }).rows;
    const position = textOf(row?.['checkpoint']);
    return { position, ...defined({ hash: hashAt(position, row?.['stands']) }) };
  }

  *liveCheckpoints(isAsked: (projection: string, version: number) => boolean): Work<readonly Position[]> {
    const text = `SELECT projection, version, checkpoint FROM ${this.dialect.place('builds')} WHERE state = 'live'`;
    const { rows } = yield { text, values: [] };
    return rows
      .filter(({ projection, version }) => isAsked(String(projection), Number(version)))
      .map(({ checkpoint }) => String(checkpoint));
  }

  *standing(): Work<readonly StandingTable[]> {
    const { place } = this.dialect;
    const { rows } = yield {
      text: `SELECT t.name, t.columns, b.projection, b.version FROM ${place('tables')} t JOIN ${place('builds')} b ON b.build = t.build
        WHERE b.state = 'live' ORDER BY b.projection, CASE WHEN t.name = b.projection THEN 0 ELSE 1 END`,
      values: [],
    };
    return rows.map(({ name, projection, version, columns }) => ({
      name: String(name),
      columns: textOf(columns),
      projection: String(projection),
      version: Number(version),
    }));
  }

  *parked(): Work<readonly (ParkedKey & { readonly build: number })[]> {
    const { place } = this.dialect;
    const { rows } = yield {
      text: `SELECT p.id, p.build, p.name, p.key, p.position, p.stream, p.type, p.event_id, p.error, p.parked_at, q.n, b.state
        FROM (SELECT min(id) AS id, count(*) AS n FROM ${place('parked')} GROUP BY build, name, key) q
        JOIN ${place('parked')} p ON p.id = q.id JOIN ${place('builds')} b ON b.build = p.build ORDER BY p.id`,
      values: [],
    };
    return rows.map((row) => ({
      id: String(row['id']),
      projection: String(row['name']),
      key: String(row['key']),
      position: String(row['position']),
      stream: String(row['stream']),
      type: String(row['type']),
      eventId: String(row['event_id']),
      error: textOf(row['error']),
      parkedAt: String(row['parked_at']),
      waiting: Number(row['n']) - 1,
      filling: row['state'] === 'filling',
      build: Number(row['build']),
    }));
  }

  private readonly liveBuildOf = (where: string) =>
    `FROM ${this.dialect.place('tables')} t JOIN ${this.dialect.place('builds')} b ON b.build = t.build WHERE b.state = 'live' AND t.name = ${where}`;
  private readonly checkpoint = prepared((given: Given<{ name: string }>) =>
    sql`SELECT b.checkpoint ${sql.raw(this.liveBuildOf(''))}${given('name')}`.compile(this.dialect.kysely),
  );
  private readonly liveTable = prepared((given: Given<{ name: string }>) =>
    sql`SELECT t.build, t.columns ${sql.raw(this.liveBuildOf(''))}${given('name')}`.compile(this.dialect.kysely),
  );
  /** Asked after the read: what stands then, stood before. */
  private readonly stands = prepared((given: Given<{ build: number }>) =>
    sql`SELECT 1 FROM ${sql.raw(this.dialect.place('builds'))} WHERE build = ${given('build')}`.compile(this.dialect.kysely),
  );

  /** @param read answers `gone` when the build does not stand any more */
  private *reading<T>(name: string, read: (table: LiveTable) => Work<T | 'gone'>): Work<T> {
    for (let attempt = 0; attempt < mostSwitches; attempt += 1) {
      const table = this.live.get(name) ?? (yield* this.find(name));
      try {
        const answer = yield* read(table);
        if (answer !== 'gone') return answer;
      } catch (error) {
        if (!this.dialect.isGone(error)) throw error;
      }
      if (this.live.get(name) === table) this.live.delete(name);
    }
    throw new Error(`The live table of ${name} is not there.`);
  }

  /** @throws UnknownTable */
  private *find(name: string): Work<LiveTable> {
    const [found] = (yield this.liveTable({ name })).rows;
    if (found === undefined) throw new UnknownTable(name);
    const build = Number(found['build']);
    const table = {
      table: plainTableName(name, build),
      build,
      name,
      columns: decodeRow<Columns>(String(found['columns'])),
      rowOf: this.rowOf(name, build),
    };
    this.live.set(name, table);
    return table;
  }

  private rowOf(name: string, build: number): LiveTable['rowOf'] {
    const { place, kysely } = this.dialect;
    const [rows, parked, builds] = [plainTableName(name, build), 'parked', 'builds'].map((table) => sql.raw(place(table)));
    const found = prepared((given: Given<{ key: string }>) =>
      sql`SELECT (SELECT row FROM ${rows} WHERE key = ${given('key')}) AS row,
        EXISTS (SELECT 1 FROM ${parked} WHERE build = ${sql.lit(build)} AND name = ${sql.lit(name)} AND key = ${given('key')}) AS parked,
        EXISTS (SELECT 1 FROM ${builds} WHERE build = ${sql.lit(build)}) AS stands`.compile(kysely),
    );
    return (key) => found({ key });
  }
}

/** Where a row stands in its order. */
const placeOf = (row: FoundRow, selection: Selection | undefined): readonly ColumnValue[] =>
  Array.from({ length: (selection?.orderBy?.length ?? 0) + 1 }, (_, index) => {
    const part = row[`o${index}`];
    return typeof part === 'string' || typeof part === 'number' ? part : null;
  });
