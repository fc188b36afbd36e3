import { EventStoreDBClient } from '@eventstore/db-client';
import type { Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { EventStoreDbEventStore } from '../../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { closing } from '../../../support/closing';
import { Cluster } from '../../../support/eventstoredb/cluster';
import { envelopes } from '../../../support/eventstoredb/envelopes';

const noStream = { kind: 'no-stream' } as const;

const all = async (events: AsyncIterable<Recorded>): Promise<readonly Recorded[]> => {
  const taken: Recorded[] = [];
  for await (const event of events) taken.push(event);
  return taken;
};

const firstHeard = async (store: EventStoreDbEventStore): Promise<Recorded | undefined> => {
  const stop = new AbortController();
  for await (const item of store.subscribe({ signal: stop.signal })) {
    stop.abort();
    if (!('kind' in item)) return item;
  }
  return undefined;
};

/** A cluster whose followers have learned nothing of what is acknowledged. */
const lagging = async () => {
  const cluster = closing(await Cluster.start());
  const writer = closing(new EventStoreDbEventStore({ url: cluster.url }));
  cluster.hold();
  await writer.append('ticket-1', noStream, envelopes('ticket-1', 0, 3, 'ours'));
  const url = cluster.followers[0]?.url ?? '';
  return { cluster, url, writer };
};

describe('a follower that has not heard of what was acknowledged', () => {
  it.each([
    { question: 'a stream', ask: (store: EventStoreDbEventStore) => all(store.read('ticket-1')) },
    { question: 'the log', ask: (store: EventStoreDbEventStore) => all(store.readAll()) },
    { question: 'the newest', ask: (store: EventStoreDbEventStore) => store.newestEvents(3) },
    { question: 'the end', ask: (store: EventStoreDbEventStore) => store.end() },
    { question: 'what comes', ask: (store: EventStoreDbEventStore) => firstHeard(store) },
  ])('by whose address alone $question is asked, answers nobody: the leader does', async ({ ask }) => {
    const { url, writer } = await lagging();
    const reader = closing(new EventStoreDbEventStore({ url, pauses: { first: 20, longest: 100 } }));
    expect(await ask(reader)).toEqual(await ask(writer));
  });

  it('answers whoever does not ask for the leader, and denies what was acknowledged', async () => {
    const { url } = await lagging();
    const bare = EventStoreDBClient.connectionString(url);
    const found = async (): Promise<number> => {
      let count = 0;
      for await (const { event } of bare.readStream('ticket-1')) count += event ? 1 : 0;
      return count;
    };
    await expect(found()).rejects.toMatchObject({ type: 'stream-not-found' });
    await bare.dispose();
  });
});
