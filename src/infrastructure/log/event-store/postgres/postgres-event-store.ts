import {
  EventStoreUnavailable,
  type AppendResult,
  type EventStore,
  type Position,
  type Recorded,
} from '../../../../application/kernel/ports/event-store';
import type { Postgres } from '../../../database/postgres/postgres';
import { createAppendQueue } from '../append-queue';
import { checkAppend, positionOf } from '../append-rules';
import { batched } from '../batched';
import { followLog } from '../follow-log';
import { createWakeUp } from '../../../runtime/wake-up';
import { batchSize, createPostgresReader } from './postgres-reader';
import { createPostgresWriter } from './postgres-writer';

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

  read(stream: string, from = 0): AsyncIterable<Recorded> {
    let next = from;
    let last = false;
    return batched(async () => {
      if (last) return [];
      const batch = await this.reader.ofStream(stream, next);
      next += batch.length;
      last = batch.length < batchSize;
      return batch;
    });
  }

  readAll({ after = '', limit = Infinity }: { readonly after?: string; readonly limit?: number } = {}): AsyncIterable<Recorded> {
    let position = after;
    let left = limit;
    return batched(async () => {
      if (left <= 0) return [];
      const batch = await this.reader.after(position, left);
      position = batch.at(-1)?.position ?? position;
      left = batch.length < batchSize ? 0 : left - batch.length;
      return batch;
    });
  }

  subscribe: EventStore['subscribe'] = (options) => {
    const { wakeUp } = this;
    const after = (position: Position, most: number) => this.afterOutages(position, most, options.signal);
    return followLog({ after, batchSize, wakeUp, pollEvery }, options);
  };

  end = (): Promise<Position> => this.reader.end();

  /** How many positions that were given have no event any more: the newest ones leave no gap that a reader would find. */
  missingPositions(): Promise<number> {
    return this.reader.missing();
  }

  /** Calls with every append, of this process or another, as soon as it can be read. */
  whenAppended(tell: () => void): void {
    this.wakeUp.whenWoken(tell);
  }

  /** Lets what waits be written. The connections stay with whoever opened them. */
  async close(): Promise<void> {
    this.stopListening();
    await this.queue.idle();
  }

  /** What this process appended itself it knows already: its own notification wakes nobody a second time. */
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
