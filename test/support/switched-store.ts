import { type EventStore, EventStoreUnavailable } from '@tichet-albastru/event-log/ports/event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { collected } from './noted';

/** A log whose server becomes another one, as behind an address that leads elsewhere. */
export type SwitchedStore = EventStore & {
  /** From now on another log answers: one that holds the first `events` of what stood here, as a standby that had not heard the rest. */
  switchTo(events: number): Promise<void>;
  /** Nobody answers, until it does. */
  away(is: boolean): void;
};

export const switchedStore = (): SwitchedStore => {
  let current = createMemoryEventStore();
  let isAway = false;
  const there = (): EventStore => {
    if (isAway) throw new EventStoreUnavailable('Nobody answers.', 'ECONNREFUSED');
    return current;
  };
  return {
    append: async (...asked) => {
      await Promise.resolve();
      return there().append(...asked);
    },
    read: async function* (...asked) {
      await Promise.resolve();
      yield* there().read(...asked);
    },
    readAll: async function* (...asked) {
      await Promise.resolve();
      yield* there().readAll(...asked);
    },
    subscribe: (options) => current.subscribe(options),
    end: async () => {
      await Promise.resolve();
      return there().end();
    },
    switchTo: async (events) => {
      const promoted = createMemoryEventStore();
      for await (const { stream, revision, position: _, ...event } of current.readAll({ limit: events })) {
        const [before] = revision === 0 ? [] : await collected(promoted.read(stream, revision - 1));
        await promoted.append(
          stream,
          before === undefined ? { kind: 'no-stream' } : { kind: 'at', revision: revision - 1, hash: before.hash },
          [event],
        );
      }
      current = promoted;
    },
    away: (is) => {
      isAway = is;
    },
  };
};
