import { Client } from 'pg';
import { EventStoreUnavailable, type Envelope, type EventStore, type NonEmpty } from '@tichet-albastru/event-log/ports/event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openPostgres, type Postgres } from '../../src/infrastructure/nest/postgres';
import { type Disk, openDisk } from '../support/disk';
import { fillDisk } from '../support/fill-disk';
import { after, collected, noStream, noted } from '../support/noted';
import { itOnDisks } from '../support/on-disks';
import { startTestServer } from '../support/postgres';

const eventsInAnAppend = 50;

/** Some 200 KB; random, so that the server cannot press them together. */
const bulky = (name: string): NonEmpty<Envelope> => {
  const one = (place: number): Envelope => ({
    ...noted(`${name}-${place}`),
    body: JSON.stringify({ noise: Array.from({ length: 4000 }, () => Math.floor(Math.random() * 36).toString(36)).join('') }),
  });
  return [one(0), ...Array.from({ length: eventsInAnAppend - 1 }, (_, index) => one(index + 1))];
};

type OnADisk = {
  readonly disk: Disk;
  readonly server: Awaited<ReturnType<typeof startTestServer>>;
  readonly url: string;
  readonly postgres: Postgres;
  readonly store: PostgresEventStore;
};

const onADisk = async (work: (at: OnADisk) => Promise<void>): Promise<void> => {
  const disk = openDisk(256);
  const closing: (() => unknown)[] = [
    () => {
      disk.remove();
    },
  ];
  try {
    const server = await startTestServer(disk.folder);
    closing.unshift(() => server.remove());
    const { url } = await server.createDatabase();
    const postgres = await openPostgres({ url });
    closing.unshift(() => postgres.close());
    const store = new PostgresEventStore(postgres);
    closing.unshift(() => store.close());
    await work({ disk, server, url, postgres, store });
  } finally {
    for (const close of closing) await close();
  }
};

/** Appends to the stream until an append fails. @returns what failed, to be repeated */
const appendUntilItFails = async (append: EventStore['append'], stream: string) => {
  for (let revision = -1; ; revision += eventsInAnAppend) {
    const events = bulky(`${stream}-${revision}`);
    const expected = revision < 0 ? noStream : after(revision);
    try {
      await append(stream, expected, events);
    } catch (error) {
      return { error, acknowledged: revision + 1, again: () => append(stream, expected, events) };
    }
  }
};

const settled = async <T>(work: () => Promise<T>): Promise<T> => {
  for (;;)
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable)) throw error;
    }
};

// too long for every run: there, the disk of the service itself fills up
const itFills = process.env['FAULTS'] === 'full' ? itOnDisks() : it.skip;

itFills(
  'a full disk under PostgreSQL: appends answer that they cannot say, nothing stands half, and the same append goes through once there is room',
  () =>
    onADisk(async ({ disk, store }) => {
      const free = fillDisk(disk.folder, 2 * 1024 * 1024);
      const { error, acknowledged, again } = await appendUntilItFails(store.append, 'a-1');
      expect(error).toBeInstanceOf(EventStoreUnavailable);
      expect(error).toMatchObject({ code: '53100' });
      expect(await collected(store.read('a-1'))).toHaveLength(acknowledged);
      free();
      expect(await again()).toMatchObject({ kind: 'appended', revision: acknowledged + eventsInAnAppend - 1 });
      expect(await collected(store.readAll())).toHaveLength(acknowledged + eventsInAnAppend);
    }),
);

itFills('whoever writes event by event leaves half an append on a full disk: the test would see it', () =>
  onADisk(async ({ disk, postgres: { pool }, store }) => {
    let position = 0;
    const careless: EventStore['append'] = async (stream, expected, events) => {
      let revision = expected.kind === 'at' ? expected.revision : -1;
      for (const { id, type, body } of events) {
        revision += 1;
        position += 1;
        await pool.query(
          `INSERT INTO tichet.events (position, stream, revision, id, type, body, hash) VALUES ($1, $2, $3, $4, $5, $6, '')`,
          [position, stream, revision, id, type, body],
        );
      }
      return { kind: 'appended', revision, position: '' };
    };
    const free = fillDisk(disk.folder, 2 * 1024 * 1024);
    const { acknowledged } = await appendUntilItFails(careless, 'a-1');
    free();
    expect((await collected(store.read('a-1'))).length).toBeGreaterThan(acknowledged);
  }),
);

itFills('a server that ends because its own log has no room loses nothing, and goes on when it is started with room', () =>
  onADisk(async ({ disk, server, url, store }) => {
    await store.append('a-1', noStream, bulky('a-1'));
    const free = fillDisk(disk.folder);
    const client = new Client({ connectionString: url });
    client.on('error', () => undefined);
    await client.connect();
    const useUpTheLog = async (): Promise<void> => {
      for (;;) {
        await client.query("SELECT pg_logical_emit_message(true, 'filler', 'x'), pg_switch_wal()");
      }
    };
    await expect(useUpTheLog()).rejects.toThrow();
    await client.end().catch(() => undefined);
    const { error, again } = await appendUntilItFails(store.append, 'a-2');
    expect(error).toBeInstanceOf(EventStoreUnavailable);
    free();
    await server.start();
    await settled(again);
    expect(await collected(store.read('a-1'))).toHaveLength(eventsInAnAppend);
    expect(new Set((await collected(store.readAll())).map(({ id }) => id)).size % eventsInAnAppend).toBe(0);
  }),
);
