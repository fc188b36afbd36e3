import { Client } from 'pg';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { DatabaseUnusable } from '@tichet-albastru/event-log/database/postgres/database-unusable';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { createListener } from '@tichet-albastru/event-log/database/postgres/listener';
import { cutPower } from '../support/cut-power';
import { openDisk } from '../support/disk';
import { itOnDisks } from '../support/on-disks';
import { startTestServer } from '../support/postgres';
import { acknowledgedUntil } from './acknowledged-until';
import { standing } from './standing';

const full = process.env['FAULTS'] === 'full';
const cuts = 30;

const withServerOnADisk = async (work: (at: Awaited<ReturnType<typeof serverOnADisk>>) => Promise<void>): Promise<void> => {
  const at = await serverOnADisk();
  try {
    await work(at);
  } finally {
    await at.remove();
  }
};

const serverOnADisk = async () => {
  const disk = openDisk(2048);
  const server = await startTestServer(disk.folder);
  const { url } = await server.createDatabase();
  return {
    url,
    /** Lets a child append, and cuts the power under the server. @returns what the child had acknowledged */
    cutWhileAppending: async (...variant: readonly string[]): Promise<readonly string[]> => {
      const acknowledged = await acknowledgedUntil(
        { program: 'postgres-appending-child.ts', argv: [url, ...variant], within: 1500 },
        ({ pid }) => {
          cutPower(pid, disk);
        },
      );
      await server.crash();
      disk.start();
      await server.start();
      return acknowledged;
    },
    remove: async () => {
      await server.remove().catch(() => undefined);
      disk.remove();
    },
  };
};

const standingIn = async (url: string): Promise<ReadonlySet<string>> => {
  const [pool, listener] = [openPool({ url }), createListener(url)];
  const store = new PostgresEventStore({ pool, listener });
  try {
    return await standing(store);
  } finally {
    await store.close();
    await listener.close();
    await pool.end();
  }
};

/** Somebody takes the server's promise away, and the one that each append asks for as well. */
const withoutWaitingForTheDisk = async (url: string): Promise<void> => {
  await (await openPostgres({ url })).close();
  const client = new Client({ connectionString: url });
  await client.connect();
  try {
    const { rows } = await client.query(
      `SELECT current_database() AS name, pg_get_functiondef('tichet.append_events'::regproc) AS definition`,
    );
    const [{ name, definition }] = rows;
    await client.query(`ALTER DATABASE ${String(name)} SET synchronous_commit = off`);
    await client.query(String(definition).replace("IF current_setting('synchronous_commit') = 'off'", 'IF false'));
  } finally {
    await client.end();
  }
};

// too long for every run: there, the SQLite event store loses its power
const itCuts = full ? itOnDisks() : it.skip;

itCuts(`${cuts} power cuts under PostgreSQL under load take no acknowledged event, and the chains stay whole`, () =>
  withServerOnADisk(async ({ url, cutWhileAppending }) => {
    const acknowledged = new Set<string>();
    for (let cut = 0; cut < cuts; cut += 1) {
      for (const id of await cutWhileAppending()) acknowledged.add(id);
      const ids = await standingIn(url);
      expect([...acknowledged].filter((id) => !ids.has(id))).toEqual([]);
    }
    expect(acknowledged.size).toBeGreaterThan(cuts);
    process.stderr.write(`${JSON.stringify({ cuts, acknowledged: acknowledged.size })}\n`);
  }),
);

itCuts('with synchronous_commit=off, which this store refuses, a power cut takes what was acknowledged', () =>
  withServerOnADisk(async ({ url, cutWhileAppending }) => {
    await withoutWaitingForTheDisk(url);
    await expect(openPostgres({ url })).rejects.toThrow(DatabaseUnusable);
    let lost: readonly string[] = [];
    for (let cut = 0; cut < 10 && lost.length === 0; cut += 1) {
      const acknowledged = await cutWhileAppending('unasked');
      const ids = await standingIn(url);
      lost = acknowledged.filter((id) => !ids.has(id));
    }
    expect(lost).not.toEqual([]);
    process.stderr.write(`${JSON.stringify({ synchronousCommit: 'off', lost: lost.length })}\n`);
  }),
);
