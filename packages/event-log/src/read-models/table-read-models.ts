import type { Position } from '../ports/event-store';
import type { Projection } from '../ports/projection';
import type { Build, BuildChange, BuildName, ParkedEvent, ProjectionStore, Rebuilt, Switched } from '../ports/projection-store';
import type { Condition, Page, ParkedKey, ReadModels, Row, RowChange, Selection } from '../ports/read-models';
import type { HandledPlace } from '../ports/stands-at';
import type { Work } from '../database/sql/work';
import { Announcements, changesOf, type Tell, withoutBuild } from './announcements';
import { tablesOf } from './columns';
import type { Dialect } from './dialect';
import { Reader, type StandingTable } from './reader';
import type { Sources } from './sources';
import { Writer, type CountedBuild, type Move, type Say } from './writer';

/** Whether this table is waited for while this version of it is read. */
export const isAwaitedAs = ({ awaitedAsCurrentOnly, version: current }: Projection, version: number): boolean =>
  awaitedAsCurrentOnly !== true || version === current;

/** Reads of the tables of a database. */
export abstract class TableReadModels implements ReadModels {
  protected readonly announcements = new Announcements();
  protected readonly reader: Reader;
  protected readonly prepared = new Map<string, Projection>();

  constructor(dialect: Dialect) {
    this.reader = new Reader(dialect);
  }

  abstract reached(position: Position, timeoutMilliseconds: number): Promise<boolean>;
  abstract close(): void;
  /** Runs work that only reads. */
  protected abstract reading<T>(work: () => Work<T>): Promise<T>;

  /** A process that follows tables waits only for its own: another program may have left one that no process follows any more. */
  protected readonly isAwaited = (projection: string, version: number): boolean => {
    const prepared = this.prepared.get(projection);
    return prepared === undefined ? this.prepared.size === 0 : isAwaitedAs(prepared, version);
  };

  get<R extends Row>(projection: string, key: string): Promise<R | undefined> {
    return this.reading(() => this.reader.get<R>(projection, key));
  }

  select<R extends Row>(projection: string, selection?: Selection): Promise<Page<R>> {
    return this.reading(() => this.reader.select<R>(projection, selection));
  }

  count(projection: string, where?: readonly Condition[]): Promise<number> {
    return this.reading(() => this.reader.count(projection, where));
  }

  position(projection: string): Promise<Position> {
    return this.reading(() => this.reader.position(projection));
  }

  /** Up to where the table has handled the log; an empty position where there is none. */
  place(projection: string): Promise<HandledPlace> {
    return this.reading(() => this.reader.place(projection));
  }

  /** The live tables as they stand, made by this program or another; a derived one after its source. */
  standing(): Promise<readonly StandingTable[]> {
    return this.reading(() => this.reader.standing());
  }

  async parked(): Promise<readonly ParkedKey[]> {
    return (await this.reading(() => this.reader.parked())).map(withoutBuild);
  }

  changes(signal: AbortSignal): AsyncIterable<RowChange> {
    return this.announcements.changes(signal);
  }
}

/** Fills the table in a thread of its own. `undefined` for a table whose code the threads do not know. */
export type RebuildElsewhere = (projection: Projection, signal?: AbortSignal) => Promise<Rebuilt | undefined>;

/** Keeps these tables up to the log in a thread of its own, and tells of every commit of it. */
export type FollowElsewhere = (projections: readonly Projection[], signal: AbortSignal, committed: Tell) => Promise<'ended' | 'not-known'>;

/** Other threads that write the same tables. */
export type Elsewhere = { readonly rebuild?: RebuildElsewhere; readonly follow?: FollowElsewhere };

/** The tables of a database, with the methods that fill them: rows as the projection wrote them, with the indexed columns beside. */
export abstract class TableStore extends TableReadModels implements ProjectionStore {
  protected readonly writer: Writer;
  private readonly withViews = new WeakSet<Projection>();

  constructor(
    dialect: Dialect,
    move: Move,
    private elsewhere: Elsewhere = {},
  ) {
    super(dialect);
    this.writer = new Writer(dialect, move);
  }

  /** Runs work that only reads, where what was committed last is seen. */
  protected abstract looking<T>(work: () => Work<T>): Promise<T>;
  /** Runs work in one transaction. @param how `often`: its statements are asked again and again */
  protected abstract transaction<T>(work: () => Work<T>, how?: 'often'): Promise<T>;
  /** Makes one index of a build that fills. */
  protected abstract makeIndex(build: number, text: string): Promise<void>;
  /** Switches in one transaction, once the indexes are there. */
  protected abstract switching(work: (patience: readonly string[]) => Work<Switched>): Promise<Switched>;
  /** Renews views in one transaction. */
  protected renewing(work: (patience: readonly string[]) => Work<void>): Promise<void> {
    return this.transaction(() => work([]));
  }
  /** Tells of a commit, when it is done, what it has changed. */
  protected abstract announcing<T>(
    work: (say: Say) => Promise<T>,
    changesIn: (live: readonly CountedBuild[]) => readonly RowChange[],
  ): Promise<T>;
  /** Builds were given up: their tables may go. */
  protected abstract afterRemoval(): Promise<void>;

