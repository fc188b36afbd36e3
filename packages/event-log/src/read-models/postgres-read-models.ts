import { pause } from '@tichet-albastru/kernel/pause';
import type { Pool, PoolClient } from 'pg';
import { randomUUID } from 'node:crypto';
import type { Position } from '../ports/event-store';
import type { Build, BuildName, Switched } from '../ports/projection-store';
import type { Row, RowChange } from '../ports/read-models';
import { availableOnly, workOn } from '../database/postgres/ask-database';
import { databaseFault } from '../database/postgres/database-fault';
import { inTransaction } from '../database/postgres/in-transaction';
import { isKeepable, textArray } from '../database/postgres/text-array';
import { keepsPrepared, type Postgres } from '../database/postgres/open-pool';
import { runInTurn, type Work } from '../database/sql/work';
import { type CommitNews, decodeRowNews, encodeRowNews } from '../codec/row-news.codec';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { gathered } from '@tichet-albastru/kernel/gathered';
import { SharedWork } from '@tichet-albastru/kernel/turns';
import { createWakeUp } from '@tichet-albastru/kernel/wake-up';
import { allReached, type Tell } from './announcements';
import { identifier } from './columns';
import { postgresDialect } from './dialect';
import { Heard } from './heard';
import type { Sources } from './sources';
import { TableStore, withoutCount } from './table-read-models';
import { standsAs } from './standing-place';
import type { CountedBuild, Move, KeysOfTable, Say } from './writer';

const channel = 'tichet_rows';
/** How long a commit of another process may stay unseen when nothing was said of it, in milliseconds. */
const lookEvery = 1000;
/** What is lost in a power cut is folded again from the log, whole batches at a time: no caller waits for the disk. */
const notDurable = 'SET LOCAL synchronous_commit = off';
/** An index takes as long as it takes. */
const takesLong = `SET LOCAL statement_timeout = 0; ${notDurable}`;
/** The driver's own limit for an answer, in milliseconds, where the server has none. */
const longAnswer = 3_600_000;
/** How long to wait for a reader of the views, and how long to pause before the next try, in milliseconds. */
const waitForReports = 1000;
const leaveReports = 1000;
const mostRenewals = 5;
const patience = [`SET LOCAL lock_timeout = ${waitForReports}`];
/** A lock was not to be had in the time that was given for it. */
const lockIsTaken = '55P03';

const moveCheckpoints: Move = function* (builds, messages) {
  yield {
    text: `WITH moved AS (
       UPDATE tichet.builds b SET checkpoint = n.checkpoint, commits = n.commits, noted = b.noted + n.commits - b.commits, stands = n.stands
       FROM unnest($1::bigint[], $2::text[], $3::bigint[], $5::text[]) AS n (build, checkpoint, commits, stands) WHERE b.build = n.build
     )
     SELECT pg_notify('${channel}', message) FROM unnest($4::text[]) AS message`,
    values: [
      builds.map(({ build }) => build),
      builds.map(({ checkpoint }) => checkpoint),
      builds.map(({ commits }) => commits),
      textArray(messages),
      builds.map(standsAs),
    ],
  };
};

/**
 * Drops the tables that were replaced, one in a transaction. It does not wait for a long reader (a dump, a long report): later readers
 * would have to wait behind it. The next switch tries again.
 */
const dropReplacedTables = async (pool: Pool): Promise<void> => {
  const { rows } = await pool.query<{ readonly name: string }>('SELECT name FROM tichet.replaced_tables ORDER BY name');
  const drop = async (client: PoolClient, name: string): Promise<void> => {
    const { rowCount } = await client.query('SELECT FROM tichet.replaced_tables WHERE name = $1 FOR UPDATE SKIP LOCKED', [name]);
    if (rowCount === 0) return;
    await client.query(`DROP TABLE IF EXISTS tichet.${identifier(name)} CASCADE`);
    await client.query('DELETE FROM tichet.replaced_tables WHERE name = $1', [name]);
  };
  for (const { name } of rows) {
    try {
      await inTransaction(pool, (client) => drop(client, name), `SET LOCAL lock_timeout = '1s'`);
    } catch (error) {
      if (databaseFault(error) === undefined) throw error;
    }
  }
};

/**
 * The read models in PostgreSQL, for any number of processes: a table for each build, rows as the projection wrote them with the indexed
 * columns beside, checkpoints by compare-and-swap. Every process hears of every commit by NOTIFY, and looks whether it has missed one.
 */
export class PostgresReadModels extends TableStore {
  private readonly wakeUp = createWakeUp();
  private readonly heard = new Heard();
  private readonly pool: Postgres['pool'];
  private readonly look: SharedWork<readonly CountedBuild[]>;
  private readonly name = randomUUID();
  /** commits of this process that its listeners were not told of by now, by their number */
  private readonly untold = new Set<number>();
  private lastCommit = 0;
  /** What the tables of one batch of events look at is one statement. */
  private readonly loadTogether = gathered(async (asked: readonly KeysOfTable[]) => {
    const together = asked.length > 1 ? await this.reading(() => this.writer.loadTogether(asked)) : undefined;
    return together ?? Promise.all(asked.map(({ build, table, keys }) => super.load(build, table, keys)));
  });
  /** of each thread that has told of its commits here, the last one: what comes of them by the server says nothing new */
  private readonly toldBy = new Map<string, number>();
  private readonly timer: NodeJS.Timeout;
  private readonly stopListening: () => void;

