import { v7 } from 'uuid';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { plain } from './support/facts';
import { benchCodec, envelopesOf } from './support/logs';
import { inTurn, ratePerSecond, ratios, secondsFor, spreadOf } from './support/measuring';
import { emmettSqlite } from './support/peers/emmett-sqlite';
import { openPeers, peerEvents } from './support/peers/open-peers';
import type { Figure, Section } from './support/report';
import { freshFolder } from './support/stores';

type Options = { readonly rounds: number; readonly seconds: number; readonly replayed: number };

const once = (value: number) => ({ median: value, low: value, high: value });
/** It writes every refused append to the console, and throws where nobody can catch it what befalls its first statement. */
const muffled = async <T>(work: () => Promise<T>): Promise<T> => {
  const { log } = console;
  const ignore = (): void => undefined;
  console.log = ignore;
  process.on('uncaughtException', ignore);
  try {
    return await work();
  } finally {
    console.log = log;
    process.off('uncaughtException', ignore);
  }
};

export const measureSqlitePeers = async ({ rounds, seconds, replayed }: Options): Promise<Section> => {
  const store = await openSqliteEventStore({ folder: freshFolder() });
  const { opened, missing } = await openPeers([await emmettSqlite()], () => Promise.resolve({ url: freshFolder() }));
  const five = await peerEvents();
  const codec = benchCodec();
  const append = async (): Promise<void> => {
    const stream = `ticket-${v7()}`;
    await store.append(stream, { kind: 'no-stream' }, await envelopesOf(codec, stream, plain));
  };
  const perSecond = async (read: () => Promise<number>): Promise<number> => {
    let count = 0;
    const taken = await secondsFor(async () => {
      count = await read();
    });
    return count / taken;
  };
  for (let left = Math.ceil(replayed / 5); left > 0; left -= 200) await Promise.all(Array.from({ length: 200 }, append));
  const figures: Figure[] = missing.map((name) => ({ what: `${name}: not installed`, unit: 'appends/s', ours: once(Number.NaN) }));
  for (const { name, store: peer } of opened) {
    const refusals = { tried: 0, refused: 0 };
    /** Appends that were accepted, a second. */
    const accepted = async (writers: number, counted = { tried: 0, refused: 0 }): Promise<number> => {
      const before = counted.tried - counted.refused;
      const taken = await secondsFor(() =>
        muffled(() =>
          ratePerSecond(writers, seconds, async () => {
            counted.tried += 1;
            await peer.append(five).catch(() => {
              counted.refused += 1;
            });
          }),
        ),
      );
      return (counted.tried - counted.refused - before) / taken;
    };
    await accepted(1);
    // one after the other is the most that it does: see the refusals below
    const rates = await inTurn(rounds, { alone: () => accepted(1), ours: () => ratePerSecond(32, seconds, append) });
    while ((await peer.count()) < replayed) await accepted(1);
    const few = await accepted(32, refusals);
    const { tried, refused } = refusals;
    const stream = await muffled(() => peer.append(five));
    const twice = await muffled(() =>
      peer.append(five, stream).then(
        () => 1,
        () => 0,
      ),
    );
    const readers: Record<string, () => Promise<number>> = {
      ours: () =>
        perSecond(async () => {
          let count = 0;
          for await (const { body } of store.readAll({ limit: replayed }))
            if ((JSON.parse(body) as { version: number }).version > 0) count += 1;
          return count;
        }),
      ...Object.fromEntries(peer.ways.map(({ how, replay }) => [how, () => perSecond(() => replay(replayed))])),
    };
    const replays = await inTurn(2, readers);
    const of = (way: string): readonly number[] => replays[way] ?? [];
    figures.push(
      {
        what: `${name}, 32 writers (its own one after the other)`,
        unit: 'appends/s',
        raw: spreadOf(rates.alone),
        ours: spreadOf(rates.ours),
        ratio: ratios(rates.ours, rates.alone),
        target: { atLeast: 2 },
      },
      ...peer.ways.map(({ how }) => ({
        what: `${name}, ${how}`,
        unit: 'events/s',
        raw: spreadOf(of(how)),
        ours: spreadOf(of('ours')),
        ratio: ratios(of('ours'), of(how)),
        target: { atLeast: 10 },
      })),
      { what: `${name}, its own 32 writers at once`, unit: 'appends/s', raw: once(few), ours: spreadOf(rates.ours) },
      { what: `${name}: refused of 100 appends by 32 writers at once`, unit: 'appends', raw: once((100 * refused) / tried), ours: once(0) },
      { what: `${name}: an append that expects no stream, accepted where one stands`, unit: 'appends', raw: once(twice), ours: once(0) },
    );
    await peer.close();
  }
  await store.close();
  return {
    title: 'SQLite: beside another event store',
    against: 'peer',
    rawMeans: `emmett as documented, with a file (a connection a call; WAL, synchronous=FULL): the same facts and metadata, in one append to a stream that must not exist; ${replayed.toLocaleString('en-US')} events replayed through its consumer, ours through readAll with \`JSON.parse\`. emmett checks no facts and chains no hashes.`,
    figures,
    whereTheTimeGoes:
      'The locked file refuses emmett’s concurrent writers. Each of its appends has a connection, settings, three statements and an fsync; ours share commit and fsync.',
  };
};
