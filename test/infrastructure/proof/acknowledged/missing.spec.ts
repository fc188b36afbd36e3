import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { EventStoreDbEventStore } from '../../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openPostgres } from '../../../../src/infrastructure/nest/postgres';
import { missingFrom } from '../../../../src/infrastructure/proof/acknowledged/missing';
import { closing, emptyFolder } from '../../../support/closing';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { createTestDatabase } from '../../../support/postgres';
import { collected } from '../../../support/noted';
import { appendSmall } from '../../../support/small-events';

const stores: readonly [string, () => Promise<EventStore>][] = [
  ['memory', () => Promise.resolve(createMemoryEventStore())],
  ['sqlite', async () => closing(await openSqliteEventStore({ folder: emptyFolder() }))],
  [
    'postgres',
    async () => {
      const { url } = await createTestDatabase();
      return closing(new PostgresEventStore(closing(await openPostgres({ url }))));
    },
  ],
  ['eventstoredb', async () => closing(new EventStoreDbEventStore({ url: closing(await Emulator.start()).url, prefix: 'log' }))],
];

const all = (store: EventStore): Promise<readonly Recorded[]> => collected(store.readAll());
/** A stream of three events for each of these names. */
const history = async (store: EventStore, ...names: readonly string[]): Promise<EventStore> => {
  for (const name of names) await appendSmall(store, 3, `ticket-${name}`);
  return store;
};

describe.each(stores)('what was acknowledged beside what is there, in %s', (_name, empty) => {
  it('lacks nothing in the log itself, nor in one that holds the same, wherever it stands there, and more', async () => {
    const events = await all(await history(await empty(), 'a', 'b', 'c', 'd'));
    expect(await missingFrom(await history(await empty(), 'a', 'b', 'c', 'd'), { events })).toBeUndefined();
    expect(await missingFrom(await history(await empty(), 'x', 'd', 'c', 'b', 'a', 'y'), { events })).toBeUndefined();
  });

  it('lacks what a shorter log lacks, also where others have gone on behind it', async () => {
    const events = await all(await history(await empty(), 'a', 'b', 'c', 'd'));
    const shorter = await history(await empty(), 'a', 'b');
    expect(await missingFrom(shorter, { events })).toEqual({ events: events.slice(6) });
    await history(shorter, 'x', 'y', 'z');
    expect(await missingFrom(shorter, { events })).toEqual({ events: events.slice(6) });
    expect(await missingFrom(await empty(), { events })).toEqual({ events });
  });

  it('says from where on more may be gone than is remembered one by one', async () => {
    const events = await all(await history(await empty(), 'a', 'b', 'c', 'd'));
    const remembered = { events: events.slice(9), samples: [events[1], events[4], events[8]].filter((one) => one !== undefined) };
    expect(await missingFrom(await history(await empty(), 'a', 'b', 'c', 'd'), remembered)).toBeUndefined();
    const two = await missingFrom(await history(await empty(), 'a', 'b'), remembered);
    expect(two).toEqual({ events: [events[8], ...events.slice(9)], behind: events[4]?.position });
    expect(await missingFrom(await empty(), remembered)).toEqual({ events: [...remembered.samples, ...events.slice(9)], behind: '' });
  });

  it('lacks an event in whose place another one stands', async () => {
    const log = await history(await empty(), 'a', 'b');
    const events = (await all(log)).map((event, place) => (place === 4 ? { ...event, hash: 'f'.repeat(64) } : event));
    expect(await missingFrom(log, { events })).toEqual({ events: [events[4]] });
  });
});
