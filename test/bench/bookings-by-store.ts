import { performance } from 'node:perf_hooks';
import { bookAll, bookInPerson, slotsFor } from './bookings';
import { cityHall } from './support/city-hall';
import { inTurn, ratios, spreadOf } from './support/measuring';
import { freshDatabase } from './support/postgres';
import type { Section } from './support/report';
import { EmulatorProcess } from '../support/eventstoredb/emulator-process';
import { clientOf, serveApart } from './support/services';

type Options = { readonly rounds: number; readonly bookings: number };
const connections = 8;
const people = 20;

const bookingsOn = async (settings: Readonly<Record<string, string>>, { rounds, bookings }: Options) => {
  const service = await serveApart({ ...(await cityHall({ people, requests: bookings * (rounds + 1) + people, settings })) });
  const { call, close } = clientOf(service.url, connections);
  const slots = await Promise.all(Array.from({ length: people }, (_, n) => slotsFor(call, n)));
  let next = people;
  return {
    bookMany: async (): Promise<number> => {
      const end = next + bookings;
      const from = performance.now();
      await bookAll(slots, { first: next, end, connections }, (n, startsAt) => bookInPerson(call, n, startsAt));
      next = end;
      return bookings / ((performance.now() - from) / 1000);
    },
    close: async () => {
      await close();
      await service.stop();
    },
  };
};

/** The same bookings on each store of events: what a booking costs where each question to the store is a round trip. */
export const measureBookingsByStore = async (options: Options): Promise<Section> => {
  const emulator = await EmulatorProcess.start();
  const { url } = await freshDatabase();
  const sqlite = await bookingsOn({}, options);
  const eventstoredb = await bookingsOn({ TICHET_EVENT_STORE: 'eventstoredb', TICHET_EVENTSTOREDB_URL: emulator.url }, options);
  const postgres = await bookingsOn({ TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: url }, options);
  const contenders = { sqlite: sqlite.bookMany, eventstoredb: eventstoredb.bookMany, postgres: postgres.bookMany };
  // not counted: nothing is measured before its code is compiled
  for (const contender of Object.values(contenders)) await contender();
  const rates = await inTurn(options.rounds, contenders);
  for (const { close } of [sqlite, eventstoredb, postgres]) await close();
  await emulator.stop();
  const figure = (what: string, ours: readonly number[]) => ({
    what,
    unit: 'bookings/s',
    raw: spreadOf(rates.sqlite),
    ours: spreadOf(ours),
    ratio: ratios(ours, rates.sqlite),
  });
  return {
    title: `Bookings in person over HTTP, ${connections} at once, by store`,
    against: 'SQLite',
    rawMeans:
      'the same bookings (a lookup and a ticket each) with events in SQLite. The emulator is its own process; PostgreSQL also keeps the tables.',
    figures: [figure('events in EventStoreDB, on the emulator', rates.eventstoredb), figure('everything in PostgreSQL', rates.postgres)],
    whereTheTimeGoes:
      'A booking is five appends in sequence, each a round trip. The answering thread limits: 5 ms a booking in a data folder, 13 with EventStoreDB (4.5 for grpc-js and HTTP/2, 4 for the emulator), 10 with PostgreSQL (a quarter for system calls).',
  };
};
