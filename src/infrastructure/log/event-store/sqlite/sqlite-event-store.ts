import { EventStoreUnavailable, type EventStore, type Recorded } from '../../../../application/kernel/ports/event-store';
import { dataFiles, pathIn } from '../../../database/data-folder/data-files';
import { createAppendQueue } from '../append-queue';
import { checkAppend } from '../append-rules';
import { batched } from '../batched';
import { followLog } from '../follow-log';
import { createWakeUp, type WakeUp } from '../../../runtime/wake-up';
import { chooseThread } from './choose-thread';
import { batchSize, openSqliteReader, type SqliteReader } from './sqlite-reader';
import { openSqliteWriter, type SqliteWriter } from './sqlite-writer';
import { StreamHeads } from './stream-heads';
import { startWriterThread, type WriterThread } from './writer-thread';

/** How long an append of another process may stay unseen, in milliseconds. */
const pollEvery = 200;

type Parts = {
  readonly reader: SqliteReader;
  readonly wakeUp: WakeUp;
  /** nothing for a store that only reads */
  readonly writers?: { readonly here: SqliteWriter; readonly thread: WriterThread };
};

/** Events in one file of the data folder: WAL, synchronous=FULL, appends coalesced, readers beside the writer. */
export class SqliteEventStore implements EventStore {
  private readonly queue;
  private readonly heads = new StreamHeads();

  constructor(private readonly parts: Parts) {
    const { writers, wakeUp } = parts;
    this.queue =
      writers &&
      createAppendQueue(
        chooseThread({ here: (requests) => writers.here.write(requests), inThread: (requests) => writers.thread.write(requests) }),
        () => {
          wakeUp.wake();
        },
      );
  }

  append: EventStore['append'] = async (stream, expected, events) => {
    checkAppend(stream, events);
    if (!this.queue) throw new EventStoreUnavailable('This event store was opened for reading.');
    const { queue } = this;
    return this.heads.whileAppending(stream, () => queue.append({ stream, expected, events }));
  };

  read(stream: string, from = 0): AsyncIterable<Recorded> {
    let next = from;
    let last = this.heads.endsBefore(stream, from);
    return batched(() => {
      if (last) return [];
      const batch = this.parts.reader.ofStream(stream, next);
      next += batch.length;
      last = batch.length < batchSize;
      // another process writes what a store for reading reads
      if (last && batch.length > 0 && this.queue) this.heads.endsAt(stream, next - 1);
      return batch;
    });
  }

  readAll({ after = '', limit = Infinity }: { readonly after?: string; readonly limit?: number } = {}): AsyncIterable<Recorded> {
    let position = after;
    let left = limit;
    return batched(async () => {
      if (left <= 0) return [];
      // a long reading lets others run
      if (position !== after) await new Promise(setImmediate);
      const batch = this.parts.reader.after(position, left);
      position = batch.at(-1)?.position ?? position;
      left = batch.length < batchSize ? 0 : left - batch.length;
      return batch;
    });
  }

  subscribe: EventStore['subscribe'] = (options) => {
    const { reader, wakeUp } = this.parts;
    return followLog({ after: (position, most) => reader.after(position, most), batchSize, wakeUp, pollEvery }, options);
  };

  end = (): Promise<string> => Promise.resolve(this.parts.reader.end());

  /** Calls with every append of this store, as soon as it can be read. */
  whenAppended(tell: () => void): void {
    this.parts.wakeUp.whenWoken(tell);
  }

  /** Somebody else has appended to the file: whoever follows it looks now, and not at his next turn. */
  lookAgain(): void {
    this.parts.wakeUp.wake();
  }

  /** Lets what waits be written, then closes the file. */
  async close(): Promise<void> {
    await this.queue?.idle();
    // The last to close empties the write-ahead log into the file, which a reader may not.
    this.parts.reader.close();
    this.parts.writers?.here.close();
    await this.parts.writers?.thread.close();
  }
}

/**
 * Opens `events.db` in the data folder, and makes it where there is none.
 * @param options.readOnly beside a running service: reads and subscribes, and never writes
 */
export const openSqliteEventStore = async ({
  folder,
  readOnly = false,
}: {
  readonly folder: string;
  readonly readOnly?: boolean;
}): Promise<SqliteEventStore> => {
  const path = pathIn(folder, dataFiles.events);
  const writers = readOnly ? undefined : { thread: await startWriterThread(path), here: openSqliteWriter(path) };
  return new SqliteEventStore({ reader: openSqliteReader(path), wakeUp: createWakeUp(), ...(writers && { writers }) });
};
