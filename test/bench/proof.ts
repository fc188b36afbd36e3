import { createHash, randomUUID } from 'node:crypto';
import { performance } from 'node:perf_hooks';
import { v7 } from 'uuid';
import type { Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import {
  type CheckpointStore,
  createFolderCheckpointStore,
  createMemoryCheckpointStore,
  createNoteSigner,
  createSigner,
  openTree,
} from '@tichet-albastru/signed-log';
import { keepSigning, eventsOfACheckpoint } from '../../src/infrastructure/proof/signing/sign-log';
import { openSigning } from '../../src/infrastructure/proof/signing/signing';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { plain } from './support/facts';
import { benchCodec, envelopesOf } from './support/logs';
import { inTurn, medianOf, ratePerSecond, ratios, spreadOf } from './support/measuring';
import type { Section } from './support/report';
import { freshFolder } from './support/stores';

type Options = { readonly events: number; readonly rounds: number; readonly seconds: number };

/** Microseconds an event that hashing and sealing may cost. */
const limit = 30;

const key = createNoteSigner('city.example/tichet-albastru', Buffer.alloc(32, 3));
const codec = benchCodec();

const log = async (count: number): Promise<readonly Recorded[]> => {
  const store = createMemoryEventStore();
  for (let done = 0; done < count; done += plain.length) {
    const stream = `ticket-${v7()}`;
    await store.append(stream, { kind: 'no-stream' }, await envelopesOf(codec, stream, plain));
  }
  const events: Recorded[] = [];
  for await (const event of store.readAll({ limit: count })) events.push(event);
  return events;
};

/** Microseconds an event. */
const microseconds = async (events: readonly Recorded[], work: () => unknown): Promise<number> => {
  const from = performance.now();
  await work();
  return ((performance.now() - from) * 1000) / events.length;
};

/** As `sealLog` does it: verified, added, and signed each time that so many wait. */
const sealAll = async (events: readonly Recorded[], checkpoints: CheckpointStore, every: number): Promise<void> => {
  const store = createMemoryEventStore();
  const sealing = await openSigning({ store, checkpoints, signer: createSigner(checkpoints, key) });
  for (const [place, event] of events.entries()) {
    sealing.add(event);
    if ((place + 1) % every === 0) await sealing.sign();
  }
  await sealing.sign();
};

/** Hashing and sealing, and what a log loses to whoever seals it in the same process. */
export const measureProof = async ({ events: count, rounds, seconds }: Options): Promise<readonly Section[]> => {
  const events = await log(count);
  const costs = await inTurn(rounds, {
    raw: () =>
      microseconds(events, () => {
        for (const { body, hash } of events) {
          createHash('sha256').update(body).digest();
          createHash('sha256').update(hash, 'hex').digest();
        }
      }),
    chain: () =>
      microseconds(events, () => {
        for (const event of events) hashEvent(event);
      }),
    tree: () =>
      microseconds(events, async () => {
        const tree = await openTree(createMemoryCheckpointStore(), 0);
        for (const { hash } of events) tree.append(hash);
        tree.root();
      }),
    memory: () => microseconds(events, () => sealAll(events, createMemoryCheckpointStore(), eventsOfACheckpoint)),
    folder: () => microseconds(events, () => sealAll(events, createFolderCheckpointStore(freshFolder()), eventsOfACheckpoint)),
    catchUp: () => microseconds(events, () => sealAll(events, createFolderCheckpointStore(freshFolder()), 5000)),
  });
  const figure = (what: string, name: keyof typeof costs) => ({
    what,
    unit: 'µs/event',
    raw: spreadOf(costs.raw),
    ours: spreadOf(costs[name]),
    ratio: ratios(costs[name], costs.raw),
  });
  const whole = (name: 'folder' | 'catchUp'): readonly number[] =>
    costs[name].map((sealing, round) => sealing + (costs.chain[round] ?? Number.NaN));
  return [
    {
      title: `Hashing and sealing ${count.toLocaleString('en-US')} events`,
      rawMeans:
        'two SHA-256 of `node:crypto` an event (body, hash). Ours: the chain’s hash, the RFC 6962 tree, and sealing: each hash again, tiles on the disk, and a synced signed checkpoint, every 100 events where few come, at most five a second where many do, every 5,000 when catching up.',
      figures: [
        figure('hash of the chain', 'chain'),
        figure('leaf and tree', 'tree'),
        figure('sealing, tiles in memory', 'memory'),
        figure('sealing in a folder, a checkpoint every 100', 'folder'),
        figure('sealing in a folder, a checkpoint every 5,000', 'catchUp'),
        against30('hashing when it is written, and sealing, a checkpoint every 100', whole('folder')),
        against30('hashing when it is written, and sealing, a checkpoint every 5,000', whole('catchUp')),
      ],
      whereTheTimeGoes: `SHA-256 of a short text costs about its call. Sealing is three hashes (the tree has a node an event) and what surrounds them. With few events at a time, checkpoint syncs and growing tile files cost most (${medianOf(costs.folder.map((folder, round) => folder - (costs.memory[round] ?? 0))).toFixed(1)} µs an event). The last lines compare with 30 µs.`,
    },
    await measureLoss({ rounds, seconds }),
  ];
};

/** Microseconds an event, beside the limit that was set. */
const against30 = (what: string, costs: readonly number[]): Section['figures'][number] => ({
  what,
  unit: 'µs/event',
  raw: spreadOf(costs.map(() => limit)),
  ours: spreadOf(costs),
  ratio: spreadOf(costs.map((cost) => cost / limit)),
  target: { atMost: 1 },
});

const measureLoss = async ({ rounds, seconds }: Omit<Options, 'events'>): Promise<Section> => {
  const rate = (writers: number, isSealed: boolean) => async (): Promise<number> => {
    const folder = freshFolder();
    const store = await openSqliteEventStore({ folder });
    const over = new AbortController();
    const sealing = isSealed
      ? keepSigning({ store, clock: fixedClock() }, { checkpoints: createFolderCheckpointStore(`${folder}/seal`), key }, over.signal)
      : Promise.resolve();
    const appends = await ratePerSecond(writers, seconds, async () => {
      const stream = `ticket-${randomUUID()}`;
      await store.append(stream, { kind: 'no-stream' }, await envelopesOf(codec, stream, plain));
    });
    over.abort();
    await sealing;
    await store.close();
    return appends;
  };
  const rates = await inTurn(rounds, {
    oneAlone: rate(1, false),
    oneSealed: rate(1, true),
    manyAlone: rate(32, false),
    manySealed: rate(32, true),
  });
  const figure = (what: string, alone: 'oneAlone' | 'manyAlone', sealed: 'oneSealed' | 'manySealed') => ({
    what,
    unit: 'appends/s',
    raw: spreadOf(rates[alone]),
    ours: spreadOf(rates[sealed]),
    ratio: ratios(rates[sealed], rates[alone]),
  });
  const microsecondsAnEvent = (appends: number): number => 1e6 / (appends * plain.length);
  const lost = rates.manySealed.map(
    (sealed, round) => microsecondsAnEvent(sealed) - microsecondsAnEvent(rates.manyAlone[round] ?? Number.NaN),
  );
  return {
    title: 'Durable appends of five events while the log is sealed',
    against: 'not sealed',
    rawMeans: 'the same store, writers, events and process, without sealing.',
    figures: [
      figure('1 writer', 'oneAlone', 'oneSealed'),
      figure('32 writers', 'manyAlone', 'manySealed'),
      against30('what sealing takes of a log with 32 writers', lost),
    ],
    whereTheTimeGoes:
      'Sealing reads every event again on the serving thread, hashes it three times, and syncs up to five checkpoints a second on the appends’ disk. At a city hall’s few appends a second this is unnoticeable.',
  };
};
