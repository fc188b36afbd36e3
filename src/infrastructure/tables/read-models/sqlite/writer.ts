import type Database from 'better-sqlite3';
import type { Projection } from '../../../../application/kernel/ports/projection';
import type { Build, BuildChange, BuildName, ParkedEvent, RowWrite, Switched } from '../../../../application/kernel/ports/projection-store';
import type { Row } from '../../../../application/kernel/ports/read-models';
import { decodeRow, encodeRow } from '../../../log/codec/row.codec';
import { columnValues } from '../columns';
import { createBookkeeping } from '../sql/bookkeeping';
import { sqliteDialect } from '../sql/dialect';
import { tablesOf } from '../table-shape';
import { columnName, createIndexes, createTable, pointViewsAt, tableName } from './schema';
import { numberOf, Statements, textOf, type Found } from './statements';

const allBuilds = 'SELECT build, projection, version, state, checkpoint FROM builds';

type Upsert = { readonly sql: string; readonly columns: readonly string[] };

/** Writes of the one writing connection: every method is one transaction. */
export class Writer {
  private readonly statements: Statements;
  private readonly upserts = new Map<string, Upsert>();

  constructor(private readonly db: Database.Database) {
    // Evidence is kilobytes a ticket: larger pages, and a checkpoint of the WAL every 64 MB, write it half as often.
    db.pragma('page_size = 16384');
    db.pragma('journal_mode = WAL');
    db.pragma('wal_autocheckpoint = 4000');
    // What a power cut takes is folded again from the log.
    db.pragma('synchronous = NORMAL');
    db.pragma('foreign_keys = ON');
    for (const sql of createBookkeeping(sqliteDialect)) db.exec(sql);
    this.statements = new Statements(db);
  }

  builds(): readonly Build[] {
    return this.statements.of(`${allBuilds} ORDER BY projection, state DESC`).all().map(buildOf);
  }

  prepare(projection: Projection): readonly Build[] {
    return this.inTransaction(() => {
      const standing = this.buildsOf(projection.name);
      if (standing.some(({ state }) => state === 'live')) return standing;
      const build = this.insertBuild(projection, 'live');
      for (const table of tablesOf(projection)) for (const sql of createIndexes(table, build)) this.db.exec(sql);
      pointViewsAt(this.db, tablesOf(projection), build);
      return this.buildsOf(projection.name);
    });
  }

  startBuild(projection: Projection): Build {
    return this.inTransaction(() => {
      for (const { build, state } of this.buildsOf(projection.name)) if (state === 'filling') this.removeBuild(build);
      const build = this.insertBuild(projection, 'filling');
      return { projection: projection.name, build, version: projection.version, state: 'filling', checkpoint: '' };
    });
  }

  dropBuild({ build }: BuildName): void {
    this.inTransaction(() => {
      this.removeBuild(build);
    });
  }

  load({ build }: BuildName, name: string, keys: readonly string[]): ReadonlyMap<string, Row> {
    const rows = new Map<string, Row>();
    if (keys.length === 0) return rows;
    const statement = this.statements.of(`SELECT row FROM ${tableName(name, build)} WHERE key = ?`);
    // A reading transaction: another thread that fills a table beside is not kept from writing.
    this.db.transaction(() => {
      for (const key of keys) {
        const found = statement.get(key);
        if (found !== undefined) rows.set(key, decodeRow(textOf(found, 'row')));
      }
    })();
    return rows;
  }

  page({ build }: BuildName, name: string, after: string, limit: number): ReadonlyMap<string, Row> {
    const found = this.statements.of(`SELECT key, row FROM ${tableName(name, build)} WHERE key > ? ORDER BY key LIMIT ?`).all(after, limit);
    return new Map(found.map((row) => [textOf(row, 'key'), decodeRow(textOf(row, 'row'))]));
  }

  parkedEvents({ build }: BuildName): readonly ParkedEvent[] {
    return this.statements.of('SELECT * FROM parked WHERE build = ? ORDER BY id').all(build).map(parkedEventOf);
  }

  /** @returns `moved`, or the live builds that stood there */
  commit(changes: readonly BuildChange[]): 'moved' | ReadonlySet<number> {
    return this.inTransaction(() => {
      const standing = new Map(this.builds().map((build) => [build.build, build]));
      if (changes.some(({ build, expected }) => standing.get(build.build)?.checkpoint !== expected)) return 'moved';
      if (!this.parkedAsExpected(changes)) return 'moved';
      for (const change of changes) this.write(change);
      this.moveCheckpoints(changes);
      return new Set([...standing.values()].filter(({ state }) => state === 'live').map(({ build }) => build));
    });
  }

  private parkedAsExpected(changes: readonly BuildChange[]): boolean {
    if (changes.every(({ expectedParked }) => expectedParked === undefined)) return true;
    const found = this.statements.of('SELECT build, count(*) AS n FROM parked GROUP BY build').all();
    const parked = new Map(found.map((row) => [numberOf(row, 'build'), numberOf(row, 'n')]));
    return changes.every(({ build, expectedParked }) => {
      const count = parked.get(build.build) ?? 0;
      return (expectedParked ?? count) === count;
    });
  }

  /** Most batches take every build to the same place: one statement for all of them. */
  private moveCheckpoints(changes: readonly BuildChange[]): void {
    for (const next of new Set(changes.map((change) => change.next))) {
      const moved = changes.filter((change) => change.next === next).map(({ build }) => build.build);
      this.statements
        .of('UPDATE builds SET checkpoint = ? WHERE build IN (SELECT value FROM json_each(?))')
        .run(next, JSON.stringify(moved));
    }
  }

