import Database from 'better-sqlite3';
import { chmodSync } from 'node:fs';
import type { Position } from '../../../../application/kernel/ports/event-store';
import type { Projection } from '../../../../application/kernel/ports/projection';
import type {
  Build,
  BuildChange,
  BuildName,
  ParkedEvent,
  ProjectionStore,
  Rebuilt,
  Switched,
} from '../../../../application/kernel/ports/projection-store';
import type { Condition, Page, ParkedKey, ReadModels, Row, RowChange, Selection } from '../../../../application/kernel/ports/read-models';
import { decodeRow } from '../../../log/codec/row.codec';
import { allReached, Announcements } from '../announcements';
import { changesOf, withoutBuild } from '../row-changes';
import { Reader } from './reader';
import type { FollowElsewhere } from './follow-thread';
import type { RebuildElsewhere } from './rebuild-thread';
import { Writer } from './writer';

const openToRead = (file: string): Database.Database => new Database(file, { readonly: true, fileMustExist: true, timeout: 1_000 });

/** Only the owner may read the file; SQLite gives what it puts beside it the same rights. */
const openToWrite = (file: string): Database.Database => {
  const database = new Database(file, { timeout: 1_000 });
  chmodSync(file, 0o600);
  return database;
};

/** Reads of `read-models.db` beside whoever writes it, for commands that only look. */
export class SqliteReadModelsReader implements ReadModels {
  protected readonly announcements = new Announcements();
  protected readonly reader: Reader;
  private readonly reading: Database.Database;

  constructor(file: string) {
    this.reading = openToRead(file);
    this.reader = new Reader(this.reading);
  }

  get<R extends Row>(projection: string, key: string): Promise<R | undefined> {
    return answered(() => {
      const text = this.reader.get(projection, key);
      return text === undefined ? undefined : decodeRow<R>(text);
    });
  }

  select<R extends Row>(projection: string, selection?: Selection): Promise<Page<R>> {
    return answered(() => this.reader.select<R>(projection, selection));
  }

  count(projection: string, where?: readonly Condition[]): Promise<number> {
    return answered(() => this.reader.count(projection, where));
  }

  position(projection: string): Promise<Position> {
    return answered(() => this.reader.position(projection));
  }

  reached(position: Position, timeoutMilliseconds: number): Promise<boolean> {
    return this.announcements.until(() => allReached(this.reader.liveCheckpoints(), position), timeoutMilliseconds);
  }

  parked(): Promise<readonly ParkedKey[]> {
    return answered(() => this.reader.parked().map(withoutBuild));
  }

  changes(signal: AbortSignal): AsyncIterable<RowChange> {
    return this.announcements.changes(signal);
  }

  close(): void {
    this.reading.close();
  }
}

/**
 * The read models in one SQLite file with one writing process. Rows are JSON text with the indexed columns beside it.
 * WAL with `synchronous=NORMAL`: what a power cut takes is folded again from the log, whole batches at a time.
 */
export class SqliteReadModels extends SqliteReadModelsReader implements ProjectionStore {
  private readonly writing: Database.Database;
  private readonly writer: Writer;

  /** @param elsewhere other threads that write tables of this file */
  constructor(
    file: string,
    private readonly elsewhere: { readonly rebuild?: RebuildElsewhere; readonly follow?: FollowElsewhere } = {},
  ) {
    const writing = openToWrite(file);
    const writer = new Writer(writing);
    super(file);
    this.writing = writing;
    this.writer = writer;
  }

  prepare(projection: Projection): Promise<readonly Build[]> {
    return answered(() => this.writer.prepare(projection));
  }

  builds(): Promise<readonly Build[]> {
    return answered(() => this.writer.builds());
  }

  startBuild(projection: Projection): Promise<Build> {
    return answered(() => this.writer.startBuild(projection));
  }

  dropBuild(build: BuildName): Promise<void> {
    return answered(() => {
      this.writer.dropBuild(build);
    });
  }

  load(build: BuildName, table: string, keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    return answered(() => this.writer.load(build, table, keys));
  }

  page(build: BuildName, table: string, after: string, limit: number): Promise<ReadonlyMap<string, Row>> {
    return answered(() => this.writer.page(build, table, after, limit));
  }

  parkedEvents(build: BuildName): Promise<readonly ParkedEvent[]> {
    return answered(() => this.writer.parkedEvents(build));
  }

  commit(changes: readonly BuildChange[]): Promise<'committed' | 'moved'> {
    return answered(() => {
      const live = this.writer.commit(changes);
      if (live === 'moved') return live;
      this.announcements.committed(changesOf(changes, live));
      return 'committed';
    });
  }

  async switchTo(projection: Projection, build: BuildName): Promise<Switched> {
    for (const sql of this.writer.indexesToMake(projection, build)) {
      this.writer.makeIndex(sql);
      await new Promise((resolve) => {
        setImmediate(resolve);
      });
    }
    const switched = this.writer.switchTo(projection, build);
    if (switched === 'switched') this.announcements.committed([]);
    return switched;
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

  /** Tells after every commit of this store, though no row has changed. */
  whenCommitted(tell: (changes: readonly RowChange[]) => void): void {
    this.announcements.whenCommitted(tell);
  }

  findParked(id: string): Promise<(ParkedKey & { readonly build: number }) | undefined> {
    return answered(() => this.reader.parked().find((parked) => parked.id === id));
  }

  override close(): void {
    super.close();
    this.writing.close();
  }
}

/** The driver answers at once or throws; the port speaks in promises. */
const answered = <T>(work: () => T): Promise<T> =>
  new Promise((resolve) => {
    resolve(work());
  });
