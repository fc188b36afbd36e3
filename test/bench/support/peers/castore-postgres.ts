import { randomUUID } from 'node:crypto';
import { Pool } from 'pg';
import { installed } from './installed';
import type { NoPeer, HttpClient, PeerEvent, PeerStore } from './peer';

const name = 'castore postgres 2.4.2';
const packages = ['@castore/event-storage-adapter-postgres@2.4.2', '@castore/core@2.4.2'];

type Detail = Omit<PeerEvent, 'data'> & { readonly aggregateId: string; readonly version: number; readonly payload: PeerEvent['data'] };
type Store = {
  pushEvent(event: Detail, options?: object): Promise<unknown>;
  groupEvent(event: Detail): object;
  getEvents(aggregateId: string): Promise<{ readonly events: readonly object[] }>;
  getAggregate(aggregateId: string): Promise<{ readonly aggregate?: { readonly version: number } }>;
  listAggregateIds(
    options: object,
  ): Promise<{ readonly aggregateIds: readonly { readonly aggregateId: string }[]; readonly nextPageToken?: string }>;
};
type Core = {
  readonly EventStore: {
    new (options: object): Store;
    pushEventGroup(...events: readonly object[]): Promise<unknown>;
  };
  readonly EventType: new (options: object) => object;
};
type Adapter = {
  readonly PostgresEventStorageAdapter: {
    new (options: { readonly connectionString: string }): { readonly _sql: { end(): Promise<void> } };
    createEventTable(options: { readonly connectionString: string }): Promise<unknown>;
  };
};

/** An event at a time with `pushEvent`, several with `pushEventGroup`. It has no reading of everything: aggregates are listed, each is read. */
export const castorePostgres = async (): Promise<HttpClient | NoPeer> => {
  const here = await installed('castore-postgres-2.4.2', packages);
  if ('missing' in here) return { name, ...here };
  const { EventStore } = here.load('@castore/core') as Core;
  const { PostgresEventStorageAdapter } = here.load('@castore/event-storage-adapter-postgres') as Adapter;
  const open = async ({ url }: { readonly url: string }): Promise<PeerStore> => {
    await PostgresEventStorageAdapter.createEventTable({ connectionString: url });
    // its client has a pool of ten as well
    const eventStorageAdapter = new PostgresEventStorageAdapter({ connectionString: url });
    const pool = new Pool({ connectionString: url, max: 1 });
    pool.on('error', () => undefined);
    const store = new EventStore({
      eventStoreId: 'tickets',
      eventTypes: [],
      reducer: (_: unknown, { aggregateId, version }: Detail) => ({ aggregateId, version }),
      eventStorageAdapter,
    });
    return {
      append: async (events, again) => {
        const aggregateId = again ?? randomUUID();
        const details = events.map(({ type, data, metadata }, at) => ({ aggregateId, version: at + 1, type, payload: data, metadata }));
        const [first] = details;
        if (details.length === 1 && first) await store.pushEvent(first);
        else await EventStore.pushEventGroup(...details.map((detail) => store.groupEvent(detail)));
        return aggregateId;
      },
      load: async (aggregateId) => (await store.getAggregate(aggregateId)).aggregate?.version ?? 0,
      count: async () => Number((await pool.query<{ n: string }>('SELECT count(*) AS n FROM event')).rows[0]?.n),
      ways: [
        {
          how: 'its aggregates listed, ten read at once',
          replay: async (most) => {
            let seen = 0;
            let pageToken: string | undefined;
            do {
              const page = await store.listAggregateIds(pageToken === undefined ? { limit: 1000 } : { pageToken });
              const ids = page.aggregateIds.values();
              await Promise.all(
                Array.from({ length: 10 }, async () => {
                  for (const { aggregateId } of ids) {
                    const { events } = await store.getEvents(aggregateId);
                    seen += events.length;
                  }
                }),
              );
              pageToken = page.nextPageToken;
            } while (pageToken !== undefined && seen < most);
            return seen;
          },
        },
      ],
      close: async () => {
        await eventStorageAdapter._sql.end();
        await pool.end();
      },
    };
  };
  return { name, open };
};
