import { randomUUID } from 'node:crypto';
import type { Position } from '../../../../application/kernel/ports/event-store';
import type { Projection } from '../../../../application/kernel/ports/projection';
import type {
  Build,
  BuildChange,
  BuildName,
  ParkedEvent,
  ProjectionStore,
  Switched,
} from '../../../../application/kernel/ports/projection-store';
import type { Condition, Page, ParkedKey, ReadModels, Row, RowChange, Selection } from '../../../../application/kernel/ports/read-models';
import { createWakeUp } from '../../../runtime/wake-up';
import type { Postgres } from '../../../database/postgres/postgres';
import { decodeRowNews, encodeRowNews } from '../../../log/codec/row-news.codec';
import { allReached, Announcements } from '../announcements';
import { changesOf, withoutBuild } from '../row-changes';
import { allBuilds, withoutCount, type CountedBuild } from './builds';
import { Heard } from './heard';
import { parkedEventsOf } from './parked-events';
import { Reader } from './reader';
import { SharedLook } from './shared-look';
import { availableOnly } from './unavailable';
import { Writer, type Say } from './writer';

const channel = 'tichet_rows';
/** How long a commit of another process may stay unseen when nothing was said of it, in milliseconds. */
const lookEvery = 1000;

/**
 * The read models in PostgreSQL, for any number of processes: a table for each build, rows as the projection wrote them with the indexed
 * columns beside, checkpoints by compare-and-swap. Every process hears of every commit by NOTIFY, and looks whether it has missed one.
 */
export class PostgresReadModels implements ReadModels, ProjectionStore {
  private readonly announcements = new Announcements();
  private readonly wakeUp = createWakeUp();
  private readonly heard = new Heard();
  private readonly reader: Reader;
  private readonly writer: Writer;
  private readonly pool: Postgres['pool'];
  private readonly look: SharedLook<readonly CountedBuild[]>;
  private readonly name = randomUUID();
  /** commits of this process that nobody here was told of by now, by their number */
  private readonly untold = new Set<number>();
  private lastCommit = 0;
  private readonly looking: NodeJS.Timeout;
  private readonly stopListening: () => void;

  constructor({ pool, listener }: Pick<Postgres, 'pool' | 'listener'>) {
    this.pool = pool;
    this.reader = new Reader(pool);
    this.writer = new Writer(pool);
    this.look = new SharedLook(() => allBuilds(pool));
    this.stopListening = listener.on(channel, (payload) => {
      if (payload === undefined) void this.lookForMissed('at-once');
      else this.hear(payload);
    });
    this.looking = setInterval(() => {
      if (this.announcements.hasReaders()) void this.lookForMissed('after-a-while');
    }, lookEvery);
    this.looking.unref();
  }

  get<R extends Row>(projection: string, key: string): Promise<R | undefined> {
    return availableOnly(() => this.reader.get<R>(projection, key));
  }

  select<R extends Row>(projection: string, selection?: Selection): Promise<Page<R>> {
    return availableOnly(() => this.reader.select<R>(projection, selection));
  }

  count(projection: string, where?: readonly Condition[]): Promise<number> {
    return availableOnly(() => this.reader.count(projection, where));
  }

  position(projection: string): Promise<Position> {
    return availableOnly(() => this.reader.position(projection));
  }

  async reached(position: Position, timeoutMilliseconds: number): Promise<boolean> {
    const until = performance.now() + timeoutMilliseconds;
    const never = new AbortController().signal;
    for (;;) {
      const turn = this.wakeUp.turn();
      const live = (await this.lookAtBuilds()).filter(({ state }) => state === 'live');
      if (
        allReached(
          live.map(({ checkpoint }) => checkpoint),
          position,
        )
      )
        return true;
      const left = until - performance.now();
      if (left <= 0) return false;
      await this.wakeUp.sleep(never, turn, Math.min(left, lookEvery));
    }
  }

  async parked(): Promise<readonly ParkedKey[]> {
    return (await availableOnly(() => this.reader.parked())).map(withoutBuild);
  }

  changes(signal: AbortSignal): AsyncIterable<RowChange> {
    return this.announcements.changes(signal);
  }

  async prepare(projection: Projection): Promise<readonly Build[]> {
    return this.known(await availableOnly(() => this.writer.prepare(projection))).map(withoutCount);
  }