  async prepare(projection: Projection): Promise<readonly Build[]> {
    this.prepared.set(projection.name, projection);
    const standing = async (): Promise<readonly Build[]> => (await this.builds()).filter((build) => build.projection === projection.name);
    const before = await standing();
    const isThere = before.some(({ state }) => state === 'live');
    if (!isThere) await this.transaction(() => this.writer.prepare(projection));
    else if (!this.withViews.has(projection) && tablesOf(projection).some(({ views }) => views.length > 0))
      await this.renewing((patience) => this.writer.renewViews(projection, patience));
    this.withViews.add(projection);
    return isThere ? before : standing();
  }

  async builds(): Promise<readonly Build[]> {
    return (await this.looking(() => this.writer.builds())).map(withoutCount);
  }

  async startBuild(projection: Projection): Promise<Build> {
    const build = await this.transaction(() => this.writer.startBuild(projection));
    await this.afterRemoval();
    return withoutCount(build);
  }

  async dropBuild(build: BuildName): Promise<void> {
    await this.transaction(() => this.writer.dropBuild(build));
    await this.afterRemoval();
  }

  load(build: BuildName, table: string, keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    return this.looking(() => this.writer.load(build, table, keys));
  }

  page(build: BuildName, table: string, after: string, limit: number): Promise<ReadonlyMap<string, Row>> {
    return this.looking(() => this.writer.page(build, table, after, limit));
  }

  parkedEvents(build: BuildName): Promise<readonly ParkedEvent[]> {
    return this.looking(() => this.writer.parkedEvents(build));
  }

  commit(changes: readonly BuildChange[]): Promise<'committed' | 'moved'> {
    return this.announcing(
      (say) => this.transaction(() => this.writer.commit(changes, say), 'often'),
      (live) => changesOf(changes, new Set(live.map(({ build }) => build))),
    );
  }

  async switchTo(projection: Projection, build: BuildName, at?: Position): Promise<Switched> {
    for (const text of this.writer.indexesToMake(projection, build)) await this.makeIndex(build.build, text);
    const switched = await this.announcing(
      (say) => this.switching((patience) => this.writer.switchTo(projection, build, at, say, patience)),
      () => [],
    );
    if (switched === 'switched') await this.afterRemoval();
    return switched;
  }

  async findParked(id: string): Promise<(ParkedKey & { readonly build: number }) | undefined> {
    return (await this.reading(() => this.reader.parked())).find((parked) => parked.id === id);
  }

  /** The tables as the process that fills reporting tables sees them. */
  sources(): Sources {
    const { reader, writer } = this;
    const { changed } = writer;
    return {
      answeredUntil: (epoch) => this.transaction(() => changed.standing(epoch)),
      follow: (names) => this.transaction(() => writer.followSources(names)),
      changes: (limit) => this.looking(() => changed.list(limit)),
      counts: () => this.looking(() => changed.counts()),
      answered: (changes, turn) => this.unlessBusy(() => changed.answered(changes, turn)),
      load: (name, keys) => this.reading(() => reader.rowsOf(name, { keys })),
      page: (name, after, limit) => this.reading(() => reader.rowsOf(name, { after, limit })),
      position: (name) => this.position(name),
      versions: async () => new Map((await this.standing()).map(({ name, version }) => [name, version])),
      remaining: (name, after) => this.reading(() => reader.countBehind(name, after)),
    };
  }

  /** A transaction for which no caller is kept waiting; nothing is done where another process is writing. */
  protected async unlessBusy(work: () => Work<void>): Promise<'noted' | 'busy'> {
    await this.transaction(work, 'often');
    return 'noted';
  }

  useThreads(elsewhere: Elsewhere): void {
    this.elsewhere = elsewhere;
  }

  async rebuildElsewhere(projection: Projection, signal?: AbortSignal): Promise<Rebuilt | undefined> {
    const rebuilt = await this.elsewhere.rebuild?.(projection, signal);
    // Callers that wait for the table to reach a place look again: a new table has replaced it.
    if (rebuilt === 'switched') this.announcements.committed([]);
    return rebuilt;
  }

  async followElsewhere(projections: readonly Projection[], signal: AbortSignal): Promise<'ended' | 'not-known'> {
    const { follow } = this.elsewhere;
    if (follow === undefined) return 'not-known';
    // while the database is away no thread is begun that would end at once
    await this.builds();
    return follow(projections, signal, (changes, news) => {
      this.committedElsewhere(changes, news);
    });
  }

  /** Another thread has made a commit. */
  protected committedElsewhere: Tell = (changes, news) => {
    this.announcements.committed(changes, news);
  };

  /** Tells after every commit, though no row has changed. */
  whenCommitted(tell: Tell): void {
    this.announcements.whenCommitted(tell);
  }
}

export const withoutCount = ({ commits, ...build }: CountedBuild): Build => build;
