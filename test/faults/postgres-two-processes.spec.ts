import type { Pool } from 'pg';
import type { AppendResult, EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres, type Postgres } from '../../src/infrastructure/nest/postgres';
import { after, collected, notedEvents } from '../support/noted';
import { meetingPoint } from '../support/meeting-point';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { closing } from '../support/closing';

let database: TestDatabase;
let opened: readonly Postgres[] = [];
beforeEach(async () => {
  database = await createTestDatabase();
  opened = (await Promise.all([openPostgres({ url: database.url }), openPostgres({ url: database.url })])).map((one) => closing(one));
});

const rounds = process.env['FAULTS'] === 'full' ? 500 : 60;

/** Both see the same end of a stream and append to it at the same time, over and over. @returns how many were told that they wrote */
const race = async (appends: readonly EventStore['append'][]): Promise<number> => {
  let revision = -1;
  let winners = 0;
  for (let round = 0; round < rounds; round += 1) {
    const seen = revision;
    const results = await Promise.all(appends.map((append, who) => append('shared-1', after(seen), notedEvents(`${who}-${round}`, 1))));
    winners += results.filter(({ kind }) => kind === 'appended').length;
    revision = Math.max(...results.map((result: AppendResult) => result.revision));
  }
  return winners;
};

it('of two processes on one database, one writes each time, and the other is told who did', async () => {
  const stores = opened.map((postgres) => new PostgresEventStore(postgres));
  expect(await race(stores.map(({ append }) => append))).toBe(rounds);
  for (const store of stores) expect(await collected(store.read('shared-1'))).toHaveLength(rounds);
  await Promise.all(stores.map((store) => store.close()));
});

it('looking first and writing then, without the lock between, lets both write: the test would see it', async () => {
  await opened[0]?.pool.query('CREATE TABLE careless (stream text, revision integer)');
  const bothLooked = meetingPoint(2);
  const careless =
    (pool: Pool): EventStore['append'] =>
    async (stream, expected) => {
      const { rows } = await pool.query('SELECT max(revision) AS revision FROM careless WHERE stream = $1', [stream]);
      const revision = Number(rows[0].revision ?? -1);
      if (revision !== (expected.kind === 'at' ? expected.revision : -1)) return { kind: 'conflict', revision };
      await bothLooked();
      await pool.query('INSERT INTO careless VALUES ($1, $2)', [stream, revision + 1]);
      return { kind: 'appended', revision: revision + 1, position: '' };
    };
  expect(await race(opened.map(({ pool }) => careless(pool)))).toBeGreaterThan(rounds);
});

it('an append of one process wakes the subscribers of the other', async () => {
  const [writer, reader] = opened.map((postgres) => new PostgresEventStore(postgres));
  let woken = 0;
  reader?.whenAppended(() => (woken += 1));
  // the first sign is that of the connection itself
  while (woken === 0) await new Promise((resolve) => setTimeout(resolve, 5));
  await writer?.append('a-1', after(-1), notedEvents('one', 1));
  while (woken === 1) await new Promise((resolve) => setTimeout(resolve, 5));
  await Promise.all([writer?.close(), reader?.close()]);
});