  async builds(): Promise<readonly Build[]> {
    return (await this.lookAtBuilds()).map(withoutCount);
  }

  startBuild(projection: Projection): Promise<Build> {
    return availableOnly(() => this.writer.startBuild(projection));
  }

  dropBuild(build: BuildName): Promise<void> {
    return availableOnly(() => this.writer.dropBuild(build));
  }

  load(build: BuildName, table: string, keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    return availableOnly(() => this.writer.load(build, table, keys));
  }

  page(build: BuildName, table: string, after: string, limit: number): Promise<ReadonlyMap<string, Row>> {
    return availableOnly(() => this.writer.page(build, table, after, limit));
  }

  parkedEvents({ build }: BuildName): Promise<readonly ParkedEvent[]> {
    return availableOnly(() => parkedEventsOf(this.pool, build));
  }

  /** @throws DatabaseUnavailable, after which the commit may stand or not: the checkpoint tells */
  commit(changes: readonly BuildChange[]): Promise<'committed' | 'moved'> {
    return this.announcing(
      (say) => this.writer.commit(changes, say),
      (live) => changesOf(changes, new Set(live.map(({ build }) => build))),
    );
  }

  switchTo(projection: Projection, build: BuildName): Promise<Switched> {
    return this.announcing(
      (say) => this.writer.switchTo(projection, build, say),
      () => [],
    );
  }

  async findParked(id: string): Promise<(ParkedKey & { readonly build: number }) | undefined> {
    return (await availableOnly(() => this.reader.parked())).find((parked) => parked.id === id);
  }

  /** Tells after every commit of this or another process, though no row has changed. */
  whenCommitted(tell: (changes: readonly RowChange[]) => void): void {
    this.announcements.whenCommitted(tell);
  }

  /** The connections stay with whoever opened them. */
  close(): void {
    clearInterval(this.looking);
    this.stopListening();
    this.wakeUp.wake();
  }

  /** Says to every process, with the commit itself, what it has changed; and here at once, when it is done. */
  private async announcing<T>(
    work: (say: Say) => Promise<T>,
    changesIn: (live: readonly CountedBuild[]) => readonly RowChange[],
  ): Promise<T> {
    const nth = ++this.lastCommit;
    let said: { readonly changes: readonly RowChange[]; readonly builds: readonly number[] } | undefined;
    const say: Say = (live) => {
      if (live.length === 0) return [];
      const changes = changesIn(live);
      said = { changes, builds: live.map(({ build }) => build) };
      this.untold.add(nth);
      for (const { build, commits } of live) this.heard.of(build, commits);
      return encodeRowNews({ by: this.name, nth, builds: live.map(({ build, commits }) => [build, commits] as const) }, changes);
    };
    try {
      const result = await availableOnly(() => work(say));
      if (said !== undefined && this.untold.delete(nth)) this.tell(said.changes);
      return result;
    } catch (error) {
      if (said !== undefined) this.heard.notSure(said.builds);
      throw error;
    }
  }

  private hear(payload: string): void {
    const news = decodeRowNews(payload);
    if (news === undefined) {
      this.announcements.missed();
      this.tell([]);
      return;
    }
    for (const [build, commits] of news.builds) this.heard.of(build, commits);
    if (news.by === this.name && !this.untold.has(news.nth)) return;
    if (news.changes === 'too-many') this.announcements.missed();
    this.tell(news.changes === 'too-many' ? [] : news.changes);
  }

  private tell(changes: readonly RowChange[]): void {
    this.wakeUp.wake();
    this.announcements.committed(changes);
  }

  private async lookForMissed(when: 'at-once' | 'after-a-while'): Promise<void> {
    try {
      const builds = await this.look.fresh();
      const missed = when === 'at-once' ? this.heard.misses(builds) : this.heard.stillMisses(builds);
      if (!missed) return;
      this.announcements.missed();
      this.tell([]);
    } catch {
      // A database that is away has no news; the listener says when it is back.
    }
  }

  private async lookAtBuilds(): Promise<readonly CountedBuild[]> {
    return this.known(await availableOnly(() => this.look.fresh()));
  }

  private known(builds: readonly CountedBuild[]): readonly CountedBuild[] {
    if (!this.announcements.hasReaders()) this.heard.startAt(builds);
    return builds;
  }
}
