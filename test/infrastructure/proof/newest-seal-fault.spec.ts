import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { positionOf } from '@tichet-albastru/event-log/stores/append-rules';
import { createMemoryCheckpointStore, createNoteSigner, createSigner, signCheckpoint } from '@tichet-albastru/signed-log';
import { newestSignedFault } from '../../../src/infrastructure/proof/signing/newest-signed-fault';
import { signWhatWaits } from '../../../src/infrastructure/proof/signing/sign-log';
import { openSigning } from '../../../src/infrastructure/proof/signing/signing';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { EventStoreDbEventStore } from '../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { logBehindPort } from '../../../src/infrastructure/proof/verify/stored-log';
import { verifyLog } from '../../../src/infrastructure/proof/verify/verify-log';
import { closing } from '../../support/closing';
import { Emulator } from '../../support/eventstoredb/emulator';
import { appendSmall } from '../../support/small-events';

const key = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3));

const sealed = async (count: number, later = 0) => {
  const store = createMemoryEventStore();
  const checkpoints = createMemoryCheckpointStore();
  for (let done = 0; done < count; done += 500) await appendSmall(store, Math.min(500, count - done), `from-${done}`);
  await signWhatWaits(store, await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) }), 60_000);
  await appendSmall(store, later, 'later');
  return { store, checkpoints, key };
};

/** The same log, told otherwise. */
const told = (store: EventStore, change: (events: readonly Recorded[]) => readonly Recorded[]): EventStore => {
  const all = async (): Promise<readonly Recorded[]> => {
    const events: Recorded[] = [];
    for await (const event of store.readAll()) events.push(event);
    return change(events);
  };
  return {
    ...store,
    end: async () => (await all()).at(-1)?.position ?? '',
    readAll: async function* ({ after = '', limit = Infinity } = {}) {
      yield* (await all()).filter(({ position }) => position > after).slice(0, limit);
    },
  };
};
const numbered = (events: readonly Recorded[]): readonly Recorded[] =>
  events.map((event, place) => ({ ...event, position: positionOf(place + 1) }));
const forged = (event: Recorded): Recorded => {
  const body = event.body.replace('09:00', '10:00');
  return { ...event, body, hash: hashEvent({ ...event, body }) };
};

