import { sql } from 'kysely';
import type { Position } from '../ports/event-store';
import type { Columns, Projection } from '../ports/projection';
import {
  type Build,
  type BuildChange,
  type BuildName,
  columnsOf,
  isFillingOf,
  type ParkedEvent,
  type Switched,
} from '../ports/projection-store';
import type { Row } from '../ports/read-models';
import { defined } from '@tichet-albastru/kernel/defined';
import { keepable } from '../database/postgres/text-array';
import type { FoundRow, Query } from '../database/sql/rows.codec';
import { prepared, type Given, type Work } from '../database/sql/work';
import { decodeRow } from '../codec/row.codec';
import { ChangedRows } from './changed-rows';
import { literal, plainTableName, tablesOf } from './columns';
import type { Dialect } from './dialect';
import { hashAt } from './standing-place';
import { pointViewsAt, renewViews, tryViews } from './views';

/** A build, and how many commits it has seen. */
export type CountedBuild = Build & { readonly commits: number };

/** Called with the live builds that were changed, as they stand with the change, before any reader can see it. */
export type Say = (live: readonly CountedBuild[]) => readonly string[];

/** What becomes of the checkpoints of builds that were changed, and who is told of it. */
export type Move = (builds: readonly CountedBuild[], messages: readonly string[]) => Work<void>;

const buildOf = (row: FoundRow): CountedBuild => ({
  projection: String(row['projection']),
  build: Number(row['build']),
  version: Number(row['version']),
  state: row['state'] === 'live' ? 'live' : 'filling',
  checkpoint: String(row['checkpoint']),
  ...defined({ hash: hashAt(String(row['checkpoint']), row['stands']) }),
  commits: Number(row['commits']),
  ...(typeof row['columns'] === 'string' && { columns: row['columns'] }),
  ...defined({ parked: row['parked'] === undefined ? undefined : Number(row['parked']) }),
});

const parkedEventOf = (row: FoundRow): ParkedEvent => ({
  table: String(row['name']),
  key: String(row['key']),
  event: {
    position: String(row['position']),
    stream: String(row['stream']),
    revision: Number(row['revision']),
    id: String(row['event_id']),
    type: String(row['type']),
    body: String(row['body']),
    hash: String(row['hash']),
  },
  parkedAt: String(row['parked_at']),
  ...(typeof row['error'] === 'string' ? { error: row['error'] } : {}),
});

type Reads = {
  readonly load: (values: { readonly keys: unknown }) => Query;
  readonly page: (values: { readonly after: string; readonly limit: number }) => Query;
};
const mostTables = 200;

/** Which rows of a table of a build. */
export type KeysOfTable = { readonly build: BuildName; readonly table: string; readonly keys: readonly string[] };

const rowsAt = (keys: readonly string[], found: ReadonlyMap<string, Row>): ReadonlyMap<string, Row> =>
  new Map(keys.flatMap((key) => (found.has(key) ? [[key, found.get(key) ?? {}]] : [])));

/** Writes of the read models: each is to be one transaction, and none waits for another in a circle. */
export class Writer {
  private readonly columns = new Map<string, Columns>();
  private readonly readsOf = new Map<string, Reads>();
  private askedTogether: readonly string[] = [];
  readonly changed: ChangedRows;

  constructor(
    private readonly dialect: Dialect,
    private readonly move: Move,
  ) {
    this.changed = new ChangedRows(dialect);
  }

  /** Live ones first of each projection, and how much of each is parked. */
  builds(): Work<readonly CountedBuild[]> {
    const parked = `(SELECT count(*) FROM ${this.dialect.place('parked')} AS p WHERE p.build = builds.build) AS parked`;
    return this.select('ORDER BY projection, state DESC', [], parked, this.columnsOfTables());
  }

  /** The tables of the first build, with indexes and views; nothing when another process has made them first. */
  *prepare(projection: Projection): Work<void> {
    // the second process waits here for the first
    const build = yield* this.insertBuild(projection, 'live');
    if (build === undefined) return;
    for (const table of tablesOf(projection)) {
      for (const text of this.dialect.createIndexes(table, build)) yield { text, values: [] };
      yield* pointViewsAt(this.dialect, table, build);
    }
    yield* this.changed.noteWhole(tablesOf(projection).map(({ name }) => name));
  }

  /** The views of the table that is read, as they are declared now. Those of a version that is yet to be filled are only tried. */
  *renewViews(projection: Projection, patience: readonly string[]): Work<void> {
    const live = (yield* this.lockBuildsOf(projection.name)).find(({ state }) => state === 'live');
    if (live === undefined) return;
    for (const text of patience) yield { text, values: [] };
    if (live.version !== projection.version) return yield* tryViews(this.dialect, projection);
    for (const table of tablesOf(projection)) yield* renewViews(this.dialect, table, live.build);
  }

