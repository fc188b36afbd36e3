import type { Pool } from 'pg';
import { openTogether, type Closing } from '../../runtime/closing';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import { lockDataFolder } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { allOrNone, oneByOne, type AppendInOrder } from '@tichet-albastru/event-log/stores/append-in-order';
import { EventStoreDbEventStore } from '../../log/event-store/eventstoredb/eventstoredb-event-store';
import { appendInOrderTo } from '@tichet-albastru/event-log/stores/postgres/append-in-order';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { openSqliteWriter } from '@tichet-albastru/event-log/stores/sqlite/sqlite-writer';
import { openPostgres, openPostgresForReading, type Postgres } from '../../nest/postgres';
import { openPostgresKeyStore } from '@tichet-albastru/event-log/keys/postgres-key-store';
import { postgresWrappedKeys } from '@tichet-albastru/event-log/keys/postgres-wrapped-keys';
import { openSqliteWrappedKeys } from '@tichet-albastru/event-log/keys/sqlite-wrapped-keys';
import { createPostgresCheckpointStore } from '../../proof/checkpoints-in-postgres';
import { type CheckpointStore, createFolderCheckpointStore } from '@tichet-albastru/signed-log';
import type { WrappedKeys } from '@tichet-albastru/event-log/keys/wrapped-keys';
import { assertWrappedWith, type SealPlace } from './carry';
import { openSqliteOperationRows, postgresOperationRows, type CarriedRows } from './carry-operations';
import type { Contents, StoreName } from './store-named';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { existsSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { readServiceKey, serviceKeyFile, sharedNames } from '../../outside/identity/service-key';
import { openBytes, encryptBytes, wrappingKeyOf } from '@tichet-albastru/event-log/keys/encrypting';

const onlyOwnerReads = 0o400;
const folderMode = 0o700;

/** @throws ServiceKeyUnusable for a key that others may read */
const sealInFolder = (folder: string): SealPlace => ({
  checkpoints: createFolderCheckpointStore(pathIn(folder, dataFiles.seal)),
  seed: () => Promise.resolve(existsSync(serviceKeyFile(folder, 'seal')) ? readServiceKey(folder, 'seal') : undefined),
  keepSeed: (seed) => {
    mkdirSync(folder, { recursive: true, mode: folderMode });
    writeFileSync(serviceKeyFile(folder, 'seal'), seed, { flag: 'wx', mode: onlyOwnerReads, flush: true });
    return Promise.resolve();
  },
});

/** The key lies with the keys of the people, wrapped as they are. */
const sealInPostgres = (pool: Pool, keys: WrappedKeys, masterKey: Buffer): SealPlace => {
  const name = sharedNames.seal;
  const wrappingKey = wrappingKeyOf(masterKey);
  return {
    checkpoints: createPostgresCheckpointStore(pool),
    seed: async () => {
      const wrapped = (await keys.named([name]))[0]?.wrapped;
      return wrapped && openBytes(wrappingKey, wrapped, name);
    },
    keepSeed: (seed) => keys.take([{ name, wrapped: encryptBytes(wrappingKey, Buffer.from(seed), name) }]),
  };
};

export type Moved<Place> = { readonly from: Place; readonly to: Place };
export type OpenedContents = { readonly keys: WrappedKeys; readonly operations: CarriedRows; readonly seal: SealPlace };

/** Both ends of a copy. */
export type OpenedInstallations = {
  readonly from: EventStore;
  readonly to: EventStore;
  readonly append: AppendInOrder;
  /** opened only when the target's log turned out to be one that may be written */
  readonly belongings: (places: Moved<Contents>) => Promise<Moved<OpenedContents>>;
  /** where the seals are that both logs have in common */
  readonly seals: (place: Contents) => Promise<CheckpointStore>;
  /** Tables that both logs have in common are filled anew at the next start. */
  readonly forgetTables: (place: Contents) => Promise<void>;
};

/**
 * Locks every data folder that is read or written, and opens both logs.
 * @throws DataFolderInUse, DataFolderUnusable, DatabaseUnusable, or what the driver says of a database that cannot be reached
 */
export const openInstallations = (logs: Moved<StoreName>, folders: ReadonlySet<string>, masterKey: () => Buffer) =>
  openTogether((closing) => openBoth(closing, logs, folders, masterKey));

const openBoth = async (
  closing: Closing,
  logs: Moved<StoreName>,
  folders: ReadonlySet<string>,
  masterKey: () => Buffer,
): Promise<OpenedInstallations> => {
  const databases = new Map<string, Promise<Postgres>>();
  /** A source is only read: a database that was never served, or by another version, is left as it is. */
  const database = (url: string, readOnly: boolean): Promise<Postgres> => {
    const name = `${String(readOnly)} ${url}`;
    const known = databases.get(name);
    if (known) return known;
    const options = { url, purpose: 'copy', most: 4 };
    const opened = readOnly ? openPostgresForReading(options) : openPostgres(options);
    databases.set(name, opened);
    return opened.then((postgres) => closing.add(postgres));
  };

  const openLog = async (name: StoreName, readOnly: boolean): Promise<EventStore> => {
    switch (name.kind) {
      case 'sqlite':
        return closing.add(await openSqliteEventStore({ folder: name.folder, readOnly: true }));
      case 'postgres':
        return closing.add(new PostgresEventStore(await database(name.url, readOnly)));
      case 'eventstoredb':
        return closing.add(new EventStoreDbEventStore(name));
    }
  };

  const openTarget = async (name: StoreName): Promise<Pick<OpenedInstallations, 'to' | 'append'>> => {
    if (name.kind === 'sqlite') {
      // makes the file; closed after its reader, because the last to close empties the write-ahead log
      const writer = closing.add(openSqliteWriter(pathIn(name.folder, dataFiles.events)));
      const append: AppendInOrder = (requests) => Promise.resolve(allOrNone(writer.writeAllOrNone(requests)));
      return { to: await openLog(name, false), append };
    }
    const to = await openLog(name, false);
    return { to, append: name.kind === 'postgres' ? appendInOrderTo((await database(name.url, false)).pool) : oneByOne(to) };
  };

  const inPostgres = async (pool: Pool, readOnly: boolean): Promise<OpenedContents> => {
    const keys = await openPostgresKeyStore({ pool, masterKey: masterKey(), readOnly });
    const wrapped = postgresWrappedKeys({ pool, destroy: (names) => keys.destroy(names) });
    return { keys: wrapped, operations: postgresOperationRows(pool), seal: sealInPostgres(pool, wrapped, masterKey()) };
  };
  const openBelongings = async (place: Contents, readOnly: boolean): Promise<OpenedContents> => {
    if (place.kind === 'postgres') return inPostgres((await database(place.url, readOnly)).pool, readOnly);
    return {
      keys: closing.add(openSqliteWrappedKeys({ path: pathIn(place.folder, dataFiles.keys), readOnly })),
      operations: closing.add(openSqliteOperationRows({ path: pathIn(place.folder, dataFiles.operations), readOnly })),
      seal: sealInFolder(place.folder),
    };
  };

  for (const folder of folders) {
    const lock = lockDataFolder(folder);
    closing.add({
      close: () => {
        lock.release();
      },
    });
  }
  const from = await openLog(logs.from, true);
  const target = await openTarget(logs.to);
  return {
    from,
    ...target,
    belongings: async (places) => {
      const belongings = await openBelongings(places.from, true);
      await assertWrappedWith(masterKey(), belongings.keys);
      return { from: belongings, to: await openBelongings(places.to, false) };
    },
    seals: async (place) =>
      place.kind === 'postgres'
        ? createPostgresCheckpointStore((await database(place.url, false)).pool)
        : sealInFolder(place.folder).checkpoints,
    forgetTables: async (place) => {
      if (place.kind === 'postgres') {
        const tables = new PostgresReadModels(await database(place.url, false));
        for (const build of await tables.builds()) await tables.dropBuild(build);
        tables.close();
      } else
        for (const file of [dataFiles.readModels, dataFiles.reporting])
          for (const beside of ['', '-wal', '-shm']) rmSync(`${pathIn(place.folder, file)}${beside}`, { force: true });
    },
  };
};
