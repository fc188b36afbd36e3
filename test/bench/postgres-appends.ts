import { v7 } from 'uuid';
import { performance } from 'node:perf_hooks';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { plain } from './support/facts';
import { benchCodec, envelopesOf } from './support/logs';
import { inTurn, ratePerSecond, ratios, spreadOf } from './support/measuring';
import { castorePostgres } from './support/peers/castore-postgres';
import { emmettPostgresql } from './support/peers/emmett-postgresql';
import { openPeers, peerEvents } from './support/peers/open-peers';
import { freshDatabase } from './support/postgres';
import { type RawAppend, rawPostgres } from './support/raw-postgres';
import type { Figure, Section } from './support/report';

type Options = { readonly rounds: number; readonly seconds: number };
const writers = [1, 32, 128] as const;

/** Encoded before the clock starts; so many writers share out what is ready. @returns appends a second */
const rawRate = async (
  count: number,
  seconds: number,
  append: (appends: readonly RawAppend[]) => Promise<void>,
  together = 1,
): Promise<number> => {
  const codec = benchCodec();
  let taken = 0;
  let done = 0;
  while (taken < seconds) {
    const ready: RawAppend[] = [];
    for (let n = 0; n < 640 * together; n += 1) {
      const stream = `ticket-${v7()}`;
      ready.push({ stream, events: await envelopesOf(codec, stream, plain) });
    }
    const until = performance.now() + (seconds - taken) * 1000;
    const from = performance.now();
    let next = 0;
    await Promise.all(
      Array.from({ length: count }, async () => {
        while (next < ready.length && performance.now() < until) {
          const appends = ready.slice(next, next + together);
          next += together;
          await append(appends);
          done += appends.length;
        }
      }),
    );
    taken += (performance.now() - from) / 1000;
  }
  return done / taken;
};

/** Appends of five events, each to a stream of its own, on one PostgreSQL server with pools of ten connections. */
export const measurePostgresAppends = async ({ rounds, seconds }: Options): Promise<readonly Section[]> => {
  const [ourPlace, rawPlace] = [await freshDatabase(), await freshDatabase()];
  const database = await openPostgres({ url: ourPlace.url });
  const store = new PostgresEventStore(database);
  const raw = await rawPostgres(rawPlace.url);
  const { opened, missing } = await openPeers([await emmettPostgresql(), await castorePostgres()], freshDatabase);
  const events = await peerEvents();
  const codec = benchCodec();
  const ours = (count: number) => () =>
    ratePerSecond(count, seconds, async () => {
      const stream = `ticket-${v7()}`;
      const { kind } = await store.append(stream, { kind: 'no-stream' }, await envelopesOf(codec, stream, plain));
      if (kind !== 'appended') throw new Error(`An append was answered with ${kind}.`);
    });
  const contenders: Record<string, () => Promise<number>> = {
    together: () => rawRate(1, seconds, raw.append, 32),
    ...Object.fromEntries(writers.map((count) => [`raw ${count}`, () => rawRate(count, seconds, raw.append)])),
    ...Object.fromEntries(writers.map((count) => [`ours ${count}`, ours(count)])),
    ...Object.fromEntries(
      opened.map(({ name, store: peer }) => [
        name,
        () =>
          ratePerSecond(32, seconds, async () => {
            await peer.append(events);
          }),
      ]),
    ),
  };
  // plans, connections and compiled code: nobody pays for the first time
  for (const contender of Object.values(contenders)) await contender();
  const rates = await inTurn(rounds, contenders);
  const appended = await database.pool.query<{ events: string; last: string }>(
    'SELECT count(*) AS events, max(position) AS last FROM tichet.events',
  );
  if (appended.rows[0]?.events !== appended.rows[0]?.last) throw new Error('The positions have holes.');
  await store.close();
  await database.close();
  await raw.close();
  for (const { store: peer } of opened) await peer.close();
  const of = (name: string): readonly number[] => rates[name] ?? [];
  const against = (what: string, us: string, them: string, atLeast?: number): Figure => ({
    what,
    unit: 'appends/s',
    raw: spreadOf(of(them)),
    ours: spreadOf(of(us)),
    ratio: ratios(of(us), of(them)),
    ...(atLeast === undefined ? {} : { target: { atLeast } }),
  });
  return [
    {
      title: 'PostgreSQL: durable appends of five events',
      rawMeans:
        'as with SQLite, by plain pg with a pool of ten, positions from a sequence and one prepared `INSERT … SELECT FROM unnest(…)`, in the last line for 32 appends. Ours also refuses conflicts and numbers without holes. `fsync` and `synchronous_commit` are on.',
      figures: [
        ...writers.map((count) => against(`PostgreSQL, ${count} ${count === 1 ? 'writer' : 'writers'}`, `ours ${count}`, `raw ${count}`)),
        against('PostgreSQL, 32 writers, raw 32 in one commit', 'ours 32', 'together'),
      ],
      whereTheTimeGoes: 'As with SQLite, plus a round trip and the function that decides an append.',
    },
    {
      title: 'PostgreSQL: appends beside other event stores (32 writers)',
      against: 'peer',
      rawMeans:
        'the other library as documented, in its own database on the same server, with ten connections (the default of all three); the same facts and metadata, in one append to a stream that must not exist. emmett: `appendToStream` with `STREAM_DOES_NOT_EXIST`; castore: `pushEventGroup`. Neither checks facts, chains hashes or numbers without holes; both use JSONB, which does not return the hashed bytes.',
      figures: [
        ...opened.map(({ name }) => against(`${name}, 32 writers`, 'ours 32', name, 2)),
        ...missing.map((name) => ({ what: `${name}: not installed`, unit: 'appends/s', ours: spreadOf(of('ours 32')) })),
      ],
      whereTheTimeGoes: 'Theirs takes a transaction an append, a round trip a statement; ours one round trip a turn.',
    },
  ];
};
