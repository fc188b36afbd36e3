import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { verifyChain } from '@tichet-albastru/event-log/codec/verify-chain';

/** Ids in a log that `appendWithoutEnd` wrote, whose chains and positions must be whole. */
export const standing = async (store: EventStore): Promise<ReadonlySet<string>> => {
  const streams = new Map<string, Recorded[]>();
  const ids = new Set<string>();
  for await (const event of store.readAll()) {
    ids.add(event.id);
    const events = streams.get(event.stream) ?? [];
    events.push(event);
    streams.set(event.stream, events);
  }
  for (const events of streams.values()) {
    expect(verifyChain(events)).toBeUndefined();
    // an append of two is there whole or not at all
    expect(events.length % 2).toBe(0);
  }
  return ids;
};
