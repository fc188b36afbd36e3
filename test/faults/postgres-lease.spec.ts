import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Pool } from 'pg';
import { createLease, type Lease } from '@tichet-albastru/event-log/database/postgres/lease';
import { openPostgres, type Postgres } from '../../src/infrastructure/nest/postgres';
import { meetingPoint } from '../support/meeting-point';
import { createTestDatabase, startTestServer, type TestDatabase } from '../support/postgres';
import { closing } from '../support/closing';

const full = process.env['FAULTS'] === 'full';
const root = join(__dirname, '..', '..');
const until = async (condition: () => boolean): Promise<void> => {
  while (!condition()) await sleep(5);
};

describe('of several who want a lease', () => {
  const contenders = 4;
  const turns = full ? 200 : 24;
  let database: TestDatabase;
  let opened: readonly Postgres[] = [];
  beforeEach(async () => {
    database = await createTestDatabase();
    opened = await Promise.all(Array.from({ length: contenders }, async () => closing(await openPostgres({ url: database.url, most: 3 }))));
    await opened[0]?.pool.query('CREATE TABLE deeds (turn integer, at timestamptz DEFAULT clock_timestamp())');
  });

  /** Each does a few deeds whenever it has the lease. @returns how many turns began before another had ended, by the database's clock */
  const overlaps = async (make: (postgres: Postgres, who: number) => Lease): Promise<number> => {
    const enough = new AbortController();
    let turn = 0;
    const contend = async (postgres: Postgres, who: number): Promise<void> => {
      const lease = make(postgres, who);
      while (!enough.signal.aborted)
        await lease.held(enough.signal, async (_signal, isHeld) => {
          turn += 1;
          const mine = turn;
          if (mine >= turns) enough.abort();
          for (let deed = 0; deed < 3 && isHeld(); deed += 1) await postgres.pool.query('INSERT INTO deeds (turn) VALUES ($1)', [mine]);
        });
    };
    await Promise.all(opened.map(contend));
    const overlapping = await opened[0]?.pool.query(
      `WITH stretches AS (SELECT turn, min(at) AS begins, max(at) AS ends FROM deeds GROUP BY turn)
       SELECT FROM stretches a JOIN stretches b ON a.turn < b.turn AND a.begins <= b.ends AND b.begins <= a.ends`,
    );
    expect(turn).toBeGreaterThanOrEqual(turns);
    return overlapping?.rowCount ?? 0;
  };

  const milliseconds = 60_000;
  it('one has it at any instant, and who waits gets it as soon as it is given back', async () => {
    // the next try is an hour away: whoever gets it was told
    const make = ({ pool, listener }: Postgres) =>
      createLease({ pool, listener, name: 'deeds', holder: 'one', milliseconds, tryEvery: 3_600_000 });
    expect(await overlaps(make)).toBe(0);
  });

  /** Looks whether it is free and takes it then; the first time all of them look before one takes it. */
  const careless = (pool: Pool, now: () => number, allHaveLooked: () => Promise<void>): Lease => ({
    held: async (signal, work) => {
      await pool.query('CREATE TABLE IF NOT EXISTS careless (until double precision)').catch(() => undefined);
      while (!signal.aborted) {
        const { rows } = await pool.query<{ readonly until: number }>('SELECT max(until) AS until FROM careless');
        await allHaveLooked();
        if ((rows[0]?.until ?? 0) <= now()) {
          await pool.query('INSERT INTO careless VALUES ($1)', [now() + milliseconds]);
          await work(signal, () => true);
          await pool.query('DELETE FROM careless');
          return;
        }
        await sleep(5);
      }
    },
  });

  it('two have it when it is looked at first and taken then: the test would see it', async () => {
    const allHaveLooked = meetingPoint(contenders);
    expect(await overlaps(({ pool }) => careless(pool, Date.now, allHaveLooked))).toBeGreaterThan(0);
  });

  it('two have it when it is judged by the clock of a process that goes ahead: the test would see it', async () => {
    // under a lock, so that nothing but the clock is wrong
    const locked = ({ pool }: Postgres, who: number): Lease => ({
      held: async (signal, work) => {
        const now = (): number => Date.now() + (who === 0 ? 3_600_000 : 0);
        await pool.query('CREATE TABLE IF NOT EXISTS by_clock (single boolean PRIMARY KEY, until double precision)').catch(() => undefined);
        while (!signal.aborted) {
          const { rowCount } = await pool
            .query(
              `INSERT INTO by_clock AS c VALUES (true, $1) ON CONFLICT (single) DO UPDATE SET until = excluded.until WHERE c.until <= $2`,
              [now() + milliseconds, now()],
            )
            .catch(() => ({ rowCount: 0 }));
          if (rowCount === 1) {
            await work(signal, () => true);
            await pool.query('UPDATE by_clock SET until = 0');
            return;
          }
          await sleep(1);
        }
      },
    });
    expect(await overlaps(locked)).toBeGreaterThan(0);
  });
});

