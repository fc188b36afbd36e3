import { v7 } from 'uuid';
import { performance } from 'node:perf_hooks';
import { PostgresEventStore } from '../../src/infrastructure/log/event-store/postgres/postgres-event-store';
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
        'plain pg with a pool of ten, the same columns and indexes with positions from a sequence, one prepared `INSERT … SELECT FROM unnest(…)` and one commit for each append of five events that were encoded and hashed beforehand. In the last line 32 appends by hand in each such statement. Ours encodes, checks, hashes and chains while the clock runs, refuses what conflicts, and numbers without holes. `fsync` and `synchronous_commit` are on for all.',
      figures: [
        ...writers.map((count) => against(`PostgreSQL, ${count} ${count === 1 ? 'writer' : 'writers'}`, `ours ${count}`, `raw ${count}`)),
        against('PostgreSQL, 32 writers, raw 32 in one commit', 'ours 32', 'together'),
      ],
      whereTheTimeGoes:
        'A writer alone waits for one round trip and one flush, as raw does, and for the function that decides its append. With many writers the appends of one turn of the event loop share a statement, a commit and a flush; raw has the group commit of the server and ten connections, but each append costs the server a statement of its own.',
    },
    {
      title: 'PostgreSQL: appends beside other event stores (32 writers)',
      against: 'peer',
      rawMeans:
        'the other library as its documentation says, on the same server, in a database of its own, with the ten connections that are the default of all three: the same five facts with the same metadata in one append to a stream that must not exist yet. emmett: `appendToStream` with `STREAM_DOES_NOT_EXIST`; castore: `pushEventGroup`. Neither checks the facts, chains hashes, or numbers without holes; they take JSONB, which does not give back the bytes that were hashed.',
      figures: [
        ...opened.map(({ name }) => against(`${name}, 32 writers`, 'ours 32', name, 2)),
        ...missing.map((name) => ({ what: `${name}: not installed`, unit: 'appends/s', ours: spreadOf(of('ours 32')) })),
      ],
      whereTheTimeGoes:
        'Theirs goes to a transaction for each append: BEGIN, the statements, COMMIT, each a round trip on one of ten connections, and a flush that only those share which end at the same moment. emmett also sends each append as a text of its own, which the server parses and plans each time. Ours is one round trip for all that came in a turn.',
    },
  ];
};
