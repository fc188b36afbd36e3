import type { EventStore, Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { EventStoreDbEventStore } from '../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { openPostgres } from '../../../src/infrastructure/nest/postgres';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import {
  type CheckpointStore,
  createMemoryCheckpointStore,
  createNoteSigner,
  createSigner,
  verifiedCheckpoint,
} from '@tichet-albastru/signed-log';
import { newestSignedFault } from '../../../src/infrastructure/proof/signing/newest-signed-fault';
import { signWhatWaits } from '../../../src/infrastructure/proof/signing/sign-log';
import { countsEvents, openSigning, type Signing } from '../../../src/infrastructure/proof/signing/signing';
import { createCurrentSignedLog } from '../../../src/infrastructure/proof/signing/current-signed-log';
import { createPostgresCheckpointStore } from '../../../src/infrastructure/proof/checkpoints-in-postgres';
import { Emulator } from '../../support/eventstoredb/emulator';
import { createTestDatabase } from '../../support/postgres';
import { appendSmall } from '../../support/small-events';
import { closing } from '../../support/closing';

const key = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3));
const opened = (store: EventStore, checkpoints: CheckpointStore): Promise<Signing> =>
  openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
const sealed = async (store: EventStore, checkpoints: CheckpointStore): Promise<number> => {
  const sealing = await opened(store, checkpoints);
  await signWhatWaits(store, sealing, 60_000);
  return sealing.size;
};
const sizes = async (checkpoints: CheckpointStore): Promise<readonly (number | undefined)[]> => {
  const found = [];
  for await (const note of checkpoints.notes()) found.push(verifiedCheckpoint(note, key)?.size);
  return found;
};

/** How the events of the log stand, counted. */
const standings = async (store: EventStore, checkpoints: CheckpointStore): Promise<Readonly<Record<string, number>>> => {
  const seal = createCurrentSignedLog({ checkpoints, verifier: key, counts: countsEvents(store) });
  const upTo = await seal.checkpoint();
  const found: Record<string, number> = {};
  for await (const event of store.readAll()) {
    const { kind } = upTo ? await seal.standing(event, upTo) : { kind: 'not-yet' };
    found[kind] = (found[kind] ?? 0) + 1;
  }
  return found;
};

describe('a store whose positions do not count its events', () => {
  let emulator: Emulator;
  beforeAll(async () => {
    emulator = closing(await Emulator.start());
  });
  let logs = 0;
  const open = (): EventStoreDbEventStore => new EventStoreDbEventStore({ url: emulator.url, prefix: `seal${logs}` });
  beforeEach(() => {
    logs += 1;
  });

  it('is sealed, resumed after a restart, and proves every event', async () => {
    const checkpoints = createMemoryCheckpointStore();
    for (const [more, stream] of [
      [300, 'ticket-first'],
      [5, 'ticket-second'],
    ] as const) {
      const store = open();
      await appendSmall(store, more, stream);
      await sealed(store, checkpoints);
      expect(await newestSignedFault({ store, checkpoints, key })).toBeUndefined();
      await store.close();
    }
    const store = closing(open());
    await appendSmall(store, 2, 'ticket-third');
    expect(await sizes(checkpoints)).toEqual([300, 305]);
    expect(await standings(store, checkpoints)).toEqual({ sealed: 305, 'not-yet': 2 });
    expect(await newestSignedFault({ store, checkpoints, key })).toBeUndefined();
  });

  it('counts its events where a crash came between signing and noting the place, and signs nothing twice', async () => {
    const checkpoints = createMemoryCheckpointStore();
    const store = closing(open());
    await appendSmall(store, 30, 'ticket-first');
    await sealed(store, checkpoints);
    const before = await checkpoints.get('resume');
    await appendSmall(store, 30, 'ticket-second');
    await sealed(store, checkpoints);
    await checkpoints.put('resume', before ?? '');
    await appendSmall(store, 1, 'ticket-third');
    expect(await sealed(store, checkpoints)).toBe(61);
    expect(await standings(store, checkpoints)).toEqual({ sealed: 61 });
  });

  it('that has lost its end is found shorter', async () => {
    const checkpoints = createMemoryCheckpointStore();
    const store = closing(open());
    await appendSmall(store, 30, 'ticket-first');
    await sealed(store, checkpoints);
    const events: Recorded[] = [];
    for await (const event of store.readAll()) events.push(event);
    const left = events.slice(0, 25);
    const shorter: EventStore = {
      append: () => Promise.reject(new Error('not asked')),
      read: (stream, from) => store.read(stream, from),
      readAll: async function* () {
        await Promise.resolve();
        yield* left;
      },
      subscribe: (options) => store.subscribe(options),
      end: () => Promise.resolve(left.at(-1)?.position ?? ''),
      newestEvents: (most) => Promise.resolve(left.slice(-most)),
    };
    expect(await newestSignedFault({ store: shorter, checkpoints, key })).toMatchObject({ reason: 'log-shorter' });
  });
});

describe('two that seal at once', () => {
  /** Both add what they read, and sign in any order, one of them always a while behind. */
  const race = async (store: EventStore, one: CheckpointStore, other: CheckpointStore): Promise<void> => {
    const [fast, slow] = [await opened(store, one), await opened(store, other)];
    const add = async (sealing: Signing, most: number): Promise<void> => {
      let left = most;
      for await (const event of store.readAll(sealing.position === '' ? {} : { after: sealing.position })) {
        if (left === 0) return;
        sealing.add(event);
        left -= 1;
      }
    };
    for (let round = 0; round < 12; round += 1) {
      await appendSmall(store, 60, `round-${round}`);
      await add(fast, 60);
      await add(slow, 20 + ((round * 37) % 60));
      await Promise.all(round % 3 === 0 ? [slow.sign(), fast.sign()] : [fast.sign(), slow.sign()]);
    }
  };

  it('on PostgreSQL write one history, whoever was faster, and every event is proved', async () => {
    const database = await createTestDatabase();
    const open = async () => closing(await openPostgres({ url: database.url }));
    const [first, second] = [await open(), await open()];
    const store = closing(new PostgresEventStore(first));
    const [one, other] = [createPostgresCheckpointStore(first.pool), createPostgresCheckpointStore(second.pool)];
    await race(store, one, other);
    const found = await sizes(one);
    expect(found).toEqual([...found].sort((a = 0, b = 0) => a - b));
    expect(found.at(-1)).toBe(720);
    expect(await standings(store, other)).toEqual({ sealed: 720 });
    expect(await newestSignedFault({ store, checkpoints: other, key })).toBeUndefined();
    expect(await sealed(store, other)).toBe(720);
  });

  it('of different logs, the second is refused: it is no beginning of what was signed', async () => {
    const checkpoints = createMemoryCheckpointStore();
    const [ours, another] = [createMemoryEventStore(), createMemoryEventStore()];
    const slow = await opened(another, checkpoints);
    await appendSmall(ours, 40);
    await appendSmall(another, 30, 'another');
    await sealed(ours, checkpoints);
    for await (const event of another.readAll()) slow.add(event);
    await expect(slow.sign()).rejects.toMatchObject({ fault: { reason: 'signer-refuses' } });
    expect(await sizes(checkpoints)).toEqual([40]);
  });
});
