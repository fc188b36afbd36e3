import { binaryEvent, EventStoreDBClient, NO_STREAM, FORWARDS, START } from '@eventstore/db-client';
import { v7 } from 'uuid';
import type { Envelope, NonEmpty } from '../../src/application/kernel/ports/event-store';
import { EventStoreDbEventStore } from '../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { plain } from './support/facts';
import { benchCodec, envelopesOf } from './support/logs';
import { inTurn, ratePerSecond, ratios, secondsFor, spreadOf } from './support/measuring';
import type { Section } from './support/report';
import { startApart } from './support/services';

type Options = { readonly rounds: number; readonly seconds: number; readonly events: number };

const sent = (events: NonEmpty<Envelope>) =>
  events.map(({ id, type, body, hash }) =>
    binaryEvent({ id, type, data: new TextEncoder().encode(body), metadata: new TextEncoder().encode(hash) }),
  );

/** The adapter against the client that it is made of, each on an emulator in a process of its own. */
export const measureEventStoreDb = async ({ rounds, seconds, events }: Options): Promise<Section> => {
  const [emulator, bareEmulator] = [await startApart('emulator.child.ts'), await startApart('emulator.child.ts')];
  const store = new EventStoreDbEventStore({ url: emulator.url });
  const bare = EventStoreDBClient.connectionString`${bareEmulator.url}`;
  const codec = benchCodec();
  const ours = async (): Promise<void> => {
    const stream = `ticket-${v7()}`;
    const { kind } = await store.append(stream, { kind: 'no-stream' }, await envelopesOf(codec, stream, plain));
    if (kind !== 'appended') throw new Error(`An append was answered with ${kind}.`);
  };
  const ready: { readonly stream: string; readonly events: NonEmpty<Envelope> }[] = [];
  for (let n = 0; n < 100; n += 1) {
    const stream = `ticket-${v7()}`;
    ready.push({ stream, events: await envelopesOf(codec, stream, plain) });
  }
  let next = 0;
  const bareAppend = async (): Promise<void> => {
    const { events: encoded } = ready[next++ % ready.length] ?? { events: [] as never };
    const fresh = encoded.map((event) => ({ ...event, id: v7() })) as unknown as NonEmpty<Envelope>;
    await bare.appendToStream(`other-${v7()}`, sent(fresh), { expectedRevision: NO_STREAM });
  };
  const rate = (writers: number, append: () => Promise<void>) => () => ratePerSecond(writers, seconds, append);
  for (const append of [ours, bareAppend]) await rate(32, append)();
  const appends = await inTurn(rounds, {
    bareOne: rate(1, bareAppend),
    bareFew: rate(32, bareAppend),
    one: rate(1, ours),
    few: rate(32, ours),
  });
  for (let left = events; left > 0; left -= 160)
    for (const append of [ours, bareAppend]) await Promise.all(Array.from({ length: 32 }, append));
  const perSecond = async (read: () => Promise<number>): Promise<number> => {
    let count = 0;
    const taken = await secondsFor(async () => {
      count = await read();
    });
    return count / taken;
  };
  const reads = await inTurn(rounds, {
    raw: () =>
      perSecond(async () => {
        let count = 0;
        for await (const { event } of bare.readAll({ direction: FORWARDS, fromPosition: START, maxCount: events })) {
          if (event !== undefined && (JSON.parse(Buffer.from(event.data as Uint8Array).toString()) as { version: number }).version > 0)
            count += 1;
        }
        return count;
      }),
    ours: () =>
      perSecond(async () => {
        let count = 0;
        for await (const { body } of store.readAll({ limit: events }))
          if ((JSON.parse(body) as { version: number }).version > 0) count += 1;
        return count;
      }),
  });
  await store.close();
  await bare.dispose();
  await emulator.stop();
  await bareEmulator.stop();
  const figure = (what: string, unit: string, us: readonly number[], raw: readonly number[]) => ({
    what,
    unit,
    raw: spreadOf(raw),
    ours: spreadOf(us),
    ratio: ratios(us, raw),
  });
  return {
    title: 'EventStoreDB, on the emulator',
    rawMeans: `the client \`@eventstore/db-client\` by itself, on an emulator of its own: each runs in a process of its own and keeps its log in memory: the same bytes, encoded beforehand, five events an append with NO_STREAM; \`readAll\` of ${events.toLocaleString('en-US')} events, each parsed. What a real server takes is not in these figures.`,
    figures: [
      figure('EventStoreDB, 1 writer', 'appends/s', appends.one, appends.bareOne),
      figure('EventStoreDB, 32 writers', 'appends/s', appends.few, appends.bareFew),
      figure('EventStoreDB, readAll and JSON.parse', 'events/s', reads.ours, reads.raw),
    ],
    whereTheTimeGoes:
      'gRPC in JavaScript on both sides takes most of it. Ours encodes, checks, hashes and chains while the clock runs, gives every append a time limit and looks at the answer; reading goes page by page, because the client would gather what a slow reader leaves.',
  };
};
