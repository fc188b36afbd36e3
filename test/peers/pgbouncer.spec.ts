import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Client, Pool } from 'pg';
import { EventStoreUnavailable, type Envelope } from '@tichet-albastru/event-log/ports/event-store';
import { inTransaction } from '@tichet-albastru/event-log/database/postgres/in-transaction';
import { leaseRow } from '@tichet-albastru/event-log/database/postgres/lease';
import { createListener } from '@tichet-albastru/event-log/database/postgres/listener';
import { openPool, type Behind } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPoolAt } from '@tichet-albastru/event-log/database/postgres/open-pool-at';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { processesOn } from '../../src/infrastructure/log/keys/rotation/rewrap-postgres';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { openPostgresOperations } from '../../src/infrastructure/tables/operations/postgres-operations';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { eventStoreContract } from '@tichet-albastru/event-log/testing/event-store-contract';
import { operationsContract } from '../../src/infrastructure/testing/operations-contract';
import { readModelsContract } from '@tichet-albastru/event-log/testing/read-models-contract';
import { environmentOf, tichetIn } from '../infrastructure/tools/command-line/captured';
import { cleanRace, raced } from '../faults/over-http/race';
import { closing, emptyFolder } from '../support/closing';
import { startPgBouncer, type PoolMode } from '../support/peers/pgbouncer';
import { describeWith, inFull } from '../support/peers/program';
import { askDatabase, createTestDatabase } from '../support/postgres';
import { createServices } from '../support/service';

const root = join(__dirname, '..', '..');
/** `max_prepared_statements = 0` is what there was before 1.21: no statement has a name that outlives its transaction. */
const asOld = { max_prepared_statements: 0 };
/** What documents elsewhere advise: the parameters are let in, and nobody obeys them. */
const toldToIgnore = { ignore_startup_parameters: 'statement_timeout,idle_in_transaction_session_timeout,options' };

const setups = (['session', 'transaction'] as const).flatMap((mode) => [
  { mode, more: asOld, title: `${mode} pooling without named statements` },
  ...(inFull ? [{ mode, more: {}, title: `${mode} pooling as it is by default` }] : []),
]);

const databaseBehind = async (mode: PoolMode, more: Parameters<typeof startPgBouncer>[2] = asOld) => {
  const { url: direct } = await createTestDatabase();
  const pooler = await startPgBouncer(direct, mode, more);
  return { direct, url: pooler.of(direct), pooler };
};

const factOf = (id: string): Envelope => ({ id, type: 'Noted', body: '{}', hash: '00'.repeat(32) });

