import { Pool } from 'pg';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { v7 } from 'uuid';
import { tenFacts } from './support/facts';
import { benchCodec, envelopesOf, writeTickets } from './support/logs';
import { inTurn, ratePerSecond, ratios, secondsFor, spreadOf } from './support/measuring';
import { castorePostgres } from './support/peers/castore-postgres';
import { emmettPostgresql } from './support/peers/emmett-postgresql';
import { type OpenedPeer, openPeers, peerEvents } from './support/peers/open-peers';
import { freshDatabase } from './support/postgres';
import type { Figure, Section } from './support/report';

type Options = {
  /** in the log of ours and of raw */
  readonly events: number;
  /** in the logs of the others, which read theirs much more slowly */
  readonly peerEvents: number;
  readonly rounds: number;
  /** for each measurement of what is slow: at most so many events */
  readonly most: number;
  readonly seconds: number;
};

const columns = 'position, stream, revision, id, type, body, hash';

/** Every event in order, each parsed, a thousand at a time by position. @returns how many */
const rawReading = async (pool: Pool): Promise<number> => {
  let events = 0;
  let after = '0';
  for (;;) {
    const { rows } = await pool.query<{ position: string; body: string }>({
      name: 'raw-read',
      text: `SELECT ${columns} FROM tichet.events WHERE position > $1 ORDER BY position LIMIT 1000`,
      values: [after],
    });
    for (const { body } of rows) if ((JSON.parse(body) as { version: number }).version > 0) events += 1;
    const last = rows.at(-1);
    if (last === undefined) return events;
    after = last.position;
  }
};

/** Through a cursor of the server. @returns how many */
const rawCursor = async (pool: Pool): Promise<number> => {
  const client = await pool.connect();
  let events = 0;
  try {
    await client.query('BEGIN');
    await client.query(`DECLARE every_event NO SCROLL CURSOR FOR SELECT ${columns} FROM tichet.events ORDER BY position`);
    for (;;) {
      const { rows } = await client.query<{ body: string }>('FETCH 1000 FROM every_event');
      for (const { body } of rows) if ((JSON.parse(body) as { version: number }).version > 0) events += 1;
      if (rows.length === 0) return events;
    }
  } finally {
    await client.query('ROLLBACK');
    client.release();
  }
};

const fillPeer = async ({ store }: OpenedPeer, events: number): Promise<void> => {
  const five = await peerEvents();
  let left = Math.ceil(events / five.length);
  await Promise.all(
    Array.from({ length: 32 }, async () => {
      while (left > 0) {
        left -= 1;
        await store.append(five);
      }
    }),
  );
};

/** How many of so many appends that expected no stream were accepted where one stood. */
const acceptedTwice = async ({ store }: OpenedPeer, times: number): Promise<number> => {
  const [one] = await peerEvents();
  if (one === undefined) throw new Error('There is nothing to append.');
  const stream = await store.append([one]);
  let accepted = 0;
  for (let time = 0; time < times; time += 1) {
    await store.append([one], stream).then(
      () => {
        accepted += 1;
      },
      () => undefined,
    );
  }
  return accepted;
};

