import { v7 } from 'uuid';
import { performance } from 'node:perf_hooks';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { startPgBouncer } from '../support/peers/pgbouncer';
import { isThere, versionOf } from '../support/peers/program';
import { bookAll, bookInPerson, slotsFor } from './bookings';
import { cityHall } from './support/city-hall';
import { plain } from './support/facts';
import { benchCodec, envelopesOf } from './support/logs';
import { inTurn, ratePerSecond, ratios, spreadOf } from './support/measuring';
import { freshDatabase } from './support/postgres';
import type { Section } from './support/report';
import { clientOf, serveApart } from './support/services';

type Options = { readonly rounds: number; readonly seconds: number; readonly bookings: number };
const writers = [1, 32] as const;
const connections = 32;
const people = 20;
const ways = ['direct', 'session', 'transaction'] as const;
type Way = (typeof ways)[number];

/** One way to a database of its own: straight to the server, or through a PgBouncer. */
const openWay = async (way: Way) => {
  const { url } = await freshDatabase();
  const pooler = way === 'direct' ? undefined : await startPgBouncer(url, way, { max_prepared_statements: 0 });
  return { url: pooler?.of(url) ?? url, stop: () => pooler?.stop() };
};

const appendsOver = async (way: Way, seconds: number) => {
  const { url, stop } = await openWay(way);
  const database = await openPostgres({ url });
  const store = new PostgresEventStore(database);
  const codec = benchCodec();
  const append = (stream: string) => async (): Promise<void> => {
    const name = stream === '' ? `ticket-${v7()}` : stream;
    const { kind } = await store.append(name, { kind: 'no-stream' }, await envelopesOf(codec, name, plain));
    if (kind !== 'appended') throw new Error(`An append was answered with ${kind}.`);
  };
  await append('ticket-read')();
  const read = async (): Promise<void> => {
    let events = 0;
    for await (const { revision } of store.read('ticket-read')) events = revision + 1;
    if (events !== plain.length) throw new Error(`A stream of ${events} events was read.`);
  };
  return {
    contenders: Object.fromEntries([
      ...writers.map((count) => [`append ${count} ${way}`, () => ratePerSecond(count, seconds, append(''))] as const),
      ...writers.map((count) => [`read ${count} ${way}`, () => ratePerSecond(count, seconds, read)] as const),
    ]),
    close: async () => {
      await store.close();
      await database.close();
      await stop();
    },
  };
};

const bookingsOver = async (way: Way, { rounds, bookings }: Options) => {
  const { url, stop } = await openWay(way);
  const environment = await cityHall({
    people,
    requests: bookings * (rounds + 1) + people,
    settings: { TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: url },
  });
  const service = await serveApart({ ...environment });
  const { call, close } = clientOf(service.url, connections);
  const slots = await Promise.all(Array.from({ length: people }, (_, n) => slotsFor(call, n)));
  let next = people;
  const bookMany = async (): Promise<number> => {
    const end = next + bookings;
    const from = performance.now();
    await bookAll(slots, { first: next, end, connections }, (n, startsAt) => bookInPerson(call, n, startsAt));
    next = end;
    return bookings / ((performance.now() - from) / 1000);
  };
  return {
    contenders: { [`book ${way}`]: bookMany },
    close: async () => {
      await close();
      await service.stop();
      await stop();
    },
  };
};

/** The same work straight to the server and through a real PgBouncer on the same machine. Without one it is left out. */
export const measurePostgresPooler = async (options: Options): Promise<readonly Section[]> => {
  if (!isThere('pgbouncer')) {
    console.log('\npostgres-pooler: LEFT OUT: no pgbouncer on this machine');
    return [];
  }
  const opened = [];
  for (const way of ways) opened.push(await appendsOver(way, options.seconds), await bookingsOver(way, options));
  const contenders: Record<string, () => Promise<number>> = Object.assign({}, ...opened.map((one) => one.contenders));
  for (const contender of Object.values(contenders)) await contender();
  const rates = await inTurn(options.rounds, contenders);
  for (const { close } of opened) await close();
  const of = (what: string, way: Way): readonly number[] => rates[`${what} ${way}`] ?? [];
  const figure = (what: string, unit: string, title: string, way: Way) => ({
    what: `${title}, ${way} pooling`,
    unit,
    raw: spreadOf(of(what, 'direct')),
    ours: spreadOf(of(what, way)),
    ratio: ratios(of(what, way), of(what, 'direct')),
  });
  const pooled = ways.filter((way) => way !== 'direct');
  const clients = (count: number): string => `${count} ${count === 1 ? 'client' : 'clients'}`;
  return [
    {
      title: 'PostgreSQL: behind PgBouncer',
      against: 'direct',
      rawMeans: `the same without PgBouncer. ${versionOf('pgbouncer')} on the same machine, \`max_prepared_statements = 0\`; bookings in person over HTTP with ${connections} connections: a lookup and a ticket each.`,
      figures: pooled.flatMap((way) => [
        ...writers.map((count) => figure(`append ${count}`, 'appends/s', `appends of five events, ${clients(count)}`, way)),
        ...writers.map((count) => figure(`read ${count}`, 'reads/s', `a stream of five events, ${clients(count)}`, way)),
        figure('book', 'bookings/s', 'bookings', way),
      ]),
      whereTheTimeGoes:
        'PgBouncer is one more process, with one thread, on the same two processors. With transaction pooling each statement travels with BEGIN, limits and COMMIT in one round trip; the server parses and plans it each time.',
    },
  ];
};