  constructor({ pool, listener }: Pick<Postgres, 'pool' | 'listener'>) {
    super(postgresDialect, moveCheckpoints);
    this.pool = pool;
    this.look = new SharedWork(() => runInTurn(this.writer.builds(), workOn(pool)));
    this.stopListening = listener.on(channel, (payload) => {
      if (payload === undefined) void this.lookForMissed('at-once');
      else this.hear(payload);
    });
    this.timer = setInterval(() => {
      if (this.announcements.hasReaders()) void this.lookForMissed('after-a-while');
    }, lookEvery);
    this.timer.unref();
  }

  override get<R extends Row>(projection: string, key: string): Promise<R | undefined> {
    return isKeepable(key) ? super.get<R>(projection, key) : Promise.resolve(undefined);
  }

  async reached(position: Position, timeoutMilliseconds: number): Promise<boolean> {
    const until = performance.now() + timeoutMilliseconds;
    const never = new AbortController().signal;
    for (;;) {
      const turn = this.wakeUp.turn();
      const live = (await this.lookAtBuilds()).filter(
        ({ state, projection, version }) => state === 'live' && this.isAwaited(projection, version),
      );
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

  override async builds(): Promise<readonly Build[]> {
    return (await this.lookAtBuilds()).map(withoutCount);
  }

  override load(build: BuildName, table: string, keys: readonly string[]): Promise<ReadonlyMap<string, Row>> {
    return this.loadTogether({ build, table, keys });
  }

  /** A process of a version that notes no changes may run beside, while one after the other is replaced: then all that it fills has changed. */
  override sources(): Sources {
    const sources = super.sources();
    const noteWhatWasNot = () => this.transaction(() => this.writer.noteUnnoted());
    return { ...sources, counts: () => noteWhatWasNot().then(() => sources.counts()) };
  }

  /** The caller that opened the connections closes them. */
  close(): void {
    clearInterval(this.timer);
    this.stopListening();
    this.wakeUp.wake();
  }

  /** Whole, and mostly before the server says it in parts; by a server that is not heard, never. */
  protected override committedElsewhere: Tell = (changes, news) => {
    for (const [build, commits] of news?.builds ?? []) this.heard.of(build, commits);
    if (news !== undefined) this.toldBy.set(news.by, news.nth);
    this.tell(changes, news);
  };

  protected reading<T>(work: () => Work<T>): Promise<T> {
    return availableOnly(() => runInTurn(work(), workOn(this.pool)));
  }

  protected looking<T>(work: () => Work<T>): Promise<T> {
    return this.reading(work);
  }

  protected transaction<T>(work: () => Work<T>, how?: 'often'): Promise<T> {
    const unnamed = how === 'often' && keepsPrepared(this.pool) ? undefined : 'unnamed';
    return availableOnly(() => inTransaction(this.pool, (client) => runInTurn(work(), workOn(client, unnamed)), notDurable));
  }

  protected async makeIndex(build: number, text: string): Promise<void> {
    const patiently = { text, query_timeout: longAnswer };
    const make = async (client: PoolClient): Promise<void> => {
      const standing = await runInTurn(this.writer.lockBuilds([build]), workOn(client, 'unnamed'));
      if (standing.length > 0) await client.query(patiently);
    };
    await availableOnly(() => inTransaction(this.pool, make, takesLong));
  }

  protected async switching(work: (patience: readonly string[]) => Work<Switched>): Promise<Switched> {
    try {
      return await inTransaction(this.pool, (client) => runInTurn(work(patience), workOn(client, 'unnamed')), notDurable);
    } catch (error) {
      if (errorCode(error) !== lockIsTaken) throw error;
      // A long report reads the views. Readers are not made to wait behind it: the old table is read on, and the switch comes again.
      await pause(leaveReports);
      return 'behind';
    }
  }

  /** A view that a report reads all the while keeps its text until the next start: neither this start nor other readers wait for it. */
  protected override async renewing(work: (patience: readonly string[]) => Work<void>): Promise<void> {
    for (let attempt = 0; attempt < mostRenewals; attempt += 1) {
      try {
        await this.transaction(() => work(patience));
        return;
      } catch (error) {
        if (errorCode(error) !== lockIsTaken) throw error;
        await pause(leaveReports);
      }
    }
  }

  protected afterRemoval(): Promise<void> {
    return availableOnly(() => dropReplacedTables(this.pool));
  }

  /** Says to every process, with the commit itself, what it has changed; and here at once, when it is done. */
  protected async announcing<T>(
    work: (say: Say) => Promise<T>,
    changesIn: (live: readonly CountedBuild[]) => readonly RowChange[],
  ): Promise<T> {
    const nth = ++this.lastCommit;
    let said: { readonly changes: readonly RowChange[]; readonly news: CommitNews } | undefined;
    const say: Say = (live) => {
      if (live.length === 0) return [];
      const changes = changesIn(live);
      const news = { by: this.name, nth, builds: live.map(({ build, commits }) => [build, commits] as const) };
      said = { changes, news };
      this.untold.add(nth);
      for (const { build, commits } of live) this.heard.of(build, commits);
      return encodeRowNews(news, changes);
    };
    try {
      const result = await availableOnly(() => work(say));
      if (said !== undefined && this.untold.delete(nth)) this.tell(said.changes, said.news);
      return result;
    } catch (error) {
      if (said !== undefined) this.heard.notSure(said.news.builds.map(([build]) => build));
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
    if (news.by === this.name ? !this.untold.has(news.nth) : news.nth <= (this.toldBy.get(news.by) ?? 0)) return;
    if (news.changes === 'too-many') this.announcements.missed();
    this.tell(news.changes === 'too-many' ? [] : news.changes);
  }

  private tell: Tell = (changes, news) => {
    this.wakeUp.wake();
    this.announcements.committed(changes, news);
  };

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
