import { performance } from 'node:perf_hooks';
import type { Envelope, EventStore, NonEmpty } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../../src/application/kernel/ports/ports';
import { staffCalendar } from '../../src/application/staff/staff-calendar';
import { plusMinutes } from '../../src/domain/time/civil-time';
import { createPersonalData } from '../../src/infrastructure/log/keys/personal-data';
import { derivedFrom } from '../../src/infrastructure/log/keys/purpose-keys';
import { createEventCodec } from '../../src/infrastructure/log/codec/event-codec.codec';
import { fixedClock } from '@tichet-albastru/event-log/testing/fixed-clock';
import { silentLogger } from '../../src/infrastructure/testing/test-ports';
import { catchUp } from '@tichet-albastru/event-log/projector/projector';
import { staffCalendar as calendarTable } from '../../src/projections/staff-calendar/staff-calendar';
import { derivedKeys } from './support/derived-keys';
import { envelopesOf, lifeOf, staffIdOf, startTicketLog, type TicketLog, type Town, weekOf } from './support/logs';
import { medianOf, quantile, ratios, type Spread, spreadOf } from './support/measuring';
import { type Place, postgresPlace, sqlitePlace } from './support/places';
import type { Figure, Section } from './support/report';

/** So large that the smallest log holds one week of everybody: the same query has the same rows at every size. */
const town: Town = { people: 100, meetingsADay: 4 };
const eventsPerTicket = 5;
const alone = 300;
const together = 1920;
const writers = 32;
const queries = 300;
const week = 7 * 24 * 60;
/** Tickets of the measurements are with nobody in a week that is asked for: they are two centuries later. */
const outside = 20_000_000;

const keys = derivedKeys();
const codec = createEventCodec({ keys });
const personalData = createPersonalData({ keys, purposeKeys: derivedFrom(Buffer.alloc(32, 7)) });

type Life = { readonly stream: string; readonly events: NonEmpty<Envelope> };
type Grown = { readonly place: Place; readonly log: TicketLog; tickets: number };
const costNames = ['one', 'few', 'thisWeek', 'anyWeek'] as const;
type CostName = (typeof costNames)[number];
/** The medians of the rounds, and all that was measured, in microseconds. */
type Measured = { readonly medians: Record<CostName, number[]>; readonly all: Record<CostName, number[]> };
export type Point = { readonly events: number; readonly cost: Spread };
export type Curve = { readonly name: string; readonly points: readonly Point[] };

const grow = async (grown: Grown, tickets: number): Promise<void> => {
  await grown.log.bookUntil(tickets);
  grown.tickets = tickets;
  const { store, rows } = grown.place;
  await catchUp({ store, codec, rows, clock: fixedClock(), logger: silentLogger }, [calendarTable], { batchSize: 5000 });
  await grown.place.rest();
};
const start = async (place: Place): Promise<Grown> => ({ place, log: await startTicketLog(place.store, codec, town), tickets: 0 });

/** Tickets that no log has, encoded beforehand: what is measured is the store. */
const lives = async (count: number): Promise<readonly Life[]> => {
  const made: Life[] = [];
  for (let n = 0; n < count; n += 1) {
    const { stream, entries } = lifeOf(outside + n, town);
    made.push({ stream, events: await envelopesOf(codec, stream, entries) });
  }
  return made;
};

/** Five events of a new ticket in one append. @returns how long each waited, in microseconds */
const appendAll = async (store: EventStore, ready: readonly Life[], at: number): Promise<readonly number[]> => {
  const taken: number[] = [];
  const left = ready.values();
  await Promise.all(
    Array.from({ length: at }, async () => {
      for (const { stream, events } of left) {
        const from = performance.now();
        const { kind } = await store.append(stream, { kind: 'no-stream' }, events);
        taken.push((performance.now() - from) * 1000);
        if (kind !== 'appended') throw new Error(`An append was answered with ${kind}.`);
      }
    }),
  );
  return taken;
};

/** What people look at: the last four weeks of the log, where it has so many. */
const newest = 4;

/** A week of any person, one of the last so many, as the API asks for it: names are opened. */
const askCalendar = async ({ place, tickets }: Grown, times: number, ofTheLast = Number.POSITIVE_INFINITY): Promise<readonly number[]> => {
  const ask = staffCalendar({ readModels: place.rows, personalData } as unknown as Ports);
  const perWeek = 5 * town.people * town.meetingsADay;
  const weeks = Math.floor(tickets / perWeek);
  const among = Math.min(weeks, ofTheLast);
  const taken: number[] = [];
  for (let time = 0; time < times; time += 1) {
    const from = weekOf((weeks - 1 - Math.floor(Math.random() * among)) * perWeek, town);
    const staffId = staffIdOf(Math.floor(Math.random() * town.people), town);
    const began = performance.now();
    const { meetings } = await ask({ whose: { staffId }, from, before: plusMinutes(from, week) });
    taken.push((performance.now() - began) * 1000);
    if (meetings.length !== 5 * town.meetingsADay) throw new Error(`The week has ${meetings.length} meetings.`);
  }
  return taken;
};

