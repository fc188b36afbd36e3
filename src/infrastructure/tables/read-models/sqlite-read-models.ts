import Database from 'better-sqlite3';
import { chmodSync } from 'node:fs';
import type { Position } from '../../../application/kernel/ports/event-store';
import type { Projection } from '../../../application/kernel/ports/projection';
import type { Rebuilt, Switched } from '../../../application/kernel/ports/projection-store';
import type { RowChange } from '../../../application/kernel/ports/read-models';
import { answered } from '../../runtime/turns';
import { Statements } from '../../database/sqlite/statements';
import type { Work } from '../../database/sql/work';
import { allReached } from './announcements';
import { sqliteDialect } from './dialect';
import type { FollowElsewhere, RebuildElsewhere } from './table-threads';
import { createBookkeeping } from './read-models.migration';
import { TableReadModels, TableStore } from './table-read-models';
import type { CountedBuild, Move, Say } from './writer';

const openToRead = (file: string): Database.Database => new Database(file, { readonly: true, fileMustExist: true, timeout: 1_000 });

/** Only the owner may read the file; SQLite gives what it puts beside it the same rights. */
const openToWrite = (file: string): Database.Database => {
  const database = new Database(file, { timeout: 1_000 });
  chmodSync(file, 0o600);
  // Evidence is kilobytes a ticket: larger pages, and a checkpoint of the WAL every 64 MB, write it half as often.
  database.pragma('page_size = 16384');
  database.pragma('journal_mode = WAL');
  database.pragma('wal_autocheckpoint = 4000');
  // What a power cut takes is folded again from the log.
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  for (const sql of createBookkeeping(sqliteDialect)) database.exec(sql);
  return database;
};

/** Most batches take every build to the same place: one statement for all of them. */
const moveCheckpoints: Move = function* (builds) {
  for (const next of new Set(builds.map(({ checkpoint }) => checkpoint))) {
    const moved = builds.filter(({ checkpoint }) => checkpoint === next).map(({ build }) => build);
    yield {
      text: 'UPDATE builds SET checkpoint = ? WHERE build IN (SELECT value FROM json_each(?))',
      values: [next, JSON.stringify(moved)],
    };
  }
};

/** Reads of `read-models.db` beside whoever writes it, for commands that only look. */
export class SqliteReadModelsReader extends TableReadModels {
  private readonly database: Database.Database;
  private readonly statements: Statements;

  constructor(file: string) {
    super(sqliteDialect);
    this.database = openToRead(file);
    this.statements = new Statements(this.database);
  }

  reached(position: Position, timeoutMilliseconds: number): Promise<boolean> {
    return this.announcements.until(
      () => allReached(this.statements.run(this.reader.liveCheckpoints(this.isAwaited)), position),
      timeoutMilliseconds,
    );
  }

  close(): void {
    this.database.close();
  }

  protected reading<T>(work: () => Work<T>): Promise<T> {
    return answered(() => this.statements.run(work()));
  }
}

/** Other threads that write tables of the file. */
export type Elsewhere = { readonly rebuild?: RebuildElsewhere; readonly follow?: FollowElsewhere };

/**
 * The read models in one SQLite file with one writing process. WAL with `synchronous=NORMAL`: what a power cut takes is folded again from
 * the log, whole batches at a time.
 */
export class SqliteReadModels extends TableStore {
  private readonly database: { readonly writing: Database.Database; readonly reading: Database.Database };
  private readonly statements: { readonly writing: Statements; readonly reading: Statements };

  constructor(
    file: string,
    private elsewhere: Elsewhere = {},
  ) {
    super(sqliteDialect, moveCheckpoints);
    const writing = openToWrite(file);
    const reading = openToRead(file);
    this.database = { writing, reading };
    this.statements = { writing: new Statements(writing), reading: new Statements(reading) };
  }

  reached(position: Position, timeoutMilliseconds: number): Promise<boolean> {
    return this.announcements.until(
      () => allReached(this.statements.reading.run(this.reader.liveCheckpoints(this.isAwaited)), position),
      timeoutMilliseconds,
    );
  }

  useThreads(elsewhere: Elsewhere): void {
    this.elsewhere = elsewhere;
  }

  async rebuildElsewhere(projection: Projection, signal?: AbortSignal): Promise<Rebuilt | undefined> {
    const rebuilt = await this.elsewhere.rebuild?.(projection, signal);
    // Whoever waits for a table to get somewhere looks again: another one stands there now.
    if (rebuilt === 'switched') this.announcements.committed([]);
    return rebuilt;
  }

  async followElsewhere(projections: readonly Projection[], signal: AbortSignal): Promise<'ended' | 'not-known'> {
    const { follow } = this.elsewhere;
    if (follow === undefined) return 'not-known';
    return follow(projections, signal, (changes) => {
      this.announcements.committed(changes);
    });
  }

  close(): void {
    this.database.reading.close();
    this.database.writing.close();
  }

  protected reading<T>(work: () => Work<T>): Promise<T> {
    return answered(() => this.statements.reading.run(work()));
  }

  protected looking<T>(work: () => Work<T>): Promise<T> {
    return answered(() => this.statements.writing.run(work()));
  }

  protected transaction<T>(work: () => Work<T>): Promise<T> {
    return answered(() => this.database.writing.transaction(() => this.statements.writing.run(work())).immediate());
  }

  protected async makeIndex(build: number, text: string): Promise<void> {
    const { writer } = this;
    await this.transaction(function* () {
      if ((yield* writer.lockBuilds([build])).length > 0) yield { text, values: [] };
    });
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  protected switching(work: (patience: readonly string[]) => Work<Switched>): Promise<Switched> {
    return this.transaction(() => work([]));
  }

  protected async announcing<T>(
    work: (say: Say) => Promise<T>,
    changesIn: (live: readonly CountedBuild[]) => readonly RowChange[],
  ): Promise<T> {
    let changes: readonly RowChange[] | undefined;
    const result = await work((live) => {
      changes = changesIn(live);
      return [];
    });
    if (changes !== undefined) this.announcements.committed(changes);
    return result;
  }

  protected afterRemoval(): Promise<void> {
    return Promise.resolve();
  }
}
