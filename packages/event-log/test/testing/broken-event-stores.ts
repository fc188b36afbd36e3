import type { AppendResult, Envelope, EventStore, NonEmpty } from '@tichet-albastru/event-log/ports/event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';

const whenConflict = (
  store: EventStore,
  instead: (stream: string, events: NonEmpty<Envelope>, conflict: AppendResult) => Promise<AppendResult>,
): EventStore => ({
  ...store,
  append: async (stream, expected, events) => {
    const result = await store.append(stream, expected, events);
    return result.kind === 'conflict' ? instead(stream, events, result) : result;
  },
});

const acceptsStaleWriters = (): EventStore => {
  const store = createMemoryEventStore();
  return whenConflict(store, async (stream, events, conflict) => {
    for (;;) {
      let expected: Parameters<EventStore['append']>[1] = { kind: 'no-stream' };
      for await (const { revision, hash } of store.read(stream)) expected = { kind: 'at', revision, hash };
      const result = await store.append(stream, expected, events);
      if (result.kind !== 'conflict' || conflict.kind !== 'conflict') return result;
    }
  });
};

const forgetsRepetitions = (): EventStore => {
  const store = createMemoryEventStore();
  return {
    ...store,
    append: async (stream, expected, events) => {
      const result = await store.append(stream, expected, events);
      return result.kind === 'already-appended' ? { kind: 'conflict', revision: result.revision } : result;
    },
  };
};

const subscriberThatSkips = (): EventStore => {
  const store = createMemoryEventStore();
  return {
    ...store,
    subscribe: async function* (options) {
      let count = 0;
      for await (const item of store.subscribe(options)) {
        count += 1;
        if ('kind' in item || count % 50 !== 0) yield item;
      }
    },
  };
};

const subscriberThatStartsAgain = (): EventStore => {
  const store = createMemoryEventStore();
  return { ...store, subscribe: ({ signal }) => store.subscribe({ signal }) };
};

const parsesBodies = (): EventStore => {
  const store = createMemoryEventStore();
  return {
    ...store,
    read: async function* (stream, from) {
      for await (const event of store.read(stream, from)) yield { ...event, body: JSON.stringify(JSON.parse(event.body), null, 1) };
    },
  };
};

const losesTheLastOfABatch = (): EventStore => {
  const store = createMemoryEventStore();
  return {
    ...store,
    append: (stream, expected, [first, ...rest]) =>
      store.append(stream, expected, [first, ...(rest.length > 1 ? rest.slice(0, -1) : rest)]),
  };
};

/** Stores that look right and are not: each must break a promise of the contract. */
export const brokenEventStores: readonly { readonly fault: string; readonly make: () => EventStore; readonly within: RegExp }[] = [
  { fault: 'a store that accepts stale writers', make: acceptsStaleWriters, within: /stale writer/ },
  { fault: 'a store that takes a repeated append for a conflict', make: forgetsRepetitions, within: /repeated append/ },
  { fault: 'a subscriber that skips', make: subscriberThatSkips, within: /sixteen writers/ },
  { fault: 'a subscriber that starts again from the beginning', make: subscriberThatStartsAgain, within: /goes on after the position/ },
  { fault: 'a store that writes the JSON anew', make: parsesBodies, within: /byte for byte/ },
  { fault: 'a store that loses the last event of a batch', make: losesTheLastOfABatch, within: /sixteen writers/ },
];
