import { existsSync } from 'node:fs';
import { defined } from '@tichet-albastru/kernel/defined';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import type { Operations } from '../../../application/kernel/ports/operations';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { ReportingLooked } from '@tichet-albastru/event-log/ports/reporting-store';
import { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { cityHallOf, postgresOf, type Settings } from '../../config/settings';
import { dataFiles, pathIn } from '../../database/data-folder/data-files';
import type { Unheard } from '@tichet-albastru/event-log/database/postgres/open-pool';
import { createEventCodec } from '../../log/codec/event-codec.codec';
import { PostgresEventStore } from '@tichet-albastru/event-log/stores/postgres/postgres-event-store';
import { openSqliteEventStore } from '@tichet-albastru/event-log/stores/sqlite/sqlite-event-store';
import type { KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import { createPersonalData } from '../../log/keys/personal-data';
import { openPostgresKeyStore } from '@tichet-albastru/event-log/keys/postgres-key-store';
import { openPurposeKeys, type PurposeKeys } from '../../log/keys/purpose-keys';
import { openSqliteKeyStore } from '@tichet-albastru/event-log/keys/sqlite-key-store';
import { keptLettersOf } from '../../nest/open-mailer';
import { openMasterKeyOf } from '../../nest/open-master-key';
import { openEventStoreDb } from '../../nest/open-stores';
import { openPostgresForReading } from '../../nest/postgres';
import { createCorrespondence } from '../../outside/mail/correspondence';
import { inBoth } from '../../phrasing/sentences';
import { createPostgresCheckpointStore } from '../../proof/checkpoints-in-postgres';
import { createCurrentSignedLog } from '../../proof/signing/current-signed-log';
import { countsEvents } from '../../proof/signing/signing';
import { logInPostgres } from '../../proof/verify/log-in-postgres';
import { logInSqlite } from '../../proof/verify/log-in-sqlite';
import { logBehindPort, type StoredLog } from '../../proof/verify/stored-log';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { openTogether, type Closing } from '../../runtime/closing';
import { isNoted } from '../../runtime/opened-for';
import { createIdentifiers } from '@tichet-albastru/event-log/runtime/identifiers';
import { type CheckpointStore, createFolderCheckpointStore, noteVerifierOf } from '@tichet-albastru/signed-log';
import { openPostgresOperations } from '../../tables/operations/postgres-operations';
import { openSqliteOperations } from '../../tables/operations/sqlite-operations';
import { PostgresReadModels } from '@tichet-albastru/event-log/read-models/postgres-read-models';
import type { TableReadModels } from '@tichet-albastru/event-log/read-models/table-read-models';
import { SqliteReadModelsReader } from '@tichet-albastru/event-log/read-models/sqlite-read-models';
import { postgresReportingLooked } from '@tichet-albastru/event-log/reporting/postgres-reporting';
import { sqliteReportingLooked } from '@tichet-albastru/event-log/reporting/sqlite-reporting';
import { pinoLogger } from '../../telemetry/pino-logger';
import type { HandledUntil } from '../doctor/stored-behind-ports';
import { handledIn } from '../doctor/stored-in-folder';
import { CommandEnds, exitCodes } from './terminal';

/** For commands that copy a data folder. @throws CommandEnds where the log or the tables are in a database, which copies itself better */
export const mustBeAllInFolder = ({ eventStore, readModels }: Settings): void => {
  if (eventStore === 'sqlite' && readModels === 'sqlite') return;
  const { commandCopiesDataFolder, logInEventStoreDb, rest } = inBoth.cli.allInFolder;
  const words =
    eventStore === 'eventstoredb' ? logInEventStoreDb({ rest: rest[readModels] }) : commandCopiesDataFolder({ eventStore, readModels });
  throw new CommandEnds(exitCodes.wrongUse, words);
};

const tablesAndKeys = [dataFiles.readModels, dataFiles.operations, dataFiles.keys] as const;

const neededIn = ({ eventStore }: Settings): readonly (typeof dataFiles)[keyof typeof dataFiles][] =>
  eventStore === 'sqlite' ? [dataFiles.events, ...tablesAndKeys] : tablesAndKeys;

/** Whether what this process keeps in its folder is there; of a database only asking tells. */
export const hasData = (settings: Settings): boolean =>
  settings.readModels === 'postgres' || neededIn(settings).every((file) => existsSync(pathIn(settings.dataDirectory, file)));

/** @throws CommandEnds when the folder has never been served */
export const mustHaveData = (settings: Settings): void => {
  if (hasData(settings)) return;
  const { dataDirectory: folder } = settings;
  throw new CommandEnds(exitCodes.notFound, inBoth.cli.readingStores.noDataFolderStart({ folder }));
};

const openDatabase = async (settings: Settings, closing: Closing) =>
  closing.add(await openPostgresForReading({ ...postgresOf(settings), purpose: 'reading' }));

const checkpointsInFolder = ({ dataDirectory: folder }: Settings): CheckpointStore =>
  createFolderCheckpointStore(pathIn(folder, dataFiles.seal));

/** The log and its seals, and nothing else: a verifier needs no keys. */
type LogToVerify = {
  readonly log: StoredLog;
  /** the same as its store reads it, which may refuse to */
  readonly openStore: () => Promise<EventStore>;
  readonly checkpoints: CheckpointStore;
  /** up to where the tables that are read have handled the log */
  readonly handled: () => Promise<readonly HandledUntil[]>;
};

/** What was signed. @throws DatabaseUnusable */
export const openCheckpoints = (settings: Settings) =>
  openTogether(async (closing) => ({
    checkpoints:
      settings.readModels === 'postgres'
        ? createPostgresCheckpointStore((await openDatabase(settings, closing)).pool)
        : checkpointsInFolder(settings),
  }));

/** Beside a running service. @throws CommandEnds when there is no log, DatabaseUnusable, EventStoreDbUnusable */
export const openLogToVerify = (settings: Settings) =>
  openTogether(async (closing): Promise<LogToVerify> => {
    const { eventStore, readModels, dataDirectory: folder } = settings;
    const path = pathIn(folder, dataFiles.events);
    const handled = () => Promise.resolve(handledIn(folder));
    if (eventStore === 'memory' || (eventStore === 'sqlite' && !existsSync(path)))
      throw new CommandEnds(exitCodes.notFound, inBoth.cli.openLogToVerify.noLogFolderChoose({ folder }));
    if (eventStore === 'sqlite') {
      const openStore = async () => closing.add(await openSqliteEventStore({ folder, readOnly: true }));
      return { log: closing.add(logInSqlite(path)), openStore, checkpoints: checkpointsInFolder(settings), handled };
    }
    const behindPort = async () => {
      const store = closing.add(await openEventStoreDb(settings));
      return { log: logBehindPort(store), openStore: () => Promise.resolve(store) };
    };
    if (readModels !== 'postgres') return { ...(await behindPort()), checkpoints: checkpointsInFolder(settings), handled };
    const postgres = await openDatabase(settings, closing);
    const { pool } = postgres;
    const inDatabase = { log: logInPostgres(pool), openStore: () => Promise.resolve(closing.add(new PostgresEventStore(postgres))) };
    return {
      ...(eventStore === 'postgres' ? inDatabase : await behindPort()),
      checkpoints: createPostgresCheckpointStore(pool),
      handled: () => new PostgresReadModels(postgres).builds(),
    };
  });

/** Opened for reading beside a running service: nothing is locked, nothing can be written. */
export type ReadingStores = {
  readonly store: EventStore;
  readonly operations: Operations;
  readonly readModels: TableReadModels;
  readonly keys: KeyStore;
  readonly purposeKeys: PurposeKeys;
  readonly checkpoints: CheckpointStore;
  readonly reporting: ReportingLooked;
  /** why processes on this database do not hear of each other at once */
  readonly unheard?: Unheard;
};

/** The log as it lies on the server, with all its faults. */
type LogOnServer = {
  readonly log: StoredLog;
  /** where the log itself counts its positions */
  readonly missingPositions?: () => Promise<number>;
};

/** Everything in a database, but the log where it is in EventStoreDB. @throws DatabaseUnusable, EventStoreDbUnusable, KeyUnusable */
export const openStoresOnServer = (settings: Settings, masterKey: Buffer) =>
  openTogether((closing) => inPostgres(settings, masterKey, closing));

/** @throws CommandEnds when nothing was ever kept there, DatabaseUnusable, EventStoreDbUnusable, KeyUnusable */
const openReadingStores = async (settings: Settings, masterKey: Buffer) => {
  mustHaveData(settings);
  return openTogether((closing) =>
    settings.readModels === 'postgres' ? inPostgres(settings, masterKey, closing) : inDataFolder(settings, masterKey, closing),
  );
};

const inPostgres = async (settings: Settings, masterKey: Buffer, closing: Closing): Promise<ReadingStores & LogOnServer> => {
  const postgres = await openDatabase(settings, closing);
  const { pool, unheard } = postgres;
  const keys = await openPostgresKeyStore({ pool, masterKey, readOnly: true });
  const purposeKeys = await openPurposeKeys(keys, masterKey);
  const store = closing.add(settings.eventStore === 'postgres' ? new PostgresEventStore(postgres) : await openEventStoreDb(settings));
  const readModels = closing.add(new PostgresReadModels(postgres));
  const operations = openPostgresOperations({ pool, answerKey: purposeKeys('kept-answer') });
  const checkpoints = createPostgresCheckpointStore(pool);
  const reporting = postgresReportingLooked(pool);
  const opened = { store, readModels, operations, keys, purposeKeys, checkpoints, reporting, ...defined({ unheard }) };
  if (!(store instanceof PostgresEventStore)) return { ...opened, log: logBehindPort(store) };
  return { ...opened, log: logInPostgres(pool), missingPositions: () => store.missingPositions() };
};

const inDataFolder = async (settings: Settings, masterKey: Buffer, closing: Closing): Promise<ReadingStores> => {
  const { dataDirectory: folder } = settings;
  const keys = closing.add(openSqliteKeyStore({ path: pathIn(folder, dataFiles.keys), masterKey, readOnly: true }));
  const inFolder = settings.eventStore === 'sqlite';
  const store = closing.add(inFolder ? await openSqliteEventStore({ folder, readOnly: true }) : await openEventStoreDb(settings));
  const operations = closing.add(openSqliteOperations({ folder, readOnly: true }));
  const readModels = closing.add(new SqliteReadModelsReader(pathIn(folder, dataFiles.readModels)));
  const purposeKeys = await openPurposeKeys(keys, masterKey);
  const reporting = sqliteReportingLooked(pathIn(folder, dataFiles.reporting));
  return { store, operations, readModels, keys, purposeKeys, reporting, checkpoints: checkpointsInFolder(settings) };
};

const onlyReads = (): Promise<never> => Promise.reject(new Error('The stores were opened for reading.'));

/**
 * The outside systems that the service has: they tell the audit who could have confirmed what is only declared. They are not asked here.
 */
const outsideOf = ({ webex, registry }: Settings): Pick<Ports, 'video' | 'documents' | 'requests'> => {
  const unasked = { create: onlyReads, move: onlyReads, cancel: onlyReads, recordings: onlyReads, recordingStands: onlyReads };
  return {
    video: webex === undefined ? { kind: 'manual' } : { kind: 'automatic', ...unasked },
    documents: { file: onlyReads, ...(registry.kind === 'http' && registry.listsDocuments && { connected: onlyReads }) },
    requests:
      registry.kind === 'http'
        ? { kind: 'asked', freshMinutes: registry.freshMinutes, pollMinutes: registry.pollMinutes, verify: onlyReads, read: onlyReads }
        : { kind: 'told-to-us' },
  };
};

const readingPorts = (settings: Settings, { store, operations, readModels, keys, purposeKeys }: ReadingStores): Ports => {
  const { policies, mailFrom } = settings;
  const letters = keptLettersOf(settings);
  const personalData = createPersonalData({ keys, purposeKeys });
  const unnoticed = (): Promise<never> => Promise.reject(new Error('Nobody would know who was shown this.'));
  return {
    store,
    streamCache: new StreamCache(),
    codec: createEventCodec({ keys }),
    personalData: { ...personalData, open: (text) => (isNoted() ? personalData.open(text) : unnoticed()) },
    readModels,
    operations,
    mailer: { send: onlyReads, forget: onlyReads, kept: { ...letters, erase: onlyReads } },
    ...outsideOf(settings),
    correspondence: createCorrespondence({
      from: mailFrom,
      policies,
      ...defined({ crest: settings.crest, informationCentre: settings.informationCentre, recordingNotice: settings.recordingNotice }),
    }),
    cityHall: cityHallOf(settings),
    clock: systemClock,
    identifiers: createIdentifiers(),
    logger: pinoLogger('silent'),
    policies,
  };
};

/**
 * Opens the stores for reading, and closes them in every case.
 * @throws CommandEnds when nothing was ever kept there, MasterKeyUnusable, DatabaseUnusable
 */
export const whileReading = async <T>(settings: Settings, work: (ports: Ports, stores: ReadingStores) => Promise<T>): Promise<T> => {
  mustHaveData(settings);
  const masterKey = await openMasterKeyOf(settings, { create: false, finish: false });
  const stores = await openReadingStores(settings, masterKey);
  try {
    const verifier = noteVerifierOf((await stores.checkpoints.get('verifier')) ?? '');
    const signedLog = verifier && createCurrentSignedLog({ checkpoints: stores.checkpoints, verifier, counts: countsEvents(stores.store) });
    return await work({ ...readingPorts(settings, stores), ...(signedLog && { signedLog }) }, stores);
  } finally {
    await stores.close();
  }
};
