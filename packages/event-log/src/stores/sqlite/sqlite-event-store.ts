import { EventStoreUnavailable, type AppendResult, type EventStore, type Position, type Recorded } from '../../ports/event-store';
import { logFiles, pathIn } from '../../database/log-files';
import { createAppendQueue } from '../append-queue';
import { checkAppend, type AppendOutcome, type AppendRequest, type WriteAppends } from '../append-rules';
import { eventAt, followLog, inBatches } from '../reading';
import { answered } from '@tichet-albastru/kernel/turns';
import { createWakeUp, type WakeUp } from '@tichet-albastru/kernel/wake-up';
import { batchSize, openSqliteReader, type SqliteReader } from './sqlite-reader';
import { openSqliteWriter, type SqliteWriter } from './sqlite-writer';
import { statSync } from 'node:fs';
import { extname, join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { Worker, type WorkerOptions } from 'node:worker_threads';
import { endMessage, outcomesOf, readyMessage, requestsMessage } from '../../codec/writer-messages.codec';

type WriterThread = {
  /** Batches are answered in the order in which they were given. @throws when the thread has died */
  write(requests: readonly AppendRequest[]): Promise<readonly AppendOutcome[]>;
  close(): Promise<void>;
};

type Waiting = { readonly resolve: (outcomes: readonly AppendOutcome[]) => void; readonly reject: (error: Error) => void };

/** Starts a thread that runs `sqlite-writer.thread`. */
type StartThread = (options: WorkerOptions) => Worker;
const startOwnFile: StartThread = (options) => new Worker(join(__dirname, `sqlite-writer.thread${extname(__filename)}`), options);

/** The writer of one file, in a thread of its own. Resolves once it is ready; rejects with what kept it from that. */
const startWriterThread = (path: string, start: StartThread): Promise<WriterThread> =>
  new Promise((started, failed) => {
    const worker = start({ workerData: path });
    const waiting: Waiting[] = [];
    let dead: Error | undefined;
    const die = (error: Error): void => {
      dead ??= error;
      failed(error);
      for (const { reject } of waiting.splice(0)) reject(error);
    };
    worker.on('error', die);
    worker.on('exit', () => {
      die(new Error('The writer thread of the event store has ended.'));
    });
    const thread: WriterThread = {
      write: (requests) =>
        new Promise((resolve, reject) => {
          if (dead !== undefined) {
            reject(dead);
            return;
          }
          waiting.push({ resolve, reject });
          worker.postMessage(requestsMessage(requests));
        }),
      close: () =>
        new Promise((resolve) => {
          if (dead !== undefined) {
            resolve();
            return;
          }
          worker.once('exit', () => {
            resolve();
          });
          worker.postMessage(endMessage);
        }),
    };
    worker.on('message', (message: unknown) => {
      if (message === readyMessage) started(thread);
      else waiting.shift()?.resolve(outcomesOf(message));
    });
  });

/** More are not remembered: all are forgotten, and asked for again. */
const mostStreams = 10_000;

/**
 * The newest revisions of streams, for the store that is their only writer: a reader at the end of a stream need not ask the
 * disk whether there is more. While an append to a stream is on its way, its newest revision is unknown.
 */
export class StreamHeads {
  private readonly newest = new Map<string, number>();
  private readonly underWay = new Map<string, number>();

  /** Whether the stream certainly holds nothing from this revision on. */
  endsBefore(stream: string, from: number): boolean {
    const head = this.newest.get(stream);
    return head !== undefined && head < from;
  }

  /** A reading came to the end of the stream. */
  endsAt(stream: string, revision: number): void {
    if (revision < 0 || this.underWay.has(stream)) return;
    if (this.newest.size >= mostStreams) this.newest.clear();
    this.newest.set(stream, revision);
  }

  forget(): void {
    this.newest.clear();
  }

  async whileAppending(stream: string, append: () => Promise<AppendResult>): Promise<AppendResult> {
    this.newest.delete(stream);
    this.underWay.set(stream, (this.underWay.get(stream) ?? 0) + 1);
    const result = await append().finally(() => {
      const others = (this.underWay.get(stream) ?? 1) - 1;
      if (others > 0) this.underWay.set(stream, others);
      else this.underWay.delete(stream);
    });
    if (result.kind === 'appended') this.endsAt(stream, result.revision);
    return result;
  }
}

type Writers = {
  readonly here: (requests: readonly AppendRequest[]) => readonly AppendOutcome[];
  readonly inThread: WriteAppends;
};

/** After so many appends without a concurrent one, the next one is taken to be alone as well. */
const enoughAlone = 8;
/** A commit that takes longer, in milliseconds, is not for a thread in which others wait. */
const short = 1;

/**
 * Where the next commit is written. In the writer thread the event loop goes on during the wait for the disk, but the way there and
 * back takes as long as the commit. So an append without a concurrent one, to a fast disk, is written in this thread.
 * Never both at the same time: a commit in this thread ends before anything else is sent.
 */
export const chooseThread = ({ here, inThread }: Writers, now: () => number = () => performance.now()): WriteAppends => {
  let onTheirWay = 0;
  let alone = 0;
  const took = (since: number): void => {
    alone = now() - since < short ? alone + 1 : 0;
  };
  return async (requests) => {
    if (requests.length > 1 || onTheirWay > 0) alone = 0;
    const since = now();
    if (alone >= enoughAlone) {
      const outcomes = here(requests);
      took(since);
      return outcomes;
    }
    onTheirWay += 1;
    const outcomes = await inThread(requests).finally(() => {
      onTheirWay -= 1;
    });
    // a busy event loop hears of it late, and stays with the thread
    took(since);
    return outcomes;
  };
};

/** How long an append of another process may stay unseen, in milliseconds. */
const pollEvery = 200;

/** The file that lies at this path: which one, and how long it is. `undefined` where there is none. */
type FileThere = { readonly file: string; readonly bytes: number } | undefined;
const fileAt = (path: string): FileThere => {
  const found = statSync(path, { throwIfNoEntry: false });
  return found && { file: `${found.dev}-${found.ino}`, bytes: found.size };
};

/** A file that is not there, or is no log any more, holds nothing of what it should. */
const nothing: SqliteReader = { ofStream: () => [], after: () => [], end: () => '', close: () => undefined };
const readerOrNothing = (path: string): SqliteReader => {
  try {
    return openSqliteReader(path);
  } catch {
    return nothing;
  }
};

type Parts = {
  readonly path: string;
  readonly wakeUp: WakeUp;
  /** nothing for a store that only reads */
  readonly writers?: { readonly here: SqliteWriter; readonly thread: WriterThread };
};

/** Events in one file of the data folder: WAL, synchronous=FULL, appends coalesced, readers beside the writer. */
export class SqliteEventStore implements EventStore {
  private readonly queue;
  private readonly heads = new StreamHeads();
  private reader: SqliteReader;
  private there: FileThere;
  /** another file lies where this one was: no reader would ever find what is written now */
  private isReplaced = false;

  constructor(private readonly parts: Parts) {
    this.reader = openSqliteReader(parts.path);
    this.there = fileAt(parts.path);
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
    if (this.isReplaced) throw new EventStoreUnavailable('Another file was put in the place of this event store.', 'replaced');
    const { queue } = this;
    return this.heads.whileAppending(stream, () => queue.append({ stream, expected, events }));
  };

  read(stream: string, from = 0, most = Infinity): AsyncIterable<Recorded> {
    const limit = this.heads.endsBefore(stream, from) ? 0 : most;
    const read = (next: number, left: number): readonly Recorded[] => {
      const batch = this.reader.ofStream(stream, next, left);
      // another process writes what a store for reading reads
      if (batch.length > 0 && batch.length < Math.min(left, batchSize) && this.queue) this.heads.endsAt(stream, next + batch.length - 1);
      return batch;
    };
    return inBatches(from, { limit, full: batchSize }, read, ({ revision }) => revision + 1);
  }

  readAll({ after = '', limit = Infinity }: { readonly after?: string; readonly limit?: number } = {}): AsyncIterable<Recorded> {
    const read = async (position: Position, most: number): Promise<readonly Recorded[]> => {
      // a long reading lets others run
      if (position !== after) await new Promise(setImmediate);
      return this.reader.after(position, most);
    };
    return inBatches(after, { limit, full: batchSize }, read, ({ position }) => position);
  }

  subscribe: EventStore['subscribe'] = (options) => {
    const { wakeUp } = this.parts;
    return followLog({ after: (position, most) => this.reader.after(position, most), batchSize, wakeUp, pollEvery }, options);
  };

  end = (): Promise<string> => Promise.resolve(this.reader.end());

  at(position: Position): Promise<Recorded | undefined> {
    return eventAt((before, most) => this.reader.after(before, most), position);
  }

  /**
   * The file only grows. If it was replaced under the running process, or overwritten with a shorter one, readers get the new file.
   * The writer and the other threads still have the old one open, so nothing is written until the next start.
   */
  isKeptAsBefore(): Promise<boolean> {
    const [before, now] = [this.there, fileAt(this.parts.path)];
    this.there = now;
    if (before !== undefined && now?.file === before.file && now.bytes >= before.bytes) return Promise.resolve(true);
    if (before === undefined && now === undefined) return Promise.resolve(true);
    this.isReplaced = true;
    this.reader.close();
    this.reader = readerOrNothing(this.parts.path);
    return Promise.resolve(false);
  }

  takesAppends(thoroughly: boolean): Promise<void> {
    if (this.isReplaced)
      return Promise.reject(new EventStoreUnavailable('Another file was put in the place of this event store.', 'replaced'));
    if (!thoroughly) return Promise.resolve();
    return answered(() => {
      this.reader.end();
      this.parts.writers?.here.tryDisk();
    });
  }

  forget(): void {
    this.heads.forget();
  }

  /** Calls with every append of this store, as soon as it can be read. */
  whenAppended(tell: () => void): void {
    this.parts.wakeUp.whenWoken(tell);
  }

  /** Another process has appended to the file: its followers look now, and not at their next turn. */
  lookAgain(): void {
    this.parts.wakeUp.wake();
  }

  /** Lets what waits be written, then closes the file. */
  async close(): Promise<void> {
    await this.queue?.idle();
    // The last to close empties the write-ahead log into the file, which a reader may not.
    this.reader.close();
    this.parts.writers?.here.close();
    await this.parts.writers?.thread.close();
  }
}

/**
 * Opens `events.db` in the data folder, and makes it where there is none.
 * @param options.readOnly beside a running service: reads and subscribes, and never writes
 * @param options.startThread in a bundle, where the file of the writer does not stand beside this one
 */
export const openSqliteEventStore = async ({
  folder,
  readOnly = false,
  startThread = startOwnFile,
}: {
  readonly folder: string;
  readonly readOnly?: boolean;
  readonly startThread?: StartThread;
}): Promise<SqliteEventStore> => {
  const path = pathIn(folder, logFiles.events);
  const writers = readOnly ? undefined : { thread: await startWriterThread(path, startThread), here: openSqliteWriter(path) };
  return new SqliteEventStore({ path, wakeUp: createWakeUp(), ...(writers && { writers }) });
};