export const measurePostgresReading = async (options: Options): Promise<readonly Section[]> => {
  const { rounds, seconds, most } = options;
  const { url } = await freshDatabase();
  const database = await openPostgres({ url });
  const store = new PostgresEventStore(database);
  await writeTickets(store, Math.ceil(options.events / 5));
  const pool = new Pool({ connectionString: url, max: 10 });
  pool.on('error', () => undefined);
  await pool.query('VACUUM ANALYZE tichet.events');
  const events = Number(await store.end());
  const { opened, missing } = await openPeers([await emmettPostgresql(), await castorePostgres()], freshDatabase);
  const ten = await peerEvents(tenFacts);
  const streams = new Map<string, string>();
  for (const peer of opened) {
    await fillPeer(peer, options.peerEvents);
    streams.set(peer.name, await peer.store.append(ten));
  }
  const codec = benchCodec();
  const ourStream = `ticket-${v7()}`;
  await store.append(ourStream, { kind: 'no-stream' }, await envelopesOf(codec, ourStream, tenFacts));

  const perSecond = async (read: () => Promise<number>, expected?: number): Promise<number> => {
    let count = 0;
    const taken = await secondsFor(async () => {
      count = await read();
    });
    if (expected !== undefined && count < expected) throw new Error(`${count} of ${expected} events were read.`);
    return count / taken;
  };
  const ours = async (limit?: number): Promise<number> => {
    let count = 0;
    for await (const { body } of store.readAll(limit === undefined ? {} : { limit }))
      if ((JSON.parse(body) as { version: number }).version > 0) count += 1;
    return count;
  };
  const leftOut = new Map<string, number>();
  const contenders: Record<string, () => Promise<number>> = {
    keyset: () => perSecond(() => rawReading(pool), events),
    cursor: () => perSecond(() => rawCursor(pool), events),
    ours: () => perSecond(() => ours(), events),
    decoded: () =>
      perSecond(async () => {
        let count = 0;
        for await (const recorded of store.readAll()) if (codec.decode(recorded).version > 0) count += 1;
        return count;
      }, events),
  };
  const rates = await inTurn(rounds, contenders);
  const peerRates = await inTurn(Math.min(rounds, 2), {
    ours: () => perSecond(() => ours(options.peerEvents), options.peerEvents),
    ...Object.fromEntries(
      opened.flatMap(({ name, store: peer }) =>
        peer.ways.map(({ how, replay }) => [
          `${name}, ${how}`,
          async () => {
            const standing = await peer.count();
            return perSecond(async () => {
              const read = await replay(most);
              if (read < most) leftOut.set(name, standing - read);
              return read;
            });
          },
        ]),
      ),
    ),
  });
  const loads = await inTurn(rounds, {
    ours: () =>
      ratePerSecond(32, seconds, async () => {
        let count = 0;
        for await (const { body } of store.read(ourStream)) if ((JSON.parse(body) as { version: number }).version > 0) count += 1;
        if (count !== tenFacts.length) throw new Error(`${count} events were read.`);
      }),
    ...Object.fromEntries(
      opened.map(({ name, store: peer }) => [
        name,
        () =>
          ratePerSecond(32, seconds, async () => {
            const count = await peer.load(streams.get(name) ?? '');
            if (count !== ten.length) throw new Error(`${count} events were read.`);
          }),
      ]),
    ),
  });
  const twice = new Map<string, number>();
  for (const peer of opened) twice.set(peer.name, await acceptedTwice(peer, 100));
  await store.close();
  await database.close();
  await pool.end();
  for (const { store: peer } of opened) await peer.close();

  type Rates = Readonly<Record<string, readonly number[]>>;
  const figure = (what: string, unit: string, from: Rates, us: string, them: string, atLeast?: number): Figure => ({
    what,
    unit,
    raw: spreadOf(from[them] ?? []),
    ours: spreadOf(from[us] ?? []),
    ratio: ratios(from[us] ?? [], from[them] ?? []),
    ...(atLeast === undefined ? {} : { target: { atLeast } }),
  });
  const once = (value: number) => ({ median: value, low: value, high: value });
  return [
    {
      title: `PostgreSQL: reading ${events.toLocaleString('en-US')} events in global order`,
      rawMeans:
        'plain pg over the same table, `JSON.parse` of every body: a prepared `SELECT … WHERE position > $1 ORDER BY position LIMIT 1000`, rows as objects; or a server cursor, a thousand rows a fetch.',
      figures: [
        figure('PostgreSQL, readAll and JSON.parse', 'events/s', rates, 'ours', 'keyset'),
        figure('PostgreSQL, readAll beside a cursor', 'events/s', rates, 'ours', 'cursor'),
        figure('PostgreSQL, readAll, decoded and checked', 'events/s', rates, 'decoded', 'keyset'),
      ],
      whereTheTimeGoes: 'Mostly the client’s parsing of rows (arrays, cheaper than objects) and `JSON.parse`.',
    },
    {
      title: `PostgreSQL: replay and loading beside other event stores (${options.peerEvents.toLocaleString('en-US')} events)`,
      against: 'peer',
      rawMeans: `the other library’s way to read everything, facts parsed, the first ${most.toLocaleString('en-US')} events; ours is readAll with \`JSON.parse\`. castore has no global order: it lists its aggregates and reads them one by one. Loading folds a stream of ten events, 32 at once: \`aggregateStream\`, \`getAggregate\`.`,
      figures: [
        ...opened.flatMap(({ name, store: peer }) =>
          peer.ways.map(({ how }) => figure(`${name}, ${how}`, 'events/s', peerRates, 'ours', `${name}, ${how}`, 10)),
        ),
        ...opened.map(({ name }) => figure(`${name}, loading ten events`, 'loads/s', loads, 'ours', name)),
        ...opened.map(({ name }) => ({
          what: `${name}: accepted of 100 appends that expected no stream where one stood`,
          unit: 'appends',
          raw: once(twice.get(name) ?? 0),
          ours: once(0),
        })),
        ...[...leftOut].map(([name, count]) => ({
          what: `${name}: left out by a replay`,
          unit: 'events',
          raw: once(count),
          ours: once(0),
        })),
        ...missing.map((name) => ({ what: `${name}: not installed`, unit: 'events/s', ours: spreadOf(peerRates.ours) })),
      ],
      whereTheTimeGoes:
        'emmett’s consumer pauses between batches (a hundred by default) and writes its checkpoint with every event; its batch reader sorts the rest of the log for each batch, without an index. castore queries each aggregate; ten times that is more than plain pg reads. Ours reads a thousand rows by primary key and checks that no position is missing.',
    },
  ];
};
