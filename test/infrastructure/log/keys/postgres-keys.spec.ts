import { randomBytes } from 'node:crypto';
import { Client, type Pool } from 'pg';
import { openPostgres, type Postgres } from '../../../../src/infrastructure/nest/postgres';
import { KeyUnusable, type KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import { openPostgresKeyStore } from '@tichet-albastru/event-log/keys/postgres-key-store';
import { meetingPoint } from '../../../support/meeting-point';
import { createTestDatabase, type TestDatabase } from '../../../support/postgres';
import { closing } from '../../../support/closing';

const masterKey = Buffer.alloc(32, 5);
const full = process.env['FAULTS'] === 'full';
const rounds = full ? 200 : 20;

let database: TestDatabase;
let processes: readonly Postgres[] = [];
beforeAll(async () => {
  database = await createTestDatabase();
  processes = (await Promise.all([openPostgres({ url: database.url }), openPostgres({ url: database.url })])).map((one) => closing(one));
});
beforeEach(() => first().query('TRUNCATE tichet.keys, tichet.key_check'));

const first = (): Pool => {
  const [postgres] = processes;
  if (!postgres) throw new Error('no database');
  return postgres.pool;
};
const openAll = (): Promise<readonly KeyStore[]> => Promise.all(processes.map(({ pool }) => openPostgresKeyStore({ pool, masterKey })));
const hex = (keys: readonly (Buffer | undefined)[] | undefined): string => (keys ?? []).map((key) => key?.toString('hex') ?? '-').join();

/** Both want a name at the same time, over and over. @returns in how many rounds they got two keys */
const apart = async (stores: readonly Pick<KeyStore, 'obtain'>[]): Promise<number> => {
  let different = 0;
  for (let round = 0; round < rounds; round += 1) {
    const names = [`contact:ticket-${round}`, `record:ticket-${round}`];
    const got = await Promise.all(stores.map((store, who) => store.obtain(who === 0 ? names : [...names].reverse())));
    if (hex(got[0]) !== hex(got[1] && [...got[1]].reverse())) different += 1;
  }
  return different;
};

it('two processes that want a key at the same time get one key', async () => {
  expect(await apart(await openAll())).toBe(0);
});

it('looking first and making then gives them two: the test would see it', async () => {
  await first().query('CREATE TABLE careless (name text, key bytea)');
  const looked = new Map<string, () => Promise<void>>();
  /** Both have looked for this name before one of them makes its key. */
  const bothLooked = (name: string): Promise<void> => {
    const met = looked.get(name) ?? meetingPoint(2);
    looked.set(name, met);
    return met();
  };
  const careless = ({ pool }: Postgres): Pick<KeyStore, 'obtain'> => ({
    obtain: (names) =>
      Promise.all(
        names.map(async (name) => {
          const { rows } = await pool.query<{ readonly key: Buffer }>('SELECT key FROM careless WHERE name = $1', [name]);
          if (rows[0]) return rows[0].key;
          await bothLooked(name);
          const key = randomBytes(32);
          await pool.query('INSERT INTO careless VALUES ($1, $2)', [name, key]);
          return key;
        }),
      ),
  });
  expect(await apart(processes.map(careless))).toBeGreaterThan(0);
});

it('what one process destroys no process opens any more, and it never comes back, however they race', async () => {
  const [here, there] = await openAll();
  if (!here || !there) throw new Error('no stores');
  const [key] = await here.obtain(['contact:a']);
  expect(await there.find('contact:a')).toEqual(key);
  await here.destroy(['contact:a']);
  expect([await there.find('contact:a'), await there.obtain(['contact:a'])]).toEqual([undefined, [undefined]]);
  const names = Array.from({ length: rounds }, (_, round) => `contact:ticket-${round}`);
  await Promise.all([
    ...names.map((name) => here.obtain([name])),
    ...names.map((name) => there.obtain([name, 'name:request'])),
    ...names.map((name) => there.destroy([name])),
    here.destroy([...names].reverse()),
  ]);
  for (const store of [here, there]) expect(await store.obtain(names)).toEqual(names.map(() => undefined));
  expect(await here.destroyed()).toEqual(['contact:a', ...names].sort());
  expect(await there.find('name:request')).toBeDefined();
});

it('another master key is refused at the start, by whoever comes with it', async () => {
  const stranger = { pool: first(), masterKey: Buffer.alloc(32, 6) };
  const opened = await Promise.allSettled([openPostgresKeyStore({ pool: first(), masterKey }), openPostgresKeyStore(stranger)]);
  // of two at an empty database one was the first
  expect(opened.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
  const right = opened[0].status === 'fulfilled' ? masterKey : stranger.masterKey;
  const wrong = right === masterKey ? stranger.masterKey : masterKey;
  await expect(openPostgresKeyStore({ pool: first(), masterKey: right })).resolves.toBeDefined();
  await expect(openPostgresKeyStore({ pool: first(), masterKey: wrong })).rejects.toThrow(KeyUnusable);
});

describe('the bytes of a destroyed key', () => {
  /** What the files of the table hold, once the server has written them down. */
  const filesOfKeys = async (): Promise<Buffer> => {
    await first().query('CHECKPOINT');
    const { rows } = await first().query<{ readonly bytes: Buffer }>(
      `SELECT pg_read_binary_file(pg_relation_filepath(inhrelid)) AS bytes FROM pg_inherits WHERE inhparent = 'tichet.keys'::regclass`,
    );
    return Buffer.concat(rows.map(({ bytes }) => bytes));
  };
  const wrappedOf = async (name: string): Promise<Buffer> => {
    const { rows } = await first().query<{ readonly wrapped: Buffer }>('SELECT wrapped FROM tichet.keys WHERE name = $1', [name]);
    return rows[0]?.wrapped ?? Buffer.alloc(0);
  };
  const leftOver = async (): Promise<number> => (await first().query('SELECT FROM tichet.keys WHERE left_over')).rowCount ?? 0;

  /** @returns whether the file holds the bytes before, and after */
  const seen = async (destroy: (name: string, store: KeyStore) => Promise<unknown>): Promise<readonly boolean[]> => {
    const [store] = await openAll();
    if (!store) throw new Error('no store');
    await store.obtain(Array.from({ length: 300 }, (_, n) => `contact:ticket-${n}`));
    const wrapped = await wrappedOf('contact:ticket-7');
    expect(wrapped).toHaveLength(60);
    const before = (await filesOfKeys()).includes(wrapped);
    await destroy('contact:ticket-7', store);
    expect(await store.find('contact:ticket-7')).toBeUndefined();
    expect(await store.find('contact:ticket-8')).toBeDefined();
    return [before, (await filesOfKeys()).includes(wrapped)];
  };

  /** Somebody who reads for long, and sees all of it as it stood before: nothing that he could still see is cleaned away. */
  const besideReader = async (reads: string, work: () => Promise<void>): Promise<void> => {
    const reader = new Client({ connectionString: database.url });
    await reader.connect();
    try {
      await reader.query('BEGIN ISOLATION LEVEL REPEATABLE READ');
      await reader.query(reads);
      await work();
    } finally {
      await reader.end();
    }
  };

  it('are in no file of the table, also when somebody holds an old snapshot', () =>
    besideReader('SELECT 1', async () => {
      expect(await seen((name, store) => store.destroy([name]))).toEqual([true, false]);
      expect(await leftOver()).toBe(0);
    }));

  it.each(['SELECT 1', 'VACUUM tichet.keys', 'VACUUM FULL tichet.keys'])(
    'stay there when the row is only emptied, and then %s: the test would see it',
    (then) =>
      besideReader('SELECT 1', async () => {
        const emptied = async (name: string) => {
          await first().query('UPDATE tichet.keys SET wrapped = NULL WHERE name = $1', [name]);
          await first().query(then);
        };
        expect(await seen(emptied)).toEqual([true, true]);
      }),
  );

  it('are swept out at the next start when somebody was reading the table for long; the key is gone at once', async () => {
    await besideReader('SELECT FROM tichet.keys', async () => {
      expect(await seen((name, store) => store.destroy([name]))).toEqual([true, true]);
      expect(await leftOver()).toBe(1);
    });
    await openAll();
    expect(await leftOver()).toBe(0);
  });
});
