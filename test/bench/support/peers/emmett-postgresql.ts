import { Pool } from 'pg';
import { installed } from './installed';
import type { NoPeer, HttpClient, PeerEvent, PeerStore } from './peer';

const name = 'emmett-postgresql 0.42.0';
const packages = [
  '@event-driven-io/emmett-postgresql@0.42.0',
  '@event-driven-io/emmett@0.42.0',
  '@event-driven-io/pongo@0.16.11',
  '@event-driven-io/dumbo@0.12.7',
  '@types/async-retry@1.4.9',
  'async-retry@1.3.3',
  'commander@12.1.0',
  'pg@8.23.1',
  'uuid@10.0.0',
];

type Consumer = { readonly start: () => Promise<void>; readonly close: () => Promise<void>; reactor(options: object): unknown };
type Store = {
  appendToStream(stream: string, events: readonly PeerEvent[], options: object): Promise<unknown>;
  aggregateStream(stream: string, options: object): Promise<{ readonly state: number }>;
  consumer(options?: object): Consumer;
  readonly schema: { migrate(): Promise<unknown> };
  close(): Promise<void>;
};
type Batch = { readonly messages: readonly unknown[]; readonly currentGlobalPosition: bigint; readonly areMessagesLeft: boolean };
type Library = {
  readonly getPostgreSQLEventStore: (url: string, options: object) => Store;
  readonly readMessagesBatch: (execute: unknown, options: object) => Promise<Batch>;
};
type Dumbo = { readonly dumbo: (options: object) => { readonly execute: unknown; close(): Promise<void> } };

/** `consumer()` is its documented way to see every event; its batch reader, which that calls, is exported as well. */
export const emmettPostgresql = async (): Promise<HttpClient | NoPeer> => {
  const here = await installed('emmett-postgresql-0.42.0', packages);
  if ('missing' in here) return { name, ...here };
  const { getPostgreSQLEventStore, readMessagesBatch } = here.load('@event-driven-io/emmett-postgresql') as Library;
  const { dumbo } = here.load('@event-driven-io/dumbo') as Dumbo;
  const open = async ({ url }: { readonly url: string }): Promise<PeerStore> => {
    const pool = new Pool({ connectionString: url, max: 10 });
    pool.on('error', () => undefined);
    const store = getPostgreSQLEventStore(url, { connectionOptions: { pool } });
    await store.schema.migrate();
    let made = 0;
    let runs = 0;
    const consume = async (most: number, pulling?: object): Promise<number> => {
      let seen = 0;
      runs += 1;
      const consumer = store.consumer({ stopWhen: { noMessagesLeft: true }, ...(pulling && { pulling }) });
      consumer.reactor({
        processorId: `bench-${runs}`,
        startFrom: 'BEGINNING',
        eachMessage: () => {
          seen += 1;
        },
        stopAfter: () => seen >= most,
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
      count: async () => Number((await pool.query<{ n: string }>('SELECT count(*) AS n FROM emt_messages')).rows[0]?.n),
      ways: [
        { how: 'its consumer', replay: (most) => consume(most) },
        {
          how: 'its consumer, 1,000 at a time and no pause',
          replay: (most) => consume(most, { batchSize: 1000, pullingFrequencyInMs: 0 }),
        },
        {
          how: 'its batch reader, 1,000 at a time',
          replay: async (most) => {
            const reading = dumbo({ connectionString: url, pool });
            let seen = 0;
            let after = 0n;
            for (;;) {
              const batch = await readMessagesBatch(reading.execute, { after, batchSize: 1000 });
              seen += batch.messages.length;
              after = batch.currentGlobalPosition;
              if (!batch.areMessagesLeft || seen >= most) return seen;
            }
          },
        },
      ],
      close: async () => {
        await store.close();
        if (!pool.ended) await pool.end();
      },
    };
  };
  return { name, open };
};
