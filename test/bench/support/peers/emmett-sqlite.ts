import { join } from 'node:path';
import { installed } from './installed';
import type { NoPeer, HttpClient, PeerEvent, PeerStore } from './peer';

const name = 'emmett-sqlite 0.42.4';
/** It carries what it needs of emmett itself; nothing newer than 0.42.0 of that can be had everywhere. */
const packages = [
  '@event-driven-io/emmett-sqlite@0.42.4',
  '@event-driven-io/emmett@0.42.0',
  'sqlite3@5.1.7',
  '@types/async-retry@1.4.9',
  'async-retry@1.3.3',
  'commander@12.1.0',
  'uuid@10.0.0',
];

type Consumer = {
  readonly start: () => Promise<void>;
  readonly close: () => Promise<void>;
  processor?(o: object): unknown;
  reactor?(o: object): unknown;
};
type Store = {
  appendToStream(stream: string, events: readonly PeerEvent[], options: object): Promise<unknown>;
  aggregateStream(stream: string, options: object): Promise<{ readonly state: number }>;
  consumer(options?: object): Consumer;
  readonly schema?: { migrate(): Promise<unknown> };
};
type Sqlite = {
  readonly Database: new (
    file: string,
    opened: (error: Error | null) => void,
  ) => {
    get(sql: string, got: (error: Error | null, row: { readonly n: number }) => void): void;
    close(): void;
  };
};
type Library = { readonly getSQLiteEventStore: (options: object) => Store };

/** As documented, with a file: it opens a connection for each call. */
export const emmettSqlite = async (): Promise<HttpClient | NoPeer> => {
  const here = await installed('emmett-sqlite-0.42.4', packages);
  if ('missing' in here) return { name, ...here };
  const { getSQLiteEventStore } = here.load('@event-driven-io/emmett-sqlite') as Library;
  const sqlite = here.load('sqlite3') as Sqlite;
  const open = async ({ url: folder }: { readonly url: string }): Promise<PeerStore> => {
    const fileName = join(folder, 'emmett.db');
    const store = getSQLiteEventStore({ fileName });
    await store.schema?.migrate();
    let made = 0;
    let runs = 0;
    // with its own library: a second one in this process would take away the locks of the first
    const count = (): Promise<number> =>
      new Promise((resolve, reject) => {
        const database = new sqlite.Database(fileName, (error) => {
          if (error) reject(error);
          else
            database.get('SELECT count(*) AS n FROM emt_messages', (failed, row) => {
              database.close();
              if (failed) reject(failed);
              else resolve(row.n);
            });
        });
      });
    const consume = async (most: number, pulling?: object): Promise<number> => {
      // it does not end by itself where the log ends
      const last = Math.min(most, await count());
      let seen = 0;
      runs += 1;
      const consumer = store.consumer(pulling && { pulling });
      consumer.processor?.({
        processorId: `bench-${runs}`,
        startFrom: 'BEGINNING',
        eachMessage: () => {
          seen += 1;
        },
        stopAfter: () => seen >= last,
      });
      await consumer.start();
      await consumer.close();
      return seen;
    };
    return {
      append: async (events, again) => {
        made += 1;
        const stream = again ?? `ticket-${process.pid}-${made}`;
        await store.appendToStream(stream, events, { expectedStreamVersion: 'STREAM_DOES_NOT_EXIST' });
        return stream;
      },
      load: async (stream) => (await store.aggregateStream(stream, { initialState: () => 0, evolve: (count: number) => count + 1 })).state,
      count,
      ways: [
        { how: 'its consumer', replay: (most) => consume(most) },
        {
          how: 'its consumer, 1,000 at a time and no pause',
          replay: (most) => consume(most, { batchSize: 1000, pullingFrequencyInMs: 0 }),
        },
      ],
      close: () => Promise.resolve(),
    };
  };
  return { name, open };
};