  *startBuild(projection: Projection): Work<CountedBuild> {
    const { name, version } = projection;
    for (;;) {
      for (const standing of yield* this.lockBuildsOf(name)) {
        if (standing.state === 'filling' && isFillingOf(standing, projection)) return standing;
        if (standing.state === 'filling') yield* this.removeBuild(standing.build);
      }
      const build = yield* this.insertBuild(projection, 'filling');
      // otherwise another one was begun in between, and is looked at like any other
      if (build !== undefined)
        return { projection: name, build, version, columns: columnsOf(projection), state: 'filling', checkpoint: '', commits: 0 };
    }
  }

  *dropBuild({ build }: BuildName): Work<void> {
    if ((yield* this.lockBuilds([build])).length > 0) yield* this.removeBuild(build);
  }

  /** A build that is gone has no rows, and takes no commit. */
  *load({ build }: BuildName, name: string, keys: readonly string[]): Work<ReadonlyMap<string, Row>> {
    if (keys.length === 0) return new Map();
    const found = yield* this.rows(this.reads(build, name).load({ keys: this.dialect.list('text', keys) }));
    return rowsAt(keys, found);
  }

  /**
   * The rows of several tables in one statement. It names every table that was asked for before, also those without a key in this call,
   * so that few statements are prepared. A table that is gone has to be asked for by itself.
   * @returns one map for each, in their order; nothing where one of the tables is gone
   */
  *loadTogether(asked: readonly KeysOfTable[]): Work<readonly ReadonlyMap<string, Row>[] | undefined> {
    const wanted = asked.map(({ build: { build }, table }) => plainTableName(table, build));
    const tables = [...new Set([...this.askedTogether, ...wanted])].sort();
    this.askedTogether = tables.length > mostTables ? [] : tables;
    const parts = tables.map((name, at) => {
      const keys = asked.flatMap((one, index) => (wanted[index] === name ? one.keys : []));
      const isAsked = this.dialect.isOneOf(sql`key`, 'text', sql`${this.dialect.list('text', keys)}`);
      return sql`SELECT ${sql.lit(at)} AS place, key, row FROM ${this.place(name)} WHERE ${isAsked}`;
    });
    const rows = new Map(tables.map((name) => [name, new Map<string, Row>()]));
    try {
      for (const { place, key, row } of (yield this.asked(sql.join(parts, sql` UNION ALL `))).rows)
        rows.get(tables[Number(place)] ?? '')?.set(String(key), decodeRow(String(row)));
    } catch (error) {
      this.askedTogether = [];
      if (this.dialect.isGone(error)) return undefined;
      throw error;
    }
    return asked.map(({ keys }, index) => rowsAt(keys, rows.get(wanted[index] ?? '') ?? new Map<string, Row>()));
  }

  page({ build }: BuildName, name: string, after: string, limit: number): Work<ReadonlyMap<string, Row>> {
    return this.rows(this.reads(build, name).page({ after, limit }));
  }

  /** Oldest first. */
  *parkedEvents({ build }: BuildName): Work<readonly ParkedEvent[]> {
    const { rows } = yield this.asked(sql`SELECT * FROM ${this.place('parked')} WHERE build = ${build} ORDER BY id`);
    return rows.map(parkedEventOf);
  }

  *commit(changes: readonly BuildChange[], say: Say): Work<'committed' | 'moved'> {
    const standing = yield* this.lockBuilds(changes.map(({ build }) => build.build));
    const checkpoints = new Map(standing.map(({ build, checkpoint }) => [build, checkpoint]));
    if (changes.some(({ build, expected }) => checkpoints.get(build.build) !== expected)) return 'moved';
    if (!(yield* this.parkedAsExpected(changes))) return 'moved';
    for (const change of changes) {
      const { build } = change.build;
      for (const table of new Set(change.writes.map((write) => write.table))) yield* this.learnColumns(build, table);
      yield* this.dialect.writeRows(build, change.writes, (table) => this.columns.get(`${build} ${table}`) ?? {});
      yield* this.writeParked(change);
    }
    const live = new Set(standing.flatMap(({ build, state }) => (state === 'live' ? [build] : [])));
    yield* this.changed.note(changes.flatMap(({ build, writes }) => (live.has(build.build) ? writes : [])));
    const next = new Map(changes.map((change) => [change.build.build, change]));
    const moved = standing.map(({ hash, ...build }): CountedBuild => {
      const { next: checkpoint = build.checkpoint, nextHash } = next.get(build.build) ?? {};
      const there = checkpoint === build.checkpoint ? hash : nextHash;
      return { ...build, checkpoint, ...defined({ hash: there }), commits: build.commits + 1 };
    });
    yield* this.move(moved, say(moved.filter(({ state }) => state === 'live')));
    return 'committed';
  }

