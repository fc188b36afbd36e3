import type { Envelope, EventStore, Expected, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { EventStoreDbEventStore } from '../../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { newestFault } from '@tichet-albastru/event-log/codec/verify-chain';
import { positionPattern } from '../../../../src/infrastructure/api/commands/reached-position';
import { createMetrics } from '../../../../src/infrastructure/telemetry/metrics';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { counting, type CountRow } from '../../../projections/kernel/counting';
import { asCase, sideBySide, ticketIdOfCase, worldWith, type World } from '../../../projections/kernel/world';
import { writeAsOthers } from '../../../support/eventstoredb/bystanders';
import { Emulator } from '../../../support/eventstoredb/emulator';
import { onlineHistory } from '../../../support/histories';
import { collected } from '../../../support/noted';
import { closing } from '../../../support/closing';

const cases = 3;
let world: World;
let told: readonly Recorded[];
beforeAll(async () => {
  world = worldWith();
  await world.tell(...sideBySide(...Array.from({ length: cases }, (_, n) => asCase(n, onlineHistory()))));
  told = await collected(world.store.readAll());
});

let emulator: Emulator;
let store: EventStoreDbEventStore;
beforeEach(async () => {
  emulator = closing(await Emulator.start());
  store = closing(new EventStoreDbEventStore({ url: emulator.url, prefix: 'tichet' }));
});

/** The same events among those of others: no position follows the one before. */
const retold = async (change: (event: Recorded) => Partial<Envelope> = () => ({})): Promise<void> => {
  const tails = new Map<string, Expected>();
  for (const event of told) {
    const { stream, revision, id, type, body, hash } = event;
    writeAsOthers(emulator.log, 1);
    if (Object.keys(change(event)).length === 0)
      await store.append(stream, tails.get(stream) ?? { kind: 'no-stream' }, [{ id, type, body, hash }]);
    else {
      const changed = { id, type, body, hash, ...change(event) };
      const data = Buffer.from(changed.body);
      const metadata = Buffer.from(JSON.stringify({ hash: changed.hash }));
      emulator.log.append(`tichet.${stream}`, 'any', [{ ...changed, contentType: 'application/octet-stream', data, metadata }]);
    }
    tails.set(stream, { kind: 'at', revision, hash });
  }
  writeAsOthers(emulator.log, 300);
};

/** As a store that says nothing about its newest events. */
const countingBack = (whole: EventStore): EventStore => ({
  append: (stream, expected, events) => whole.append(stream, expected, events),
  read: (stream, from) => whole.read(stream, from),
  readAll: (options) => whole.readAll(options),
  subscribe: (options) => whole.subscribe(options),
  end: () => whole.end(),
});

const fault = (from: EventStore, most?: number) => newestFault({ store: from, codec: world.codec }, most);

describe('a log whose positions have holes', () => {
  it('has positions as everybody takes them, and an end that can be reached', async () => {
    await retold();
    const events = await collected(store.readAll());
    expect(events.map(({ id }) => id)).toEqual(told.map(({ id }) => id));
    for (const { position } of events) expect(position).toMatch(positionPattern);
    expect(await store.end()).toBe(events.at(-1)?.position);
    expect(await collected(store.readAll({ after: await store.end() }))).toEqual([]);
  });

  it('is whole when it is looked at before the service is ready, and through the store that is watched', async () => {
    await retold();
    expect(await fault(store)).toBeUndefined();
    expect(await fault(createMetrics().watchStore(store))).toBeUndefined();
  });

  it('names an event that was changed among the newest, and none that is older', async () => {
    const place = told.length - 5;
    await retold(({ id }) => (id === told[place]?.id ? { body: '{"type":' } : {}));
    const { id, position } = (await collected(store.readAll()))[place] ?? {};
    const named = { eventId: id, position, reason: 'hash-differs' };
    expect(await fault(store)).toEqual(named);
    expect(await fault(createMetrics().watchStore(store), 5)).toEqual(named);
    expect(await fault(store, 4)).toBeUndefined();
    // what must be caught: going back from the end by counting, to where no record begins, which the server refuses
    await expect(fault(countingBack(store), 5)).rejects.toThrow('EventStoreDB');
  });

  it('is looked for at its end once, however much others have written behind it', async () => {
    await retold();
    writeAsOthers(emulator.log, 1500);
    const end = await store.end();
    const before = emulator.calls.get('read') ?? 0;
    expect(await store.end()).toBe(end);
    expect(emulator.calls.get('read')).toBe(before + 1);
  });

  it('is folded like one without', async () => {
    await retold();
    const here = { ...worldWith(), store, codec: world.codec };
    const end = await catchUp(here, [counting()], { batchSize: 20 });
    expect(end).toBe(await store.end());
    expect(await here.rows.position('counting')).toBe(end);
    const alone = worldWith();
    await catchUp({ ...alone, store: world.store, codec: world.codec }, [counting()]);
    for (let n = 0; n < cases; n += 1) {
      const row = await here.rows.get<CountRow>('counting', ticketIdOfCase(n));
      expect(row).toEqual(await alone.rows.get<CountRow>('counting', ticketIdOfCase(n)));
      expect(row?.events).toBeGreaterThan(3);
    }
  });

  it('whose end stands behind everything that can be read is folded to its last event, and no further', async () => {
    const other = worldWith();
    const behind: EventStore = {
      ...createMemoryEventStore(),
      readAll: (options) => world.store.readAll(options),
      end: () => Promise.resolve('9'.repeat(20)),
    };
    expect(await catchUp({ ...other, store: behind, codec: world.codec }, [counting()])).toBe(told.at(-1)?.position);
  });
});