describe('of several processes that want a lease', () => {
  type Deed = { readonly who: string; readonly kind: string; readonly at: bigint };
  let database: TestDatabase;
  let deeds: Deed[] = [];
  const children = new Map<string, ChildProcess>();
  beforeEach(async () => {
    database = await createTestDatabase();
    deeds = [];
    // the tables are there before the first child
    await (await openPostgres({ url: database.url })).close();
  });
  afterEach(async () => {
    for (const child of children.values()) {
      if (child.exitCode !== null || child.signalCode !== null) continue;
      const ended = once(child, 'exit');
      child.kill('SIGKILL');
      await ended;
    }
    children.clear();
  });

  const start = (who: string, variant?: string): void => {
    const preload = join(root, 'test', 'support', 'typescript-in-threads.cjs');
    const child = spawn(
      process.execPath,
      ['--require', preload, join(__dirname, 'lease-child.ts'), database.url, who, ...(variant ? [variant] : [])],
      { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
    );
    children.set(who, child);
    let line = '';
    child.stdout.on('data', (bytes: Buffer) => {
      const lines = (line + bytes.toString()).split('\n');
      line = lines.pop() ?? '';
      for (const [name = '', kind = '', at = '0'] of lines.map((said) => said.split(' '))) deeds.push({ who: name, kind, at: BigInt(at) });
    });
  };
  const newest = (): Deed | undefined => deeds.at(-1);
  const did = (who: string): readonly Deed[] => deeds.filter((deed) => deed.who === who && deed.kind === 'does');
  const signalTo = (who: string, signal: NodeJS.Signals): void => {
    children.get(who)?.kill(signal);
  };
  /** Of others than `who`. */
  const anotherDoes = (who: string) => until(() => deeds.some((deed) => deed.who !== who && deed.kind === 'does'));

  it('another does the work after the holder was killed, and after that one was told to end', async () => {
    start('a');
    await until(() => did('a').length > 3);
    for (const who of ['b', 'c']) start(who);
    signalTo('a', 'SIGKILL');
    await anotherDoes('a');
    const second = newest()?.who ?? '';
    const third = second === 'b' ? 'c' : 'b';
    const exited = new Promise((resolve) => children.get(second)?.once('exit', resolve));
    signalTo(second, 'SIGTERM');
    await until(() => did(third).length > 3);
    expect(await exited).toBe(0);
    const [lastOfSecond] = deeds.filter(({ who, kind }) => who === second && kind === 'ends');
    const [firstOfThird] = did(third);
    expect(firstOfThird?.at ?? 0n).toBeGreaterThan(lastOfSecond?.at ?? 0n);
  });

  /** @returns what the stopped holder did after another had begun */
  const doneAfterStandstill = async (variant?: string): Promise<number> => {
    start('a', variant);
    await until(() => did('a').length > 3);
    start('b');
    signalTo('a', 'SIGSTOP');
    await until(() => did('b').length > 3);
    signalTo('a', 'SIGCONT');
    await until(() => deeds.some(({ who, kind }) => who === 'a' && kind === 'ends'));
    const [begun] = did('b');
    return did('a').filter(({ at }) => at > (begun?.at ?? 0n)).length;
  };

  it('one that stood still and wakes does nothing more', async () => {
    expect(await doneAfterStandstill()).toBe(0);
  });

  it('one that trusts its last answer goes on for a while: the test would see it', async () => {
    expect(await doneAfterStandstill('trusting')).toBeGreaterThan(0);
  });
});

describe('when the database is away', () => {
  it('the work is stopped, and begins again when it is back', async () => {
    const server = await startTestServer();
    const { url } = await server.createDatabase();
    const postgres = closing(await openPostgres({ url }));
    const lease = createLease({ ...postgres, name: 'deeds', holder: 'one', milliseconds: 1000, tryEvery: 100 });
    const told: string[] = [];
    const ends = new AbortController();
    const held = lease.held(ends.signal, async (signal) => {
      told.push('begins');
      await new Promise((resolve) => {
        signal.addEventListener('abort', resolve);
        if (signal.aborted) resolve(undefined);
      });
      told.push('stops');
    });
    await until(() => told.length === 1);
    await server.crash();
    await until(() => told.length === 2);
    await server.start();
    await until(() => told.length === 3);
    ends.abort();
    await held;
    expect(told).toEqual(['begins', 'stops', 'begins', 'stops']);
    const { rowCount } = await postgres.pool.query('SELECT FROM tichet.leases');
    expect(rowCount).toBe(0);
  });

  it('an error of the work is told, and the lease is given back', async () => {
    const database = await createTestDatabase();
    const postgres = closing(await openPostgres({ url: database.url }));
    const lease = createLease({ ...postgres, name: 'deeds', holder: 'one' });
    await expect(lease.held(new AbortController().signal, () => Promise.reject(new Error('broken')))).rejects.toThrow('broken');
    expect((await postgres.pool.query('SELECT FROM tichet.leases')).rowCount).toBe(0);
  });
});
