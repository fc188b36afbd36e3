import { EventStoreUnavailable, type AppendResult, type EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPostgres, type Postgres } from '../../src/infrastructure/nest/postgres';
import { openFaultyConnection, type Fault, type FaultyConnection } from '../support/faulty-connection';
import { after, collected, noStream, noted, notedEvents } from '../support/noted';
import { createTestDatabase, type TestDatabase } from '../support/postgres';
import { closing } from '../support/closing';

const full = process.env['FAULTS'] === 'full';
let database: TestDatabase;
let connection: FaultyConnection;
let postgres: Postgres;
let store: PostgresEventStore;
beforeEach(async () => {
  database = await createTestDatabase();
  connection = await openFaultyConnection(database.url);
  postgres = closing(await openPostgres({ url: connection.url }));
  store = closing(new PostgresEventStore(postgres));
});

describe('a commit', () => {
  it.each<{ fault: Fault; when: string; kind: string }>([
    { fault: 'answer-lost', when: 'whose answer is lost', kind: 'already-appended' },
    { fault: 'question-lost', when: 'that never reached the server', kind: 'appended' },
  ])('$when is settled by writing the same batch again', async ({ fault, kind }) => {
    await store.append('a-1', noStream, notedEvents('first', 2));
    connection.suffer((nth) => (nth < 2 ? fault : undefined));
    const answers = await Promise.all([
      store.append('a-1', after(1), notedEvents('second', 3)),
      store.append('a-2', noStream, notedEvents('other', 1)),
      store.append('a-1', after(0), notedEvents('stale', 1)),
    ]);
    expect(connection.happened()).toBe(2);
    expect(answers).toMatchObject([
      { kind, revision: 4, position: '5'.padStart(20, '0') },
      { kind, revision: 0, position: '6'.padStart(20, '0') },
      { kind: 'conflict', revision: 4 },
    ]);
    const log = await collected(store.readAll());
    expect(log.map(({ id }) => id)).toEqual(['first-0', 'first-1', 'second-0', 'second-1', 'second-2', 'other-0']);
  });

  it('whose server process is ended while it waits for its turn is made once', async () => {
    const other = closing(openPool({ url: database.url, most: 2 }));
    const holder = await other.connect();
    await holder.query('BEGIN');
    await holder.query('SELECT FROM tichet.head FOR UPDATE');
    const asked = store.append('a-1', noStream, notedEvents('one', 2));
    const waiting = `SELECT pid FROM pg_stat_activity WHERE application_name = 'tichet-service' AND wait_event_type = 'Lock' AND datname = current_database()`;
    while ((await other.query(waiting)).rows.length === 0) await new Promise(setImmediate);
    await other.query(`SELECT pg_terminate_backend(pid) FROM (${waiting}) AS w`);
    await holder.query('COMMIT');
    await expect(asked).resolves.toMatchObject({ kind: 'appended', revision: 1 });
    expect(await collected(store.readAll())).toHaveLength(2);
    holder.release();
  });

  it('of a database that stays away leaves everybody with "unavailable", and a later repetition with the truth', async () => {
    connection.cut();
    const asked = [store.append('a-1', noStream, notedEvents('one', 1)), store.append('a-2', noStream, notedEvents('two', 1))];
    for (const answer of await Promise.allSettled(asked))
      expect(answer).toMatchObject({ status: 'rejected', reason: expect.any(EventStoreUnavailable) as unknown });
    await expect(store.end()).rejects.toThrow(EventStoreUnavailable);
    await expect(collected(store.read('a-1'))).rejects.toThrow(EventStoreUnavailable);
    connection.mend();
    await expect(store.append('a-1', noStream, notedEvents('one', 1))).resolves.toMatchObject({ kind: 'appended' });
    expect(await collected(store.readAll())).toHaveLength(1);
  });

  it('of an append that the database cannot keep refuses that one alone', async () => {
    const impossible = { ...noted('nul'), body: 'a\0b' };
    const [first, second, third] = await Promise.allSettled([
      store.append('a-1', noStream, notedEvents('one', 1)),
      store.append('a-2', noStream, [impossible]),
      store.append('a-3', noStream, notedEvents('three', 1)),
    ]);
    expect(first).toMatchObject({ value: { kind: 'appended' } });
    expect(second).toMatchObject({ reason: { name: 'AppendRefused' } });
    expect(third).toMatchObject({ value: { kind: 'appended' } });
  });
});

/** Every third statement loses its way: there, or back. */
const everyThird = (nth: number): Fault | undefined => (nth % 3 > 0 ? undefined : nth % 2 > 0 ? 'answer-lost' : 'question-lost');

const writers = 8;
const turns = full ? 200 : 15;

/** @returns the number of events that were to be written */
const writeEverything = async (append: EventStore['append']): Promise<number> => {
  connection.suffer(everyThird);
  await Promise.all(
    Array.from({ length: writers }, async (_, writer) => {
      const stream = `own-${writer}`;
      let revision = -1;
      for (let turn = 0; turn < turns; turn += 1) {
        const events = notedEvents(`${stream}-${turn}`, 2);
        let result: AppendResult | undefined;
        while (result === undefined) result = await append(stream, after(revision), events).catch(() => undefined);
        revision = result.revision;
      }
    }),
  );
  return writers * turns * 2;
};
const bodies = async (): Promise<readonly string[]> => {
  const log = await collected(store.readAll());
  return log.map(({ body }) => body);
};

describe('under connections that are cut there and back', () => {
  it('everything is written once', async () => {
    const wanted = await writeEverything(store.append);
    expect(connection.happened()).toBeGreaterThan(3);
    const written = await bodies();
    expect(written).toHaveLength(wanted);
    expect(new Set(written).size).toBe(wanted);
  });

  it('a writer that decides anew after a lost answer writes twice: the test would see it', async () => {
    let fresh = 0;
    const anew: EventStore['append'] = async (stream, expected, events) => {
      // one statement, asked once: what comes of it is believed
      const { rows } = await postgres.pool.query(
        `SELECT kind, revision, position FROM tichet.append_events(ARRAY[$1], ARRAY[$2::integer], ARRAY[$3], ARRAY[0],
           ARRAY[1, 1], ARRAY[0, 1], $4, ARRAY['Noted', 'Noted'], $5, ARRAY[$6, $6]) /* tichet-append */`,
        [
          stream,
          expected.kind === 'at' ? expected.revision : -1,
          expected.kind === 'at' ? expected.hash : null,
          events.map(() => `fresh-${(fresh += 1)}`),
          events.map(({ body }) => body),
          'ab'.repeat(32),
        ],
      );
      const [row] = rows;
      return row.kind === 'conflict' ? anew(stream, after(row.revision), events) : row;
    };
    const wanted = await writeEverything(anew);
    expect((await bodies()).length).toBeGreaterThan(wanted);
  });
});