  /** An index takes long on a large table: one at a time, before the switch. A process that folds into this build meanwhile waits. */
  indexesToMake(projection: Projection, { build }: BuildName): readonly string[] {
    return tablesOf(projection).flatMap((table) => [
      ...this.dialect.createIndexes(table, build),
      ...this.dialect.afterIndexes(table, build),
    ]);
  }

  *switchTo(projection: Projection, { build }: BuildName, at: Position | undefined, say: Say, patience: readonly string[]): Work<Switched> {
    const standing = yield* this.lockBuildsOf(projection.name);
    const filling = standing.find((candidate) => candidate.build === build && candidate.state === 'filling');
    const live = standing.find(({ state }) => state === 'live');
    if (filling === undefined) return 'gone';
    const { checkpoint } = filling;
    if (checkpoint !== (at ?? checkpoint) || (live !== undefined && checkpoint < live.checkpoint)) return 'behind';
    if ((yield* this.countParkedKeys(build)) > (live === undefined ? 0 : yield* this.countParkedKeys(live.build))) return 'parks-more';
    for (const text of patience) yield { text, values: [] };
    for (const table of tablesOf(projection)) yield* pointViewsAt(this.dialect, table, build);
    if (live !== undefined) yield* this.removeBuild(live.build);
    yield* this.changed.noteWhole(tablesOf(projection).map(({ name }) => name));
    const now: CountedBuild = { ...filling, state: 'live', commits: filling.commits + 1 };
    yield this.asked(sql`UPDATE ${this.place('builds')} SET state = 'live' WHERE build = ${build}`);
    yield* this.move([now], say([now]));
    return 'switched';
  }

  /** Always in the order of their numbers: two who lock several never wait in a circle. */
  lockBuilds(builds: readonly number[]): Work<readonly CountedBuild[]> {
    const { text, value } = this.dialect.among(builds);
    return this.select(`WHERE build ${text} ORDER BY build${this.dialect.lock}`, [value]);
  }

  /** From now on changes of the rows of these tables are noted. */
  *followSources(names: readonly string[]): Work<void> {
    // waits for processes that are writing rows now and do not know of it
    yield* this.select(`ORDER BY build${this.dialect.lock}`);
    yield* this.changed.follow(names);
  }

  /** In PostgreSQL, where commits are counted: finds the commits of a process that noted no changes. */
  *noteUnnoted(): Work<void> {
    const builds = this.place('builds');
    const { rows } = yield this.asked(sql`UPDATE ${builds} SET noted = commits WHERE noted <> commits AND state = 'live' RETURNING build`);
    const found = rows.map(({ build }) => Number(build));
    if (found.length === 0) return;
    const { text, value } = this.dialect.among(found);
    const tables = yield { text: `SELECT name FROM ${this.dialect.place('tables')} WHERE build ${text}`, values: [value] };
    yield* this.changed.noteWhole(tables.rows.map(({ name }) => String(name)));
  }

  private lockBuildsOf(projection: string): Work<readonly CountedBuild[]> {
    return this.select(`WHERE projection = ${literal(projection)} ORDER BY build${this.dialect.lock}`, [], this.columnsOfTables());
  }

  /** Of its own table, and of the one that is derived from it. */
  private columnsOfTables(): string {
    const ofTable = (is: '=' | '<>') =>
      `coalesce((SELECT t.columns FROM ${this.dialect.place('tables')} AS t WHERE t.build = builds.build AND t.name ${is} builds.projection), '')`;
    return `${ofTable('=')} || ${ofTable('<>')} AS columns`;
  }

  private *select(which: string, values: readonly unknown[] = [], ...more: readonly string[]): Work<readonly CountedBuild[]> {
    const columns = ['build, projection, version, state, checkpoint, stands', `${this.dialect.commits} AS commits`, ...more];
    return (yield { text: `SELECT ${columns.join(', ')} FROM ${this.dialect.place('builds')} ${which}`, values }).rows.map(buildOf);
  }

