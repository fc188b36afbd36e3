import { openSqlite } from '@tichet-albastru/event-log/database/sqlite/driver';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { EventStore, Hash } from '@tichet-albastru/event-log/ports/event-store';
import { EventStoreDbEventStore } from '../../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openPostgres } from '../../../src/infrastructure/nest/postgres';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { SqliteReadModels, SqliteReadModelsReader } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { catchUp, followLog } from '@tichet-albastru/event-log/projector/projector';
import { rebuild } from '@tichet-albastru/event-log/projector/rebuild';
import { closing, emptyFolder } from '../../support/closing';
import { Emulator } from '../../support/eventstoredb/emulator';
import { onlineHistory } from '../../support/histories';
import { createTestDatabase } from '../../support/postgres';
import { counting, type CountRow } from './counting';
import { appendTo, asCase, sideBySide, ticketIdOfCase, type Told, type World, worldWith } from './world';

const facts = sideBySide(asCase(1, onlineHistory()));
/** Ids come from stream and revision: the newest event has the same one, and says something else. */
const otherwise = (told: Told): Told => ({ ...told, actor: { kind: 'system', id: 'gnikoob' } });
const [handled, next] = [facts.slice(0, -1), facts.slice(-1)];
const otherFacts = handled.map((told, index) => (index === handled.length - 1 ? otherwise(told) : told));

const inPostgres = async () => closing(await openPostgres({ url: (await createTestDatabase()).url }));

const logs: readonly (readonly [string, () => Promise<EventStore>])[] = [
  ['memory', () => Promise.resolve(createMemoryEventStore())],
  ['SQLite', async () => closing(await openSqliteEventStore({ folder: emptyFolder() }))],
  ['PostgreSQL', async () => closing(new PostgresEventStore(await inPostgres()))],
  ['EventStoreDB', async () => closing(new EventStoreDbEventStore({ url: closing(await Emulator.start()).url }))],
];
const models: readonly (readonly [string, () => Promise<World['rows']>])[] = [
  ['memory', () => Promise.resolve(new MemoryReadModels())],
  ['SQLite', () => Promise.resolve(closing(new SqliteReadModels(join(emptyFolder(), 'read-models.db'))))],
  ['PostgreSQL', async () => closing(new PostgresReadModels(await inPostgres()))],
];
const both = [
  ...logs.map(([log, openLog]) => ({
    log,
    openLog,
    tables: 'memory',
    openTables: () => Promise.resolve<World['rows']>(new MemoryReadModels()),
  })),
  ...models
    .slice(1)
    .map(([tables, openTables]) => ({ log: 'memory', openLog: () => Promise.resolve(createMemoryEventStore()), tables, openTables })),
];

type Opened = (typeof both)[number];

/** Tables that have handled one log, beside another one of the same length in which the newest event is another. */
const besideAnotherLog = async ({ openLog, openTables }: Opened) => {
  const world = worldWith(await openTables());
  const tellIn = async (store: EventStore, all: readonly Told[]) => {
    const tell = appendTo(store, world.codec);
    for (const told of all) await tell(told);
    return async (more: readonly Told[]) => {
      for (const told of more) await tell(told);
    };
  };
  const [store, other] = [await openLog(), await openLog()];
  const goOn = await tellIn(store, handled);
  const goOnThere = await tellIn(other, otherFacts);
  await world.rows.prepare(counting());
  await catchUp({ ...world, store }, [counting()]);
  expect(await other.end()).toBe(await store.end());
  return { world, store, other, goOn, goOnThere };
};

const counted = async (world: World): Promise<number | undefined> =>
  (await world.rows.get<CountRow>('counting', ticketIdOfCase(1)))?.events;

/** Follows that log until the projector says that it waits, or has handled so many events of the ticket. */
const follow = async (world: World, store: EventStore, until: number): Promise<'waits' | 'goes on'> => {
  const stop = new AbortController();
  const following = followLog({ ...world, store }, [counting()], { signal: stop.signal });
  try {
    for (;;) {
      if (world.lines.includes('projector-waits-for-the-log')) return 'waits';
      if ((await counted(world)) === until) return 'goes on';
      await sleep(10);
    }
  } finally {
    stop.abort();
    await following;
  }
};

it.each(both)(
  'tables in $tables that have handled a log in $log do not go on in another one that has the same id and another content there',
  async (opened) => {
    const { world, store, other, goOn, goOnThere } = await besideAnotherLog(opened);
    await goOnThere(next);
    const before = (await counted(world)) ?? 0;
    expect(await follow(world, other, before + 1)).toBe('waits');
    expect(await counted(world)).toBe(before);
    expect(await rebuild({ ...world, store: other }, counting())).toBe('log-lacks');
    // the log that they have handled
    await goOn(next);
    world.lines.length = 0;
    expect(await follow(world, store, before + 1)).toBe('goes on');
  },
);

it.each(both)(
  'tables in $tables of an earlier version, which keep the position only, go on in a log in $log that has any event there',
  async (opened) => {
    const { world, other, goOnThere } = await besideAnotherLog(opened);
    const rows: World['rows'] = Object.create(world.rows);
    const known: (Hash | undefined)[] = [];
    rows.builds = async () =>
      (await world.rows.builds()).map(({ hash, ...build }) => {
        known.push(hash);
        return build;
      });
    await goOnThere(next);
    const before = (await counted(world)) ?? 0;
    expect(await follow({ ...world, rows }, other, before + 1)).toBe('goes on');
    expect(known[0]).toMatch(/^[0-9a-f]{64}$/);
  },
);

it('a file of tables of an earlier version is opened, and keeps from then on what it has handled', async () => {
  const file = join(emptyFolder(), 'read-models.db');
  const before = worldWith(closing(new SqliteReadModels(file)));
  await before.tell(...handled);
  await before.rows.prepare(counting());
  await catchUp(before, [counting()]);
  const older = openSqlite(file);
  older.exec('ALTER TABLE builds DROP COLUMN stands');
  older.close();
  // by a command that only looks, before the service
  const looking = closing(new SqliteReadModelsReader(file));
  expect(await looking.place('counting')).toEqual({ position: await before.store.end() });
  const world = { ...before, rows: closing(new SqliteReadModels(file)) };
  expect(await world.rows.builds()).toMatchObject([{ projection: 'counting' }]);
  expect((await world.rows.builds())[0]).not.toHaveProperty('hash');
  await world.tell(...next);
  await catchUp(world, [counting()]);
  const [newest] = (await world.rows.builds()).map(({ hash }) => hash);
  const position = await world.store.end();
  expect(newest).toBe((await world.store.at?.(position))?.hash);
  expect(await world.rows.place('counting')).toEqual({ position, hash: newest });
  // a version that does not keep it moves the checkpoint alone: what is kept speaks of another position then
  const aside = openSqlite(file);
  aside.exec("UPDATE builds SET checkpoint = '00000000000000000001'");
  aside.close();
  expect((await world.rows.builds())[0]).not.toHaveProperty('hash');
});
