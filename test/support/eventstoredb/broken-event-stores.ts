import { EventStoreDBClient } from '@eventstore/db-client';
import type { EventStore } from '../../../src/application/kernel/ports/event-store';
import { EventStoreDbEventStore } from '../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { type AppendFlaw, carelessAppend } from './careless-append';
import { carelessFollow, type FollowFlaw } from './careless-follow';

export type OpenStore = { readonly store: EventStore; readonly close: () => Promise<void> };

/** Ours, with short times, so that a test of outages is short. */
export const openStore = (url: string, limit = 800): OpenStore => {
  const store = new EventStoreDbEventStore({ url, limit, pauses: { first: 20, longest: 100 }, doubtAfter: Math.max(150, limit / 4) });
  return { store, close: () => store.close() };
};

const differing = (
  url: string,
  limit: number,
  change: (client: EventStoreDBClient, store: EventStore) => Partial<EventStore>,
): OpenStore => {
  const ours = new EventStoreDbEventStore({ url, limit });
  const client = EventStoreDBClient.connectionString(url);
  const store: EventStore = {
    append: (stream, expected, events) => ours.append(stream, expected, events),
    read: (stream, from) => ours.read(stream, from),
    readAll: (options) => ours.readAll(options),
    subscribe: (options) => ours.subscribe(options),
    end: () => ours.end(),
    ...change(client, ours),
  };
  const close = async (): Promise<void> => {
    await ours.close();
    await client.dispose();
  };
  return { store, close };
};

/** The same, but for one way to append. */
export const appending = (url: string, flaw: AppendFlaw, limit = 800): OpenStore =>
  differing(url, limit, (client) => ({ append: carelessAppend(client, flaw, limit) }));

/** The same, but for one way to follow the log. */
export const following = (url: string, flaw: FollowFlaw): OpenStore =>
  differing(url, 10_000, (client, store) => ({ subscribe: (options) => carelessFollow(client, store, flaw, options) }));

/** Adapters that look right and are not: each must break a promise of the contract. */
export const brokenEventStoreDbStores: readonly {
  readonly fault: string;
  readonly make: (url: string) => OpenStore;
  readonly breaks: RegExp;
}[] = [
  {
    fault: 'an adapter that takes the server’s word for revisions, and looks at neither hash nor id',
    make: (url) => appending(url, 'trusts-revisions'),
    breaks: /stale writer|id stands once/,
  },
  {
    fault: 'an adapter that takes the server’s “caught up” for its own',
    make: (url) => following(url, 'trusts-caught-up'),
    breaks: /has caught up/,
  },
];
