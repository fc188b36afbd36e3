import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import type { StoredLog } from '../../../../src/infrastructure/proof/verify/stored-log';
import { appendSmall } from '../../../support/small-events';

export const events = async (store: EventStore): Promise<readonly Recorded[]> => {
  const all: Recorded[] = [];
  for await (const event of store.readAll()) all.push(event);
  return all;
};

/** So many events of one stream. */
export const smallEvents = async (count: number): Promise<readonly Recorded[]> => {
  const store = createMemoryEventStore();
  await appendSmall(store, count);
  return events(store);
};

/** A log whose positions say nothing, as EventStoreDB has them. */
export const uncounted = (all: readonly Recorded[]): StoredLog => ({
  counts: false,
  pages: async function* () {
    yield await Promise.resolve(all);
  },
  total: () => Promise.resolve(0),
});
