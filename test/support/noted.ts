import type { Envelope, EventStore, Expected, NonEmpty, Recorded } from '@tichet-albastru/event-log/ports/event-store';

/** An event with an id of the test's own. */
export const noted = (id: string): Envelope => ({ id, type: 'Noted', body: `{"id":"${id}"}`, hash: 'ab'.repeat(32) });
export const notedEvents = (name: string, count: number): NonEmpty<Envelope> => [
  noted(`${name}-0`),
  ...Array.from({ length: count - 1 }, (_, index) => noted(`${name}-${index + 1}`)),
];

export const noStream: Expected = { kind: 'no-stream' };
export const after = (revision: number): Expected => (revision < 0 ? noStream : { kind: 'at', revision, hash: 'ab'.repeat(32) });

export const collected = async (events: AsyncIterable<Recorded>): Promise<readonly Recorded[]> => {
  const all: Recorded[] = [];
  for await (const event of events) all.push(event);
  return all;
};

/** What a subscriber sees, until it has seen so many. */
export const subscribed = async (
  subscribe: EventStore['subscribe'],
  count: number,
  seen: Recorded[] = [],
  patienceMilliseconds = 300_000,
): Promise<readonly Recorded[]> => {
  const stop = new AbortController();
  const patience = setTimeout(() => {
    stop.abort();
  }, patienceMilliseconds);
  try {
    for await (const item of subscribe({ signal: stop.signal })) {
      if ('kind' in item) {
        if (seen.length >= count) break;
      } else seen.push(item);
    }
    return seen;
  } finally {
    clearTimeout(patience);
  }
};
