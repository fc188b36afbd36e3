import { type Database, openSqlite } from '../database/sqlite/driver';
import { chmodSync } from 'node:fs';
import type { Position } from '../ports/event-store';
import { placesOf, type Switched } from '../ports/projection-store';
import type { RowChange } from '../ports/read-models';
import { defined } from '@tichet-albastru/kernel/defined';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { answered } from '@tichet-albastru/kernel/turns';
import { keepLogShort, type ShortLog } from '../database/sqlite/short-log';
import { Statements } from '../database/sqlite/statements';
import type { Work } from '../database/sql/work';
import { allReached } from './announcements';
import { createChangedRows } from './changed-rows';
import { sqliteDialect } from './dialect';
import { createBookkeeping, keepWhatStands } from './read-models.migration';
import { type Elsewhere, TableReadModels, TableStore } from './table-read-models';
import { standsAs } from './standing-place';
import type { CountedBuild, Move, Say } from './writer';

/** The longest wait for another one's lock, in milliseconds. */
const patience = 1_000;

const openToRead = (file: string): Database => openSqlite(file, { readonly: true, fileMustExist: true, timeout: patience });

/** Only the owner may read the file; SQLite gives what it puts beside it the same rights. */
const openToWrite = (file: string): Database => {
  const database = openSqlite(file, { timeout: patience });
  chmodSync(file, 0o600);
  database.pragma('journal_mode = WAL');
  // What a power cut takes is folded again from the log.
  database.pragma('synchronous = NORMAL');
  database.pragma('foreign_keys = ON');
  for (const sql of [...createBookkeeping(sqliteDialect), ...createChangedRows(sqliteDialect)]) database.exec(sql);
  // of an earlier version
  if (!database.prepare<[], string>("SELECT name FROM pragma_table_info('builds')").pluck().all().includes('stands'))
    database.exec(keepWhatStands(sqliteDialect));
  return database;
};

/** Most batches take every build to the same place: one statement for all of them. */
const moveCheckpoints: Move = function* (builds) {
  for (const { position, hash } of placesOf(builds)) {
    const moved = builds.filter((one) => one.checkpoint === position && one.hash === hash).map(({ build }) => build);
    yield {
      text: 'UPDATE builds SET checkpoint = ?, stands = ? WHERE build IN (SELECT value FROM json_each(?))',
      values: [position, standsAs({ checkpoint: position, ...defined({ hash }) }), JSON.stringify(moved)],
    };
  }
};

/** Reads of `read-models.db` beside its writer, for commands that only look. */
export class SqliteReadModelsReader extends TableReadModels {
  private readonly database: Database;
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

/**
 * The read models in one SQLite file with one writing process. WAL with `synchronous=NORMAL`: what a power cut takes is folded again from
 * the log, whole batches at a time.
 */
export class SqliteReadModels extends TableStore {
  private readonly database: { readonly writing: Database; readonly reading: Database };
  private readonly statements: { readonly writing: Statements; readonly reading: Statements };
  private readonly log: ShortLog;

  constructor(file: string, elsewhere: Elsewhere = {}) {
    super(sqliteDialect, moveCheckpoints, elsewhere);
    const writing = openToWrite(file);
    const reading = openToRead(file);
    this.log = keepLogShort(writing, 2);
    this.database = { writing, reading };
    this.statements = { writing: new Statements(writing), reading: new Statements(reading) };
  }

  reached(position: Position, timeoutMilliseconds: number): Promise<boolean> {
    return this.announcements.until(
      () => allReached(this.statements.reading.run(this.reader.liveCheckpoints(this.isAwaited)), position),
      timeoutMilliseconds,
    );
  }

  close(): void {
    this.log.close();
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
    return answered(() => {
      const done = this.database.writing.transaction(() => this.statements.writing.run(work())).immediate();
      this.log.wrote();
      return done;
    });
  }

  /** The thread that writes here answers requests: it does not stand still while another one commits. */
  protected override async unlessBusy(work: () => Work<void>): Promise<'noted' | 'busy'> {
    const { writing } = this.database;
    try {
      writing.pragma('busy_timeout = 0');
      await this.transaction(work);
      return 'noted';
    } catch (error) {
      if (errorCode(error)?.startsWith('SQLITE_BUSY') !== true) throw error;
      return 'busy';
    } finally {
      writing.pragma(`busy_timeout = ${patience}`);
    }
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
