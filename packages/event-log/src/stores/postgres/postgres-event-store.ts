import { EventStoreUnavailable, type AppendResult, type EventStore, type Position, type Recorded } from '../../ports/event-store';
import type { Postgres } from '../../database/postgres/open-pool';
import { createAppendQueue } from '../append-queue';
import { checkAppend, positionOf, numberOf } from '../append-rules';
import { eventAt, followLog, inBatches, logWithoutGaps, streamWithoutGaps } from '../reading';
import { createWakeUp } from '@tichet-albastru/kernel/wake-up';
import { createPostgresWriter } from './postgres-writer';
import type { Pool } from 'pg';
import { databaseFault, readOnlyServer } from '../../database/postgres/database-fault';
import { isKeepable, textArray } from '../../database/postgres/text-array';
import { gathered } from '@tichet-albastru/kernel/gathered';

export type StoredRow = [position: string, stream: string, revision: number, id: string, type: string, body: string, hash: string];

/** Few enough to be small in memory, many enough that a query costs nothing against its rows. */
const batchSize = 1000;
export const columns = `position, stream, revision, id, type, body, encode(hash, 'hex')`;
const statements = {
  ofStreams: {
    name: 'tichet-read-streams',
    text: `SELECT ${columns}, asked.place FROM unnest($1::text[], $2::bigint[], $3::int[]) WITH ORDINALITY AS asked (name, first, most, place),
      LATERAL (SELECT * FROM tichet.events WHERE stream = asked.name AND revision >= asked.first ORDER BY revision LIMIT asked.most) AS found
      ORDER BY asked.place, revision`,
  },
  after: {
    name: 'tichet-read-log',
    text: `SELECT ${columns} FROM tichet.events WHERE position > $1 ORDER BY position LIMIT $2`,
  },
  missing: {
    name: 'tichet-missing-positions',
    text: 'SELECT (SELECT position FROM tichet.head) - (SELECT count(*) FROM tichet.events)',
  },
  /** names the server that answers, and its run: the value changes at every start and every failover, also behind a pooler */
  server: {
    name: 'tichet-server',
    text: "SELECT concat_ws(' ', pg_postmaster_start_time(), inet_server_addr(), inet_server_port()), pg_is_in_recovery()",
  },
  /** What an append writes beside its events, and whether events may be written; nothing changes. */
  tryToWrite: {
    name: 'tichet-try-to-write',
    text: `WITH nothing AS (INSERT INTO tichet.events SELECT * FROM tichet.events WHERE false)
      UPDATE tichet.head SET position = position RETURNING position`,
  },
  end: { name: 'tichet-read-end', text: 'SELECT position FROM tichet.events ORDER BY position DESC LIMIT 1' },
};

/** A number beyond what is exact in JavaScript stays as it is. */
export const recordedOf = (row: readonly [...StoredRow, ...unknown[]]): Recorded => ({
  id: row[3],
  type: row[4],
  body: row[5],
  hash: row[6],
  stream: row[1],
  revision: row[2],
  position: positionOf(row[0]),
});

type PostgresReader = {
  /** At most `batchSize`, and at most `most`, events of the stream from `from` on. @throws EventLogCorrupt when a revision is missing */
  ofStream(stream: string, from: number, most: number): Promise<readonly Recorded[]>;
  /** At most `most` events after the position. @throws EventLogCorrupt when a position is missing: this log has no holes */
  after(position: Position, most: number): Promise<readonly Recorded[]>;
  end(): Promise<Position>;
  /** @throws EventStoreUnavailable when the log cannot be written to */
  tryToWrite(): Promise<void>;
  /** How many positions that were given have no event. */
  missing(): Promise<number>;
  server(): Promise<string>;
};

type OfStream = { readonly stream: string; readonly from: number; readonly most: number };

/** Short statements on any connection: a slow reader keeps no connection, cursor or snapshot. Concurrent stream reads are one statement. */
const createPostgresReader = (pool: Pool): PostgresReader => {
  const rowsOf = async <Row extends readonly unknown[] = StoredRow>(
    statement: { readonly name: string; readonly text: string },
    values: unknown[],
  ): Promise<readonly Row[]> => {
    try {
      return (await pool.query<[...Row]>({ ...statement, values, rowMode: 'array' })).rows;
    } catch (error) {
      const fault = databaseFault(error);
      if (fault === undefined) throw error;
      throw new EventStoreUnavailable(`The event store cannot be read (${fault}).`, fault);
    }
  };
  const ofStreams = gathered(async (asked: readonly OfStream[]): Promise<readonly (readonly Recorded[])[]> => {
    const limits = asked.map(({ most }) => Math.min(most, batchSize));
    const values = [textArray(asked.map(({ stream }) => stream)), asked.map(({ from }) => from), limits];
    const found: Recorded[][] = asked.map(() => []);
    for (const row of await rowsOf<[...StoredRow, place: string]>(statements.ofStreams, values))
      found[Number(row[7]) - 1]?.push(recordedOf(row));
    return found;
  });
  return {
    ofStream: async (stream, from, most) =>
      isKeepable(stream) ? streamWithoutGaps(stream, from, await ofStreams({ stream, from, most })) : [],
    after: async (position, most) => {
      const before = numberOf(position);
      return logWithoutGaps(before, (await rowsOf(statements.after, [before, Math.min(most, batchSize)])).map(recordedOf));
    },
    end: async () => {
      const [newest] = await rowsOf(statements.end, []);
      return newest ? positionOf(newest[0]) : '';
    },
    tryToWrite: async () => {
      await rowsOf(statements.tryToWrite, []);
    },
    missing: async () => {
      const [counted] = await rowsOf(statements.missing, []);
      return Number(counted?.[0] ?? 0);
    },
    server: async () => {
      const [server, isStandby] = (await rowsOf<readonly [string, boolean]>(statements.server, []))[0] ?? [];
      // it may have received what it does not show yet
      if (isStandby === true) throw new EventStoreUnavailable('A standby cannot say what it lacks.', readOnlyServer);
      return String(server);
    },
  };
};

