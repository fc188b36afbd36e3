import { defined } from '@tichet-albastru/kernel/defined';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Operations } from '../../application/kernel/ports/operations';
import type { ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import type { ReportingStore } from '@tichet-albastru/event-log/ports/reporting-store';
import { type Settings, eventStoreDbOf, postgresOf, type StoreSettings } from '../config/settings';
import { dataFiles, pathIn } from '../database/data-folder/data-files';
import { inBoth } from '../phrasing/sentences';
import { createMemoryEventStore } from '@tichet-albastru/event-log/stores/memory/memory-event-store';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import { startThread } from '../runtime/own-files';
import { processName } from '../runtime/process-name';
import { InstallationUnusable } from './installation-unusable';
import { openSharedKey, openServiceKey } from '../outside/identity/service-key';
import { createMemoryOperations } from '../tables/operations/memory-operations';
import { openPostgresOperations } from '../tables/operations/postgres-operations';
import { openSqliteOperations } from '../tables/operations/sqlite-operations';
import { createLease, type Lease } from '@tichet-albastru/event-log/database/postgres/lease';
import { heldLeases, type HeldLease } from '@tichet-albastru/event-log/database/postgres/held-leases';
import { openPool } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { openPostgres } from './postgres';
import { standbysThatMayLack } from '@tichet-albastru/event-log/database/postgres/standbys';
import { openReporting } from '@tichet-albastru/event-log/reporting/reporting-role';
import type { KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import { createMemoryKeyStore } from '@tichet-albastru/event-log/keys/memory-key-store';
import { openPostgresKeyStore } from '@tichet-albastru/event-log/keys/postgres-key-store';
import { currentTokenKey, derivedFrom, openPurposeKeys, type PurposeKeys } from '../log/keys/purpose-keys';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { type CheckpointStore, createFolderCheckpointStore, createMemoryCheckpointStore } from '@tichet-albastru/signed-log';
import { createPostgresCheckpointStore } from '../proof/checkpoints-in-postgres';
import { MemoryReadModels } from '@tichet-albastru/event-log/read-models/memory-read-models';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import { followAskedLog, followInThread, rebuildInThread } from '../tables/threads/table-threads';
import { smallPages } from '@tichet-albastru/event-log/read-models/small-pages';
import { SqliteReadModels } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { openPostgresReporting } from '@tichet-albastru/event-log/reporting/postgres-reporting';
import { openSqliteReporting } from '@tichet-albastru/event-log/reporting/sqlite-reporting';
import { watchedStore, type StorageHealth } from '@tichet-albastru/event-log/database/storage-health';

/** What is kept, wherever that is. */
export type Stores = {
  readonly store: EventStore;
  readonly readModels: ReadModels & ProjectionStore;
  /** left out where nothing is kept */
  readonly reporting?: ReportingStore;
  readonly operations: Operations;
  readonly keys: KeyStore;
  readonly purposeKeys: PurposeKeys;
  /** the key of local tokens */
  readonly tokenKey: Uint8Array;
  /** where the log is sealed, and 32 bytes to sign it with */
  readonly checkpoints: CheckpointStore;
  readonly sealSeed: Uint8Array;
  /** where several processes share it all: who of them does what only one may do */
  readonly lease?: (name: string) => Lease;
  /** who of them does what now */
  readonly leases?: () => Promise<readonly HeldLease[]>;
  /** has threads of its own keep the tables up to this log; not called where the host's own log is the one that is followed */
  readonly useThreads?: () => void;
};

type Surroundings = {
  readonly masterKey: Buffer;
  readonly health: StorageHealth;
  readonly logger: Logger;
  /** what is to be closed in the end, last first */
  readonly closing: (() => void | Promise<void>)[];
};

/** @throws DatabaseUnusable, DataFolderUnusable, KeyUnusable, ServiceKeyUnusable: each a sentence for whoever runs the service */
export const openStores = async (settings: Settings, surroundings: Surroundings): Promise<Stores> => {
  if (settings.eventStore === 'memory') return inMemory(settings, surroundings);
  return settings.readModels === 'postgres' ? inPostgres(settings, surroundings) : inDataFolder(settings, surroundings);
};

const inMemory = ({ dataDirectory }: Settings, { masterKey }: Surroundings): Stores => ({
  store: createMemoryEventStore(),
  readModels: new MemoryReadModels(),
  operations: createMemoryOperations(),
  keys: createMemoryKeyStore(),
  purposeKeys: derivedFrom(masterKey),
  tokenKey: openServiceKey(dataDirectory, 'token'),
  checkpoints: createMemoryCheckpointStore(),
  sealSeed: randomBytes(32),
});

/** One for each lease that may be held: signing, our tables, the host's, the reporting tables, effects. */
const leaseConnections = 5;

/** Another value than before: SQLite writes no page that stays as it was. */
const tryToWrite = ({ keyValues }: Operations): Promise<void> => keyValues.put('storage-tried', new Date().toISOString());

/** For any number of processes, each with a data folder of its own and all with the same master key. */
const inPostgres = async (settings: Settings, { masterKey, health, logger, closing }: Surroundings): Promise<Stores> => {
  const address = postgresOf(settings);
  const postgres = await openPostgres(address);
  closing.push(() => postgres.close());
  const { pool, listener, behind, unheard } = postgres;
  if (behind !== 'server') logger.info('postgres.behind-pooler', { kind: behind });
  if (unheard !== undefined) logger.warn('postgres.not-heard', { reason: unheard });
  const lacking = await standbysThatMayLack(pool);
  if (lacking !== undefined) logger.warn('postgres.standby-may-lack', lacking);
  for (const role of await openReporting(pool)) logger.warn('reporting-role.not-permitted', { name: role });
  const keys = await openPostgresKeyStore({ pool, masterKey });
  const purposeKeys = await openPurposeKeys(keys, masterKey);
  const store = settings.eventStore === 'postgres' ? new PostgresEventStore(postgres) : await openEventStoreDb(settings, { logger });
  closing.push(() => store.close());
  const readModels = new PostgresReadModels(postgres);
  closing.push(() => {
    readModels.close();
  });
  // who waits long for a connection loses the lease
  const leasePool = openPool({ ...address, behind, purpose: 'lease', most: leaseConnections });
  closing.push(() => leasePool.end());
  const holder = processName();
  const operations = openPostgresOperations({ pool, health: health.tables, answerKey: purposeKeys('kept-answer') });
  const useThreads = (): void => {
    const tables = { ...address, behind, purpose: 'tables', most: 1 };
    readModels.useThreads({ follow: followAskedLog({ postgres: tables }, store, logger) });
  };
  health.watch('log', (thoroughly) => store.takesAppends(thoroughly));
  health.watch('tables', async (thoroughly) => {
    await readModels.builds();
    if (thoroughly) await tryToWrite(operations);
  });
  return {
    store: watchedStore(store, health.log),
    readModels,
    reporting: openPostgresReporting(pool, readModels.sources()),
    operations,
    keys,
    purposeKeys,
    tokenKey: currentTokenKey(await openSharedKey(keys, 'token'), purposeKeys),
    checkpoints: createPostgresCheckpointStore(pool),
    sealSeed: await openSharedKey(keys, 'seal'),
    lease: (name) => createLease({ pool: leasePool, listener, name, holder }),
    leases: () => heldLeases(pool),
    useThreads,
  };
};

/** For the one process that has the folder. */
const inDataFolder = async (settings: Settings, { masterKey, health, logger, closing }: Surroundings): Promise<Stores> => {
  const { dataDirectory: folder } = settings;
  const ownTokenKey = openServiceKey(folder, 'token');
  const { store, besideRequests } =
    settings.eventStore === 'eventstoredb' ? await openElsewhere(folder, settings, logger) : await openInFolder(folder, logger);
  closing.push(() => store.close());
  const path = pathIn(folder, dataFiles.keys);
  // others would be made under the names of those that are missing, and nobody could read anybody any more
  if (!existsSync(path) && (await store.end()) !== '') {
    const { withoutKeys, keysMissing } = inBoth.unusable.dataFolder;
    throw new InstallationUnusable((settings.eventStore === 'eventstoredb' ? withoutKeys : keysMissing)({ folder }));
  }
  const keys = openSqliteKeyStore({ path, masterKey, health: health.folder });
  closing.push(() => {
    keys.close();
  });
  const purposeKeys = await openPurposeKeys(keys, masterKey);
  const tokenKey = currentTokenKey(ownTokenKey, purposeKeys);
  const operations = openSqliteOperations({ folder, health: health.folder, answerKey: purposeKeys('kept-answer') });
  closing.push(() => {
    operations.close();
  });
  smallPages(pathIn(folder, dataFiles.readModels), logger);
  const readModels = new SqliteReadModels(pathIn(folder, dataFiles.readModels));
  closing.push(() => {
    readModels.close();
  });
  const reporting = openSqliteReporting(pathIn(folder, dataFiles.reporting), readModels.sources());
  closing.push(() => {
    reporting.close();
  });
  const checkpoints = createFolderCheckpointStore(pathIn(folder, dataFiles.seal));
  const sealSeed = openServiceKey(folder, 'seal');
  health.watch('log', (thoroughly) => store.takesAppends(thoroughly));
  health.watch('folder', async (thoroughly) => {
    if (thoroughly) await Promise.all([readModels.builds(), tryToWrite(operations)]);
  });
  const useThreads = (): void => {
    readModels.useThreads(besideRequests);
  };
  return {
    store: watchedStore(store, health.log),
    readModels,
    reporting,
    operations,
    keys,
    purposeKeys,
    tokenKey,
    checkpoints,
    sealSeed,
    useThreads,
  };
};

/** A log on a server, with everything else in the folder. A second folder on the same log would seal with keys of its own. */
const openElsewhere = async (folder: string, settings: Settings, logger: Logger) => {
  const store = await openEventStoreDb(settings, { logger });
  return { store, besideRequests: { follow: followAskedLog({ folder }, store, logger) } };
};

/** The log, and the threads that follow it where nobody waits for them. */
const openInFolder = async (folder: string, logger: Logger) => {
  const store = await openSqliteEventStore({ folder, startThread: (options) => startThread('event-log', options) });
  return { store, besideRequests: { rebuild: rebuildInThread(folder), follow: followInThread(folder, store, logger) } };
};

/** Its client is large, and only those who use it wait for it to be read. @param options.limit as in its settings */
export const openEventStoreDb = async (
  settings: StoreSettings,
  { limit, logger }: { readonly limit?: number; readonly logger?: Logger } = {},
) => {
  const { openEventStoreDb: open } = await import('../log/event-store/eventstoredb/eventstoredb-event-store.js');
  const filterRefused = (): void => logger?.warn('eventstoredb.filter-refused');
  return open({ ...eventStoreDbOf(settings), ...defined({ limit }), filterRefused });
};
