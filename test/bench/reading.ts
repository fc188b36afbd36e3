import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { dataFiles, pathIn } from '../../src/infrastructure/database/data-folder/data-files';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { benchCodec, writeTickets } from './support/logs';
import { inTurn, ratios, secondsFor, spreadOf } from './support/measuring';
import type { Section } from './support/report';
import { freshFolder } from './support/stores';

/** Every event in order, each parsed: what a reader needs at least. @returns how many */
const rawReading = (path: string): number => {
  const log = openSqlite(path, { readonly: true });
  let events = 0;
  for (const { data } of log
    .prepare<[], { data: string }>('SELECT position, stream, revision, id, type, data, hash FROM events ORDER BY position')
    .iterate()) {
    if ((JSON.parse(data) as { version: number }).version > 0) events += 1;
  }
  log.close();
  return events;
};

export const measureReading = async ({
  events: wanted,
  rounds,
}: {
  readonly events: number;
  readonly rounds: number;
}): Promise<Section> => {
  const folder = freshFolder();
  const store = await openSqliteEventStore({ folder });
  await writeTickets(store, Math.ceil(wanted / 5));
  const events = Number(await store.end());
  const codec = benchCodec();
  const perSecond = async (read: () => Promise<number>): Promise<number> => {
    let count = 0;
    const seconds = await secondsFor(async () => {
      count = await read();
    });
    if (count !== events) throw new Error(`${count} of ${events} events were read.`);
    return events / seconds;
  };
  const path = pathIn(folder, dataFiles.events);
  const rates = await inTurn(rounds, {
    raw: () => perSecond(() => Promise.resolve(rawReading(path))),
    parsed: () =>
      perSecond(async () => {
        let count = 0;
        for await (const { body } of store.readAll()) if ((JSON.parse(body) as { version: number }).version > 0) count += 1;
        return count;
      }),
    unparsed: () =>
      perSecond(async () => {
        let count = 0;
        for await (const { revision } of store.readAll()) if (revision >= 0) count += 1;
        return count;
      }),
    decoded: () =>
      perSecond(async () => {
        let count = 0;
        for await (const recorded of store.readAll()) if (codec.decode(recorded).version > 0) count += 1;
        return count;
      }),
  });
  await store.close();
  const raw = spreadOf(rates.raw);
  const figure = (what: string, name: keyof typeof rates, atLeast?: number) => ({
    what,
    unit: 'events/s',
    raw,
    ours: spreadOf(rates[name]),
    ratio: ratios(rates[name], rates.raw),
    ...(atLeast === undefined ? {} : { target: { atLeast } }),
  });
  return {
    title: `Reading ${events.toLocaleString('en-US')} events in global order`,
    rawMeans: 'one `SELECT` of the same seven columns by position, `iterate()`, `JSON.parse` of every body.',
    figures: [
      figure('readAll and JSON.parse', 'parsed', 1),
      figure('readAll, bodies as they are', 'unparsed'),
      figure('readAll, decoded and checked', 'decoded'),
    ],
    whereTheTimeGoes:
      'Batches of a thousand rows by key, as arrays, cost a third of a cursor; over half of the rest is `JSON.parse`. Decoding also checks each field’s schema and each encrypted field’s place.',
  };
};