  /** Asked once the builds are locked: what is counted then stays so. */
  private *parkedAsExpected(changes: readonly BuildChange[]): Work<boolean> {
    const known = changes.filter(({ expectedParked }) => expectedParked !== undefined);
    if (known.length === 0) return true;
    const { rows } = yield { text: `SELECT build, count(*) AS n FROM ${this.dialect.place('parked')} GROUP BY build`, values: [] };
    const counts = new Map(rows.map(({ build, n }) => [Number(build), Number(n)]));
    return known.every(({ build, expectedParked }) => expectedParked === (counts.get(build.build) ?? 0));
  }

  private *countParkedKeys(build: number): Work<number> {
    const keys = sql`SELECT DISTINCT name, key FROM ${this.place('parked')} WHERE build = ${build}`;
    return Number((yield this.asked(sql`SELECT count(*) AS n FROM (${keys}) AS keys`)).rows[0]?.['n'] ?? 0);
  }

  private *writeParked({ build: { build }, parks, unparks }: BuildChange): Work<void> {
    const parked = this.place('parked');
    for (const { table, key } of unparks)
      yield this.asked(sql`DELETE FROM ${parked} WHERE build = ${build} AND name = ${table} AND key = ${key}`);
    for (const { table, key, event, error, parkedAt } of parks) {
      const { position, stream, revision, id, type, body, hash } = event;
      const values = [
        build,
        table,
        key,
        position,
        stream,
        revision,
        id,
        type,
        body,
        hash,
        error === undefined ? null : keepable(error),
        parkedAt,
      ];
      yield this.asked(sql`INSERT INTO ${parked}
        (build, name, key, position, stream, revision, event_id, type, body, hash, error, parked_at) VALUES (${sql.join(values)})`);
    }
  }

  /** @returns its number, with its tables made; nothing when another process has put one in this state first */
  private *insertBuild(projection: Projection, state: Build['state']): Work<number | undefined> {
    const { name, version } = projection;
    const { rows } = yield this.asked(sql`INSERT INTO ${this.place('builds')} (projection, version, state, checkpoint)
      VALUES (${name}, ${version}, ${state}, '') ON CONFLICT (projection, state) DO NOTHING RETURNING build`);
    if (rows[0] === undefined) return undefined;
    const build = Number(rows[0]['build']);
    for (const table of tablesOf(projection)) {
      yield { text: this.dialect.createTable(table, build), values: [] };
      const columns = JSON.stringify(table.columns);
      yield this.asked(sql`INSERT INTO ${this.place('tables')} (build, name, columns) VALUES (${build}, ${table.name}, ${columns})`);
    }
    return build;
  }

  private *removeBuild(build: number): Work<void> {
    const { rows } = yield this.asked(sql`SELECT name FROM ${this.place('tables')} WHERE build = ${build}`);
    for (const { name } of rows) yield* this.dialect.giveUp(plainTableName(String(name), build));
    yield this.asked(sql`DELETE FROM ${this.place('builds')} WHERE build = ${build}`);
  }

  private *learnColumns(build: number, table: string): Work<void> {
    if (this.columns.has(`${build} ${table}`)) return;
    const { rows } = yield this.asked(sql`SELECT columns FROM ${this.place('tables')} WHERE build = ${build} AND name = ${table}`);
    this.columns.set(`${build} ${table}`, rows[0] === undefined ? {} : decodeRow<Columns>(String(rows[0]['columns'])));
  }

  private *rows(query: Query): Work<ReadonlyMap<string, Row>> {
    try {
      return new Map((yield query).rows.map(({ key, row }) => [String(key), decodeRow(String(row))]));
    } catch (error) {
      if (this.dialect.isGone(error)) return new Map();
      throw error;
    }
  }

  private place(table: string) {
    return sql.raw(this.dialect.place(table));
  }

  /** Composed once for each table: a fold asks them again and again. */
  private reads(build: number, name: string): Reads {
    const table = plainTableName(name, build);
    const known = this.readsOf.get(table);
    if (known !== undefined) return known;
    if (this.readsOf.size >= mostTables) this.readsOf.clear();
    const { isOneOf, kysely } = this.dialect;
    const rows = sql`SELECT key, row FROM ${this.place(table)}`;
    const reads: Reads = {
      load: prepared((given: Given<{ keys: unknown }>) => sql`${rows} WHERE ${isOneOf(sql`key`, 'text', given('keys'))}`.compile(kysely)),
      page: prepared((given: Given<{ after: string; limit: number }>) =>
        sql`${rows} WHERE key > ${given('after')} ORDER BY key LIMIT ${given('limit')}`.compile(kysely),
      ),
    };
    this.readsOf.set(table, reads);
    return reads;
  }

  private asked(statement: ReturnType<typeof sql>): Query {
    const { sql: text, parameters } = statement.compile(this.dialect.kysely);
    return { text, values: parameters };
  }
}
