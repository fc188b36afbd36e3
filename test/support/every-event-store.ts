import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { EventStoreDbEventStore } from '../../src/infrastructure/log/event-store/eventstoredb/eventstoredb-event-store';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openPostgres } from '../../src/infrastructure/nest/postgres';
import { Emulator } from './eventstoredb/emulator';
import { createTestDatabase } from './postgres';

type Log = Pick<EventStore, 'append' | 'readAll'>;
/** Logs of one adapter, as many as are asked for, each empty at first. One at a time. */
export type Logs = { readonly inEmptyLog: (work: (log: Log) => Promise<void>) => Promise<void>; readonly close: () => Promise<void> };

/** Logs side by side in one store: each has a word of its own before the names of its streams, as behind a prefix. */
const sideBySide = (store: EventStore): Logs['inEmptyLog'] => {
  let logs = 0;
  return (work) => {
    logs += 1;
    const before = `${logs}.`;
    return work({
      append: (stream, expected, events) => store.append(`${before}${stream}`, expected, events),
      readAll: async function* (options) {
        for await (const event of store.readAll(options))
          if (event.stream.startsWith(before)) yield { ...event, stream: event.stream.slice(before.length) };
      },
    });
  };
};

const inMemory = (): Promise<Logs> => Promise.resolve({ inEmptyLog: sideBySide(createMemoryEventStore()), close: () => Promise.resolve() });

const inSqlite = async (): Promise<Logs> => {
  const folder = mkdtempSync(join(tmpdir(), 'tichet-store-'));
  const store = await openSqliteEventStore({ folder });
  return {
    inEmptyLog: sideBySide(store),
    close: async () => {
      await store.close();
      rmSync(folder, { recursive: true });
    },
  };
};

const inPostgres = async (): Promise<Logs> => {
  const database = await createTestDatabase();
  const postgres = await openPostgres({ url: database.url });
  const store = new PostgresEventStore(postgres);
  return {
    inEmptyLog: sideBySide(store),
    close: async () => {
      await store.close();
      await postgres.close();
      await database.drop();
    },
  };
};

/** This one looks whether an event's hash is of its stream: every log has a prefix on the server, which is outside of the hash. */
const inEventStoreDb = async (): Promise<Logs> => {
  const emulator = await Emulator.start();
  let logs = 0;
  return {
    inEmptyLog: async (work) => {
      logs += 1;
      const store = new EventStoreDbEventStore({ url: emulator.url, prefix: `log${logs}` });
      try {
        await work(store);
      } finally {
        await store.close();
      }
    },
    close: () => emulator.stop(),
  };
};

/** Every adapter of the event store. */
export const everyEventStore: readonly { readonly name: string; readonly open: () => Promise<Logs> }[] = [
  { name: 'memory', open: inMemory },
  { name: 'sqlite', open: inSqlite },
  { name: 'postgres', open: inPostgres },
  { name: 'eventstoredb', open: inEventStoreDb },
];