  /** An index takes long on a large table: one at a time, before the switch. */
  indexesToMake(projection: Projection, { build }: BuildName): readonly string[] {
    if (!this.buildsOf(projection.name).some((standing) => standing.build === build)) return [];
    return tablesOf(projection).flatMap((table) => createIndexes(table, build));
  }

  makeIndex(sql: string): void {
    this.db.exec(sql);
  }

  switchTo(projection: Projection, { build }: BuildName): Switched {
    return this.inTransaction(() => {
      const standing = this.buildsOf(projection.name);
      const filling = standing.find((candidate) => candidate.build === build && candidate.state === 'filling');
      const live = standing.find(({ state }) => state === 'live');
      if (filling === undefined) return 'gone';
      if (live !== undefined && filling.checkpoint < live.checkpoint) return 'behind';
      if (this.parkedKeyCount(build) > (live === undefined ? 0 : this.parkedKeyCount(live.build))) return 'parks-more';
      pointViewsAt(this.db, tablesOf(projection), build);
      if (live !== undefined) this.removeBuild(live.build);
      this.statements.of(`UPDATE builds SET state = 'live' WHERE build = ?`).run(build);
      return 'switched';
    });
  }

  private write({ build: { build }, writes, unparks, parks }: BuildChange): void {
    for (const write of writes) this.writeRow(build, write);
    for (const { table, key } of unparks)
      this.statements.of('DELETE FROM parked WHERE build = ? AND name = ? AND key = ?').run(build, table, key);
    for (const { table, key, event, error, parkedAt } of parks) {
      this.statements
        .of(
          `INSERT INTO parked (build, name, key, position, stream, revision, event_id, type, body, hash, error, parked_at)
           VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)`,
        )
        .run(
          build,
          table,
          key,
          event.position,
          event.stream,
          event.revision,
          event.id,
          event.type,
          event.body,
          event.hash,
          error ?? null,
          parkedAt,
        );
    }
  }

  private writeRow(build: number, { table, key, row }: RowWrite): void {
    if (row === undefined) {
      this.statements.of(`DELETE FROM ${tableName(table, build)} WHERE key = ?`).run(key);
      return;
    }
    const { sql, columns } = this.upsertInto(table, build);
    this.statements.of(sql).run(key, encodeRow(row), ...columnValues(row, columns));
  }

  /** Its text is made once: there are hundreds of thousands of rows in a rebuild. */
  private upsertInto(table: string, build: number): Upsert {
    const known = this.upserts.get(`${table} ${build}`);
    if (known !== undefined) return known;
    const found = this.statements.of('SELECT columns FROM tables WHERE build = ? AND name = ?').get(build, table);
    const columns = found === undefined ? [] : Object.keys(decodeRow(textOf(found, 'columns')));
    const names = columns.map(columnName);
    const sql =
      `INSERT INTO ${tableName(table, build)} (${['key', 'row', ...names].join(', ')}) VALUES (${['?', '?', ...names.map(() => '?')].join(', ')})` +
      ` ON CONFLICT (key) DO UPDATE SET ${['row', ...names].map((column) => `${column} = excluded.${column}`).join(', ')}`;
    this.upserts.set(`${table} ${build}`, { sql, columns });
    return { sql, columns };
  }

  private insertBuild(projection: Projection, state: Build['state']): number {
    const { lastInsertRowid } = this.statements
      .of(`INSERT INTO builds (projection, version, state, checkpoint) VALUES (?, ?, ?, '')`)
      .run(projection.name, projection.version, state);
    const build = Number(lastInsertRowid);
    for (const table of tablesOf(projection)) {
      this.db.exec(createTable(table, build));
      this.statements
        .of('INSERT INTO tables (build, name, columns) VALUES (?, ?, ?)')
        .run(build, table.name, JSON.stringify(table.columns));
    }
    return build;
  }

  private removeBuild(build: number): void {
    for (const found of this.statements.of('SELECT name FROM tables WHERE build = ?').all(build)) {
      this.db.exec(`DROP TABLE IF EXISTS ${tableName(textOf(found, 'name'), build)}`);
    }
    this.statements.of('DELETE FROM builds WHERE build = ?').run(build);
  }

  private buildsOf(projection: string): readonly Build[] {
    return this.statements.of(`${allBuilds} WHERE projection = ? ORDER BY state DESC`).all(projection).map(buildOf);
  }

  private parkedKeyCount(build: number): number {
    const found = this.statements.of('SELECT count(*) AS n FROM (SELECT DISTINCT name, key FROM parked WHERE build = ?)').get(build);
    return found === undefined ? 0 : numberOf(found, 'n');
  }

  private inTransaction<T>(work: () => T): T {
    if (this.db.inTransaction) return work();
    return this.db.transaction(work).immediate();
  }
}

const buildOf = (found: Found): Build => ({
  projection: textOf(found, 'projection'),
  build: numberOf(found, 'build'),
  version: numberOf(found, 'version'),
  state: found['state'] === 'live' ? 'live' : 'filling',
  checkpoint: textOf(found, 'checkpoint'),
});

const parkedEventOf = (found: Found): ParkedEvent => {
  const error = found['error'];
  return {
    table: textOf(found, 'name'),
    key: textOf(found, 'key'),
    event: {
      position: textOf(found, 'position'),
      stream: textOf(found, 'stream'),
      revision: numberOf(found, 'revision'),
      id: textOf(found, 'event_id'),
      type: textOf(found, 'type'),
      body: textOf(found, 'body'),
      hash: textOf(found, 'hash'),
    },
    parkedAt: textOf(found, 'parked_at'),
    ...(typeof error === 'string' ? { error } : {}),
  };
};
