import { v7 } from 'uuid';
import type { Envelope, NonEmpty } from '@tichet-albastru/event-log/ports/event-store';
import type { EventCodec } from '../../src/application/kernel/ports/event-codec';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { performance } from 'node:perf_hooks';
import { join } from 'node:path';
import type { TicketEntry } from '../support/plot';
import { plain, sealing } from './support/facts';
import { benchCodec, envelopesOf } from './support/logs';
import { inTurn, ratePerSecond, ratios, spreadOf } from './support/measuring';
import type { Section } from './support/report';
import { freshFolder, rawEventsDatabase } from './support/stores';

type Options = { readonly rounds: number; readonly seconds: number };

/** The same events, encoded before the clock starts: what is left is one transaction an append. */
const rawRate = async (codec: EventCodec, database: ReturnType<typeof rawEventsDatabase>, seconds: number): Promise<number> => {
  const insert = database.prepare('INSERT INTO events (stream, revision, id, type, data, hash) VALUES (?, ?, ?, ?, ?, ?)');
  const commit = database.transaction((stream: string, events: NonEmpty<Envelope>) => {
    for (const [revision, { id, type, body, hash }] of events.entries())
      insert.run(stream, revision, id, type, body, Buffer.from(hash, 'hex'));
  });
  let taken = 0;
  let done = 0;
  while (taken < seconds) {
    const ready: (readonly [string, NonEmpty<Envelope>])[] = [];
    for (let n = 0; n < 200; n += 1) {
      const stream = `ticket-${v7()}`;
      ready.push([stream, await envelopesOf(codec, stream, plain)]);
    }
    const from = performance.now();
    for (const [stream, events] of ready) commit.immediate(stream, events);
    taken += (performance.now() - from) / 1000;
    done += ready.length;
  }
  return done / taken;
};

export const measureAppends = async ({ rounds, seconds }: Options): Promise<Section> => {
  const store = await openSqliteEventStore({ folder: freshFolder() });
  const database = rawEventsDatabase(join(freshFolder(), 'events.db'));
  const codec = benchCodec();
  const ours = (writers: number, facts: readonly TicketEntry[]) => () =>
    ratePerSecond(writers, seconds, async () => {
      const stream = `ticket-${v7()}`;
      await store.append(stream, { kind: 'no-stream' }, await envelopesOf(codec, stream, facts));
    });
  const rates = await inTurn(rounds, {
    raw: () => rawRate(codec, database, seconds),
    one: ours(1, plain),
    few: ours(32, plain),
    many: ours(128, plain),
    sealedOne: ours(1, sealing),
    sealedFew: ours(32, sealing),
    sealedMany: ours(128, sealing),
  });
  await store.close();
  database.close();
  const raw = spreadOf(rates.raw);
  const figure = (what: string, name: keyof typeof rates, atLeast?: number) => ({
    what,
    unit: 'appends/s',
    raw,
    ours: spreadOf(rates[name]),
    ratio: ratios(rates[name], rates.raw),
    ...(atLeast === undefined ? {} : { target: { atLeast } }),
  });
  return {
    title: 'Durable appends of five events',
    rawMeans:
      'better-sqlite3 in this thread, the same table and indexes (WAL, synchronous=FULL), one `BEGIN IMMEDIATE … COMMIT` an append, events encoded and hashed beforehand. Ours also encodes, checks, hashes and chains.',
    figures: [
      figure('1 writer', 'one', 0.6),
      figure('32 writers', 'few', 2.5),
      figure('128 writers', 'many', 3),
      figure('1 writer, sealing three fields', 'sealedOne'),
      figure('32 writers, sealing three fields', 'sealedFew'),
      figure('128 writers, sealing three fields', 'sealedMany'),
    ],
    whereTheTimeGoes:
      'A single writer waits for an fsync and its encoding. Many writers share commit and fsync of a turn of the event loop; the main thread limits them. An encrypted field adds a cipher, a new ticket a key.',
  };
};