const nothingMeasured = (): Measured => ({
  medians: { one: [], few: [], thisWeek: [], anyWeek: [] },
  all: { one: [], few: [], thisWeek: [], anyWeek: [] },
});
const measure = async (grown: Grown, into: Measured): Promise<void> => {
  const { store } = grown.place;
  const [forOne, forFew] = [await lives(alone), await lives(together)];
  globalThis.gc?.();
  const costs: Record<CostName, readonly number[]> = {
    one: await appendAll(store, forOne, 1),
    few: await appendAll(store, forFew, writers),
    thisWeek: await askCalendar(grown, queries, newest),
    anyWeek: await askCalendar(grown, queries),
  };
  for (const name of costNames) {
    into.medians[name].push(medianOf(costs[name]));
    into.all[name].push(...costs[name]);
  }
};

const words = {
  one: 'append, 1 writer',
  few: `append, ${writers} writers`,
  thisWeek: 'a person’s week, of the newest four',
  anyWeek: 'a person’s week, any of all years',
} as const;

/** The same at every size, in turn with a log of the smallest size that was just made: the machine of the hour falls on both. */
const measureKind = async (
  kind: string,
  open: () => Promise<Place>,
  sizes: readonly number[],
  rounds: number,
): Promise<{ readonly figures: readonly Figure[]; readonly curves: readonly Curve[] }> => {
  const [least = 0] = sizes;
  const large = await start(await open());
  const figures: Figure[] = [];
  const curves: Record<CostName, Point[]> = { one: [], few: [], thisWeek: [], anyWeek: [] };
  for (const events of sizes) {
    const began = performance.now();
    await grow(large, events / eventsPerTicket);
    const small = await start(await open());
    await grow(small, least / eventsPerTicket);
    console.log(`${kind}: ${events.toLocaleString('en-US')} events after ${((performance.now() - began) / 1000).toFixed(0)} s more`);
    await measure(small, nothingMeasured());
    await measure(large, nothingMeasured());
    const [ofSmall, ofLarge] = [nothingMeasured(), nothingMeasured()];
    for (let round = 0; round < rounds; round += 1)
      for (const [which, into] of round % 2 === 0
        ? ([
            [small, ofSmall],
            [large, ofLarge],
          ] as const)
        : ([
            [large, ofLarge],
            [small, ofSmall],
          ] as const))
        await measure(which, into);
    await small.place.remove();
    for (const name of costNames) {
      curves[name].push({ events, cost: spreadOf(ofLarge.medians[name]) });
      const what = `${kind}, ${events.toLocaleString('en-US')} events: ${words[name]}`;
      figures.push(
        {
          what,
          unit: 'µs',
          raw: spreadOf(ofSmall.medians[name]),
          ours: spreadOf(ofLarge.medians[name]),
          ratio: ratios(ofLarge.medians[name], ofSmall.medians[name]),
          ...(events === sizes.at(-1) ? { target: { atMost: 1.2 } } : {}),
        },
        {
          what: `${what}, 99th percentile`,
          unit: 'µs',
          raw: spreadOf([quantile(ofSmall.all[name], 0.99)]),
          ours: spreadOf([quantile(ofLarge.all[name], 0.99)]),
        },
      );
    }
  }
  await large.place.remove();
  return {
    figures,
    curves: costNames.map((name) => ({ name: `${kind}, ${words[name]}`, points: curves[name] })),
  };
};

export const measureLong = async ({
  sizes,
  rounds,
}: {
  readonly sizes: readonly number[];
  readonly rounds: number;
}): Promise<{ readonly section: Section; readonly curves: readonly Curve[] }> => {
  const sqlite = await measureKind('SQLite', sqlitePlace, sizes, rounds);
  const postgres = await measureKind('PostgreSQL', postgresPlace, sizes, rounds);
  return {
    section: {
      title: 'What an append and a week cost as the log grows',
      against: 'small',
      rawMeans: `the same on a fresh log of ${(sizes[0] ?? 0).toLocaleString('en-US')} events, in turn with the large one. An append brings a new ticket’s five events, encoded beforehand. The query is the API’s for any one person’s week, twenty meetings with names decrypted: of the newest four weeks, and of all weeks of the log (nineteen years at ten million events). ${town.people} people have ${town.meetingsADay} meetings a day. The service’s projector fills the calendar.`,
      figures: [...sqlite.figures, ...postgres.figures],
      whereTheTimeGoes:
        'New streams and ids go to the right edge of every index, because both begin with the time: an append touches the same few pages at any length. Both stores read a week through one index of person and time, and only its own rows. The newest weeks are in memory; the rows of any week of nineteen years are on pages not read lately: the last line of each size shows their cost.',
    },
    curves: [...sqlite.curves, ...postgres.curves],
  };
};