/** How long an append of another process may stay unseen when its notification was lost, in milliseconds. */
const pollEvery = 500;
/** How long a subscription waits for a server that is away before it asks again, in milliseconds. */
const askAgainAfter = 250;
const channel = 'tichet_events';

/** Events in PostgreSQL, for any number of processes: dense positions, appends coalesced in each process, subscribers woken by NOTIFY. */
export class PostgresEventStore implements EventStore {
  private readonly queue;
  private readonly reader;
  private readonly wakeUp = createWakeUp();
  /** as far as this process has appended */
  private newest: Position = '';
  private server: string | undefined;
  private readonly stopListening;

  constructor({ pool, listener }: Pick<Postgres, 'pool' | 'listener'>) {
    this.reader = createPostgresReader(pool);
    this.queue = createAppendQueue(createPostgresWriter(pool), () => {
      this.wakeUp.wake();
    });
    this.stopListening = listener.on(channel, (payload) => {
      this.heardOf(payload === undefined ? undefined : positionOf(Number(payload)));
    });
  }

  append: EventStore['append'] = async (stream, expected, events) => {
    checkAppend(stream, events);
    const result: AppendResult = await this.queue.append({ stream, expected, events });
    if (result.kind === 'appended' && result.position > this.newest) this.newest = result.position;
    return result;
  };

  read(stream: string, from = 0, most = Infinity): AsyncIterable<Recorded> {
    const read = (next: number, left: number) => this.reader.ofStream(stream, next, left);
    return inBatches(from, { limit: most, full: batchSize }, read, ({ revision }) => revision + 1);
  }

  readAll({ after = '', limit = Infinity }: { readonly after?: string; readonly limit?: number } = {}): AsyncIterable<Recorded> {
    const read = (position: Position, most: number) => this.reader.after(position, most);
    return inBatches(after, { limit, full: batchSize }, read, ({ position }) => position);
  }

  subscribe: EventStore['subscribe'] = (options) => {
    const { wakeUp } = this;
    const after = (position: Position, most: number) => this.afterOutages(position, most, options.signal);
    return followLog({ after, batchSize, wakeUp, pollEvery }, options);
  };

  end = (): Promise<Position> => this.reader.end();

  at(position: Position): Promise<Recorded | undefined> {
    return eventAt((before, most) => this.reader.after(before, most), position);
  }

  /** How many positions that were given have no event any more: the newest ones leave no gap that a reader would find. */
  missingPositions(): Promise<number> {
    return this.reader.missing();
  }

  async isKeptAsBefore(): Promise<boolean> {
    const [before, now] = [this.server, await this.reader.server()];
    this.server = now;
    return before === undefined || before === now;
  }

  async takesAppends(thoroughly: boolean): Promise<void> {
    await this.reader.end();
    if (thoroughly) await this.reader.tryToWrite();
  }

  forget(): void {
    this.newest = '';
  }

  /** Calls with every append, of this process or another, as soon as it can be read. */
  whenAppended(tell: () => void): void {
    this.wakeUp.whenWoken(tell);
  }

  /** Writes the appends that wait. The caller that opened the connections closes them. */
  async close(): Promise<void> {
    this.stopListening();
    await this.queue.idle();
  }

  /** This process already knows what it appended itself: its own notification wakes no reader a second time. */
  private heardOf(position: Position | undefined): void {
    if (position === undefined || position > this.newest) this.wakeUp.wake();
  }

  /** A subscription outlives the server: it asks until it is answered or told to stop. */
  private async afterOutages(position: Position, most: number, signal: AbortSignal): Promise<readonly Recorded[]> {
    for (;;) {
      try {
        return await this.reader.after(position, most);
      } catch (error) {
        if (!(error instanceof EventStoreUnavailable)) throw error;
      }
      if (signal.aborted) return [];
      await this.wakeUp.sleep(signal, this.wakeUp.turn(), askAgainAfter);
    }
  }
}