describe('the newest sealed events, looked at before the service is ready', () => {
  it.each([0, 1, 255, 256, 257, 999, 1000, 1001, 2600])(
    'a log of %i that is what was sealed has no fault, with newer events or without',
    async (count) => {
      expect(await newestSignedFault(await sealed(count))).toBeUndefined();
      expect(await newestSignedFault(await sealed(count, 20))).toBeUndefined();
      expect(await newestSignedFault(await sealed(count, 20), 300)).toBeUndefined();
    },
  );

  it.each([
    [
      'hash-differs',
      2590,
      (events: readonly Recorded[]) => events.map((e, n) => (n === 2589 ? { ...e, body: e.body.replace('09', '10') } : e)),
    ],
    ['other-event', 2590, (events: readonly Recorded[]) => events.map((e, n) => (n === 2589 ? forged(e) : e))],
    ['other-event', 1601, (events: readonly Recorded[]) => events.map((e, n) => (n === 1600 ? forged(e) : e))],
    ['event-missing', 2100, (events: readonly Recorded[]) => events.filter((_, n) => n !== 2099)],
    ['other-event', 2100, (events: readonly Recorded[]) => numbered(events.filter((_, n) => n !== 2099))],
    ['log-shorter', 2591, (events: readonly Recorded[]) => events.slice(0, 2590)],
    ['log-shorter', 1, () => []],
  ])('%s at event %i', async (reason, number, change) => {
    const parts = await sealed(2600, 10);
    expect(await newestSignedFault({ ...parts, store: told(parts.store, change) })).toMatchObject({ reason, number });
  });

  it('what was swapped is found at the first of the two', async () => {
    const parts = await sealed(1200);
    const swap = (events: readonly Recorded[]): readonly Recorded[] => {
      const [a, b] = [events[1000], events[1001]];
      return numbered(events.map((e, n) => (n === 1000 && b ? b : n === 1001 && a ? a : e)));
    };
    expect(await newestSignedFault({ ...parts, store: told(parts.store, swap) })).toMatchObject({ reason: 'other-event', number: 1001 });
  });

  it('does not look further back than it is told to: that is what the whole verification is for', async () => {
    const parts = await sealed(1200);
    const store = told(parts.store, (events) => events.map((e, n) => (n === 100 ? forged(e) : e)));
    expect(await newestSignedFault({ ...parts, store })).toBeUndefined();
    expect(await newestSignedFault({ ...parts, store }, 1200)).toMatchObject({ reason: 'other-event', number: 101 });
  });

  it('takes lost and damaged tiles for no fault of the log, and a checkpoint of another key for one', async () => {
    const parts = await sealed(1200);
    await parts.checkpoints.putTile({ level: 0, index: 4 }, Buffer.alloc(32 * 176, 9));
    expect(await newestSignedFault(parts)).toBeUndefined();
    await parts.checkpoints.removeTiles();
    expect(await newestSignedFault(parts)).toBeUndefined();
    expect(await newestSignedFault({ ...parts, key: createNoteSigner(key.name, Buffer.alloc(32, 4)) })).toEqual({
      reason: 'checkpoint-not-ours',
      number: 0,
    });
  });

  it('finds that checkpoints were taken away, by any record that knows of more', async () => {
    const parts = await sealed(300);
    const newest = (await parts.checkpoints.newest()) ?? '';
    const resume = (await parts.checkpoints.get('resume')) ?? '';
    for (const [record, text] of [
      ['resume', resume],
      ['witnessed', newest],
      ['time-stamped', JSON.stringify({ note: newest, token: 'YQ==', at: '2026-03-05T09:00:00.000Z' })],
    ] as const) {
      const checkpoints = createMemoryCheckpointStore();
      expect(await newestSignedFault({ ...parts, checkpoints })).toBeUndefined();
      await checkpoints.put(record, text);
      expect([record, await newestSignedFault({ ...parts, checkpoints })]).toEqual([record, { reason: 'checkpoint-missing', number: 1 }]);
      await checkpoints.append(newest, 300);
      expect(await newestSignedFault({ ...parts, checkpoints })).toBeUndefined();
    }
  });

  it('takes no record for one that cannot be read, or that another key has signed', async () => {
    const parts = await sealed(300);
    const other = signCheckpoint({ origin: key.name, size: 900, root: Buffer.alloc(32) }, createNoteSigner(key.name, Buffer.alloc(32, 4)));
    for (const text of ['', '{}', 'null', '{"size":900}', other.note]) {
      for (const record of ['resume', 'witnessed', 'time-stamped'] as const) await parts.checkpoints.put(record, text);
      expect([text, await newestSignedFault(parts)]).toEqual([text, undefined]);
    }
  });
});

it('names the place of what somebody has scavenged as whoever reads the whole log does, where positions do not count the events', async () => {
  const emulator = closing(await Emulator.start());
  const store = closing(new EventStoreDbEventStore({ url: emulator.url }));
  const checkpoints = createMemoryCheckpointStore();
  for (const stream of ['ticket-1', 'ticket-2', 'ticket-3']) await appendSmall(store, 200, stream);
  await signWhatWaits(store, await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) }), 60_000);
  expect(await newestSignedFault({ store, checkpoints, key })).toBeUndefined();
  emulator.log.softDelete('ticket-2');
  emulator.log.scavenge();
  const place = { number: 201, stream: 'ticket-2', revision: 199 };
  const { faults } = await verifyLog({ log: logBehindPort(store), checkpoints, verifier: key });
  expect(faults[0]).toMatchObject(place);
  for (const most of [300, 1000]) expect(await newestSignedFault({ store, checkpoints, key }, most)).toMatchObject(place);
});