describeWith(['pgbouncer'], 'behind PgBouncer', () => {
  describe.each(setups)('$title', ({ mode, more }) => {
    let pooler: Awaited<ReturnType<typeof startPgBouncer>>;
    beforeAll(async () => {
      pooler = await startPgBouncer((await createTestDatabase()).url, mode, more);
    });
    const fresh = async () => {
      const { url, drop } = await createTestDatabase();
      return { url: pooler.of(url), drop };
    };

    // in a session pool a connection is what it is at the server itself, limits and names included
    if (inFull || mode === 'transaction') {
      it.each(eventStoreContract)('the log: $promise', async ({ check }) => {
        const { url } = await fresh();
        const open = async () => {
          const postgres = closing(await openPostgres({ url }));
          return closing(new PostgresEventStore(postgres));
        };
        await expect(check({ store: await open(), reopen: open })).resolves.toBeUndefined();
      });

      it.each(readModelsContract)('the tables: $promise', async ({ check }) => {
        const postgres = closing(await openPostgres(await fresh()));
        await expect(check(() => closing(new PostgresReadModels(postgres)))).resolves.toBeUndefined();
      });

      it.each(operationsContract)('operations: $promise', async ({ check }) => {
        const { url } = await fresh();
        const open = async () => {
          const { pool } = closing(await openPostgres({ url }));
          // a thousand at once wait for their turn as long as this machine takes
          Object.assign(pool.options, { connectionTimeoutMillis: 0, query_timeout: 0 });
          return openPostgresOperations({ pool, answerKey: Buffer.alloc(32, 3) });
        };
        await expect(check({ operations: await open(), reopen: open })).resolves.toBeUndefined();
      });
    }

    it('two processes race for the same places: each is given once', async () => {
      const { url } = await fresh();
      const services = await createServices(2, { TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: url });
      const race = inFull ? { connections: 32, racers: 1000, places: 40 } : { connections: 8, racers: 40, places: 4 };
      expect(await raced(services, race)).toEqual(cleanRace(2, race.places));
      for (const service of services) expect(service.output()).toContain(`"kind":"${mode}-pool"`);
    });
  });

  describe('the probe', () => {
    const namedAs = async (url: string): Promise<Behind> => {
      const { pool, behind } = await openPoolAt({ url });
      await pool.end();
      return behind;
    };

    it.each([
      ['session', asOld],
      ['session', toldToIgnore],
      ['transaction', asOld],
      ['transaction', toldToIgnore],
      ['transaction', { default_pool_size: 1 }],
      ['transaction', { server_round_robin: 1, default_pool_size: 2 }],
    ] as const)('names %s pooling with %o', async (mode, more) => {
      expect(await namedAs((await databaseBehind(mode, more)).url)).toBe(`${mode}-pool`);
    });

    it.each(['session', 'transaction'] as const)('is needed: the connection of before was refused in %s pooling', async (mode) => {
      const former = closing(openPool({ url: (await databaseBehind(mode)).url }));
      await expect(former.query('SELECT 1')).rejects.toThrow(/unsupported startup parameter/);
    });

    it('names the server itself', async () => {
      expect(await namedAs((await createTestDatabase()).url)).toBe('server');
    });

    it('names both also while many others work there', async () => {
      for (const mode of ['session', 'transaction'] as const) {
        const { url } = await databaseBehind(mode, { default_pool_size: 8 });
        const enough = new AbortController();
        const others = closing(new Pool({ connectionString: url, max: 4 }));
        const work = Array.from({ length: 4 }, async () => {
          while (!enough.signal.aborted) await others.query('SELECT pg_sleep(random() / 500)');
        });
        for (let time = 0; time < 10; time += 1) expect(await namedAs(url)).toBe(`${mode}-pool`);
        enough.abort();
        await Promise.all(work);
      }
    });

    it('refuses a pool of statements, where no transaction is possible', async () => {
      const { url } = await databaseBehind('statement');
      await expect(openPostgres({ url })).rejects.toThrow(/pool_mode to transaction/);
    });

    it('says what is lost without a direct address, and with one that leads elsewhere or nowhere', async () => {
      const { url, direct, pooler } = await databaseBehind('transaction');
      const elsewhere = (await createTestDatabase()).url;
      const unheard = async (directUrl?: string) =>
        closing(await openPostgres({ url, ...(directUrl !== undefined && { directUrl }) })).unheard;
      expect({
        without: await unheard(),
        pooled: await unheard(pooler.of(direct)),
        elsewhere: await unheard(elsewhere),
        silent: await unheard('postgres://nobody@127.0.0.1:1/nothing'),
        direct: await unheard(direct),
      }).toEqual({
        without: 'no-direct-address',
        pooled: 'direct-address-pooled',
        elsewhere: 'direct-address-elsewhere',
        silent: 'direct-address-silent',
        direct: undefined,
      });
    });

    it('is heard by the doctor', async () => {
      const { url, direct } = await databaseBehind('transaction');
      const folder = emptyFolder();
      const environment = { ...environmentOf(folder), TICHET_EVENT_STORE: 'postgres', TICHET_POSTGRES_URL: url };
      const file = join(folder, 'staff.csv');
      writeFileSync(
        file,
        'staffId,name,role,department,departmentCode,email\ns001,Zoltán Marc,head-of-service,Urbanism,425,s001@primarie.example\n',
      );
      expect(await tichetIn(environment, ['import', 'staff', file])).toMatchObject({ exit: 0 });
      const checks = async (more: object): Promise<unknown> => {
        const { stdout } = await tichetIn({ ...environment, ...more }, ['doctor', '--json']);
        const { findings } = JSON.parse(stdout) as { readonly findings: readonly { readonly check: string }[] };
        return findings.map(({ check }) => check).filter((check) => check.startsWith('database'));
      };
      expect(await checks({})).toEqual(['database-not-heard']);
      expect(await checks({ TICHET_POSTGRES_DIRECT_URL: direct })).toEqual([]);
    });
  });

  describe('a process that stands still in the middle of a transaction', () => {
    const holding = async (url: string, variant = 'now') => {
      const child = spawn(
        process.execPath,
        ['--require', './test/support/typescript-in-threads.cjs', 'test/support/peers/holding-child.ts', url, variant],
        { cwd: root, stdio: ['ignore', 'pipe', 'inherit'] },
      );
      closing({ stop: () => child.kill('SIGKILL') });
      await once(child.stdout, 'data');
    };

    it.each(['session', 'transaction'] as const)('gives its locks back in %s pooling', async (mode) => {
      const { url } = await databaseBehind(mode);
      const store = closing(new PostgresEventStore(closing(await openPostgres({ url }))));
      await holding(url);
      let answer = 'unknown';
      // the answer may be lost to the wait; the same append again tells
      while (answer === 'unknown') answer = (await store.append('ticket-1', { kind: 'no-stream' }, [factOf('1')])).kind;
      expect(answer).toMatch(/appended/);
    });

    it('kept them for ever when the limits came with a connection whose pooler was told to ignore them', async () => {
      const { url, direct } = await databaseBehind('transaction', { ...asOld, ...toldToIgnore });
      await (await openPostgres({ url })).close();
      await holding(url, 'former');
      const limitsOf = async (pool: Pool) =>
        inTransaction(pool, async (client) => {
          const { rows } = await client.query<{ readonly limits: string }>(
            `SELECT current_setting('statement_timeout') || ' ' || current_setting('idle_in_transaction_session_timeout') AS limits`,
          );
          return rows[0]?.limits;
        });
      const former = closing(openPool({ url }));
      const { pool } = await openPoolAt({ url });
      expect([await limitsOf(former), await limitsOf(closing(pool))]).toEqual(['0 0', '10s 5s']);
      // longer than the limit that nobody obeys
      await sleep(6000);
      const held = await askDatabase(direct, `SELECT FROM pg_locks WHERE relation = 'tichet.head'::regclass AND granted`);
      expect(held.length).toBeGreaterThan(0);
    });
  });

  describe('in transaction pooling', () => {
    /** One connection to the server, so that whoever asks meets what anybody left on it. */
    const onOneConnection = () => databaseBehind('transaction', { ...asOld, default_pool_size: 1 });
    const leftOn = async (url: string): Promise<readonly string[]> =>
      (
        await askDatabase<{ readonly what: string }>(
          url,
          `SELECT pg_listening_channels() AS what UNION ALL SELECT name FROM pg_prepared_statements
           UNION ALL SELECT name FROM pg_settings WHERE source = 'session' AND name NOT IN ('application_name', 'client_encoding')
           UNION ALL SELECT 'a lock' FROM pg_locks WHERE pid = pg_backend_pid() AND locktype = 'advisory'`,
        )
      ).map(({ what }) => what);

    it('nothing is left on the connection: no channel, no statement, no setting, no lock', async () => {
      const { url } = await onOneConnection();
      const postgres = closing(await openPostgres({ url }));
      const store = closing(new PostgresEventStore(postgres));
      const tables = closing(new PostgresReadModels(postgres));
      expect((await store.append('ticket-1', { kind: 'no-stream' }, [factOf('1')])).kind).toBe('appended');
      await tables.builds();
      expect(await leftOn(url)).toEqual([]);
    });

    it('who serves the database is seen by the leases: the names of connections stay when their processes have gone', async () => {
      const { url } = await onOneConnection();
      await (await openPostgres({ url, purpose: 'service' })).close();
      const { pool, behind } = await openPoolAt({ url, purpose: 'rotation' });
      expect(await processesOn(closing(pool), behind)).toEqual([]);
      const row = leaseRow(pool, { name: 'projections', holder: 'one', token: randomUUID(), milliseconds: 3_600_000 });
      expect(await row.take()).toBe('yes');
      expect(await processesOn(pool, behind)).toEqual(['one']);
    });

    it('a listener, a named statement, a setting of the session would be: this is how it is seen', async () => {
      const { url } = await onOneConnection();
      const listener = closing(createListener(url));
      await new Promise<void>((resolve) => {
        listener.on('tichet_events', () => {
          resolve();
        });
      });
      const client = new Client({ connectionString: url });
      await client.connect();
      await client.query({ name: 'named', text: 'SELECT 1' });
      await client.query('SET statement_timeout = 10000; SELECT pg_advisory_lock(1)');
      await client.end();
      await listener.close();
      expect((await leftOn(url)).toSorted()).toEqual(['a lock', 'named', 'statement_timeout', 'tichet_events']);
    });

    it('connections that the server ends under load: what was acknowledged stands once, and every answer is the one that was asked for', async () => {
      const { url, direct } = await databaseBehind('transaction', { ...asOld, default_pool_size: 4, server_login_retry: 1 });
      const store = closing(new PostgresEventStore(closing(await openPostgres({ url }))));
      let cut = 0;
      const cutting = async (): Promise<void> => {
        while (cut < (inFull ? 200 : 20)) {
          const busy = `datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'`;
          cut += (await askDatabase(direct, `SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE ${busy}`)).length;
          await sleep(20);
        }
      };
      const lasting = { is: true };
      const streams: string[] = [];
      const idsOf = async (stream: string): Promise<readonly string[] | undefined> => {
        const ids: string[] = [];
        try {
          for await (const { id } of store.read(stream)) ids.push(id);
          return ids;
        } catch (error) {
          if (error instanceof EventStoreUnavailable) return undefined;
          throw error;
        }
      };
      const write = async (_: unknown, writer: number): Promise<void> => {
        for (let n = 0; lasting.is; n += 1) {
          const stream = `ticket-${writer}-${n}`;
          let kind = 'unknown';
          while (kind === 'unknown')
            kind = (await store.append(stream, { kind: 'no-stream' }, [factOf(`${stream}-1`), factOf(`${stream}-2`)])).kind;
          streams.push(stream);
          let ids: readonly string[] | undefined;
          while (ids === undefined) ids = await idsOf(stream);
          expect([kind.replace('already-', ''), ids]).toEqual(['appended', [`${stream}-1`, `${stream}-2`]]);
        }
      };
      const writing = Promise.all(Array.from({ length: 8 }, write));
      await Promise.race([cutting(), writing]);
      lasting.is = false;
      await writing;
      const positions =
        'SELECT count(*)::integer AS events, max(position)::integer AS last, count(DISTINCT stream)::integer AS streams FROM tichet.events';
      expect(await askDatabase(direct, positions)).toEqual([
        { events: 2 * streams.length, last: 2 * streams.length, streams: streams.length },
      ]);
    });

    it('what others append is heard over the direct address', async () => {
      const { url, direct } = await databaseBehind('transaction');
      const one = closing(await openPostgres({ url }));
      const other = closing(await openPostgres({ url, directUrl: direct }));
      const heard = new Promise<string>((resolve) => {
        other.listener.on('tichet_events', (payload) => {
          if (payload !== undefined) resolve(payload);
          else void closing(new PostgresEventStore(one)).append('ticket-1', { kind: 'no-stream' }, [factOf('1')]);
        });
      });
      expect(await heard).toBe('1');
    });

    it('what others append is found by looking where there is none', async () => {
      const { url } = await databaseBehind('transaction');
      const [one, other] = [closing(await openPostgres({ url })), closing(await openPostgres({ url }))];
      const follows = closing(new PostgresEventStore(other));
      const events = follows.subscribe({ signal: new AbortController().signal })[Symbol.asyncIterator]();
      expect((await events.next()).value).toHaveProperty('kind', 'caught-up');
      const found = events.next();
      await closing(new PostgresEventStore(one)).append('ticket-1', { kind: 'no-stream' }, [factOf('1')]);
      expect((await found).value).toHaveProperty('id', '1');
    });
  });
});
