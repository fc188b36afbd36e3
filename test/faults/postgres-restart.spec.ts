import { EventStoreUnavailable, type EventStore, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres, type Postgres } from '../../src/infrastructure/nest/postgres';
import { after, noStream, notedEvents, subscribed } from '../support/noted';
import { startTestServer } from '../support/postgres';
import { closing } from '../support/closing';

type Server = Awaited<ReturnType<typeof startTestServer>>;
let server: Server;
let postgres: Postgres;
let store: PostgresEventStore;
beforeAll(async () => {
  server = await startTestServer();
});
beforeEach(async () => {
  const { url } = await server.createDatabase();
  postgres = closing(await openPostgres({ url }));
  store = closing(new PostgresEventStore(postgres));
});

/** As long as nobody knows, the identical append is repeated. */
const settled: EventStore['append'] = async (...append) => {
  for (;;)
    try {
      return await store.append(...append);
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
    }
};

const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await new Promise((resolve) => setTimeout(resolve, 5));
};

/** Appends before, during and after the server is away. @returns what a subscriber saw of it, in order */
const seenThrough = async (way: 'stop' | 'crash', subscribe: EventStore['subscribe']): Promise<readonly string[]> => {
  const seen: Recorded[] = [];
  const following = subscribed(subscribe, 1500, seen);
  for (let turn = 0; turn < 10; turn += 1) await store.append(`a-${turn}`, noStream, notedEvents(`before-${turn}`, 100));
  await until(() => seen.length >= 500);
  await server[way]();
  const during = settled('a-0', after(99), notedEvents('during', 250));
  await server.start();
  await during;
  await settled('a-1', after(99), notedEvents('after', 250));
  return (await following).map(({ id }) => id);
};

it.each(['stop', 'crash'] as const)('after a %s of the server a subscription goes on: nothing lost, nothing twice', async (way) => {
  const seen = await seenThrough(way, store.subscribe);
  expect(seen).toHaveLength(1500);
  expect(new Set(seen).size).toBe(1500);
  expect(seen.at(-1)).toBe('after-249');
});

it('a subscriber that begins again when it was cut off sees events twice: the test would see it', async () => {
  const startsAgain: EventStore['subscribe'] = async function* ({ signal }) {
    for (;;) {
      try {
        // a naive one polls, and an outage ends its reading
        for (let position = ''; ; await new Promise((resolve) => setTimeout(resolve, 20))) {
          if (signal.aborted) return;
          for await (const event of store.readAll({ after: position })) {
            yield event;
            ({ position } = event);
          }
          yield { kind: 'caught-up', position };
        }
      } catch {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    }
  };
  const seen = await seenThrough('stop', startsAgain);
  expect(seen.length).toBeGreaterThan(new Set(seen).size);
});
