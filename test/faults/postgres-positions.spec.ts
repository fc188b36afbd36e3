import type { Pool } from 'pg';
import type { Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres, type Postgres } from '../../src/infrastructure/nest/postgres';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { after, collected, notedEvents, subscribed } from '../support/noted';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { closing } from '../support/closing';

const full = process.env['FAULTS'] === 'full';
const wanted = full ? 50_000 : 4000;
const processes = 4;
const writersEach = 4;
const eventsEach = 5;

let database: TestDatabase;
beforeEach(async () => {
  database = await createTestDatabase();
});

const sleep = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));
type Query = (statement: { readonly text: string; readonly values: unknown[] }) => Promise<unknown>;

/** The transaction of every twentieth statement is undone at its end, and another twentieth waits long with its commit. */
const troubled = async (pool: Pool, statement: Parameters<Query>[0]): Promise<unknown> => {
  const chance = Math.random();
  const client = await pool.connect();
  try {
    await client.query('BEGIN');
    const result = await client.query(statement);
    if (chance < 0.05) {
      await client.query('ROLLBACK');
      throw Object.assign(new Error('undone at the end'), { code: '57014' });
    }
    if (chance < 0.1) await sleep(5 + Math.random() * 25);
    await client.query('COMMIT');
    return result;
  } finally {
    client.release();
  }
};
const withTrouble = ({ pool, listener }: Postgres): Pick<Postgres, 'pool' | 'listener'> => {
  const query = pool.query.bind(pool) as unknown as Query;
  const faulty: Query = (statement) => (statement.text.includes('append_events') ? troubled(pool, statement) : query(statement));
  return { pool: Object.assign(Object.create(pool) as Pool, { query: faulty }), listener };
};

const writeAll = async (stores: readonly PostgresEventStore[]): Promise<ReadonlySet<string>> => {
  const acknowledged = new Set<string>();
  const appends = wanted / (processes * writersEach * eventsEach);
  await Promise.all(
    stores.flatMap((store, process) =>
      Array.from({ length: writersEach }, async (_, writer) => {
        const stream = `own-${process}_${writer}`;
        for (let turn = 0; turn < appends; turn += 1) {
          const events = notedEvents(`${stream}-${turn}`, eventsEach);
          const result = await store.append(stream, after(turn * eventsEach - 1), events);
          expect(result.kind).toMatch(/appended/);
          for (const { id } of events) acknowledged.add(id);
        }
      }),
    ),
  );
  return acknowledged;
};

const idsOf = (events: readonly Recorded[]): readonly string[] => events.map(({ id }) => id);

it(`16 writers of four processes, rollbacks and late commits: subscribers of ${wanted} events miss none and see them in order`, async () => {
  const opened = await Promise.all(Array.from({ length: processes }, () => openPostgres({ url: database.url, most: 6 })));
  const stores = opened.map((postgres) => new PostgresEventStore(withTrouble(postgres)));
  const early = stores.slice(0, 2).map((store) => subscribed(store.subscribe, wanted, [], 600_000));
  const acknowledged = await writeAll(stores);
  expect(acknowledged.size).toBe(wanted);
  const log = stores[0] ? await collected(stores[0].readAll()) : [];
  expect(new Set(idsOf(log))).toEqual(acknowledged);
  expect(log.map(({ position }) => Number(position))).toEqual(log.map((_, index) => index + 1));
  for (const seen of await Promise.all(early)) expect(idsOf(seen)).toEqual(idsOf(log));
  await Promise.all(stores.map((store) => store.close()));
  await Promise.all(opened.map((postgres) => postgres.close()));
});

it('a late commit makes a sequence with "position > last" lose an event: the test would see it', async () => {
  const pool = closing(openPool({ url: database.url, most: 3 }));
  await pool.query('CREATE TABLE naive (position bigserial PRIMARY KEY, id text NOT NULL)');
  const seen: string[] = [];
  let last = '0';
  const read = async (): Promise<void> => {
    const { rows } = await pool.query('SELECT position, id FROM naive WHERE position > $1 ORDER BY position', [last]);
    last = rows.at(-1)?.position ?? last;
    seen.push(...rows.map(({ id }) => String(id)));
  };
  const late = await pool.connect();
  await late.query('BEGIN');
  await late.query("INSERT INTO naive (id) VALUES ('late')");
  await pool.query("INSERT INTO naive (id) VALUES ('soon')");
  await read();
  await late.query('COMMIT');
  late.release();
  await read();
  expect(seen).toEqual(['soon']);
  expect((await pool.query('SELECT FROM naive')).rowCount).toBe(2);
});
