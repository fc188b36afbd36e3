import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Journal } from '../../application/ports/journal';
import type { Mailer } from '../../application/ports/mailer';
import type { Ports } from '../../application/ports/ports';
import type { ProjectionStore } from '../../application/ports/projection-store';
import type { VideoMeetings } from '../../application/ports/video-meetings';
import { systemClock } from '../clock/system-clock';
import { cityHallOf } from '../config/city-hall-of';
import type { Development, Settings } from '../config/settings';
import { dataFiles, pathIn } from '../data-folder/data-files';
import { folderUnusable } from '../data-folder/data-folder-unusable';
import { lockDataFolder } from '../data-folder/lock-data-folder';
import { createMemoryEventStore } from '../event-store/memory/memory-event-store';
import { openSqliteEventStore } from '../event-store/sqlite/sqlite-event-store';
import { createIdentifiers } from '../identifiers/identifiers';
import { openTokenKey } from '../identity/token-key';
import { createCorrespondence } from '../mail/correspondence';
import { openMailbox, type Mailbox } from '../mail/mailbox';
import { createOutboxMailer } from '../mail/outbox-mailer';
import { createSmtpMailer } from '../mail/smtp-mailer';
import { createMemoryOperations } from '../operations/memory/memory-operations';
import { openSqliteOperations } from '../operations/sqlite/sqlite-operations';
import { destroyAgain } from '../privacy/destroy-again';
import type { KeyStore } from '../privacy/key-store';
import { openMasterKey } from '../privacy/master-key';
import { createMemoryKeyStore } from '../privacy/memory-key-store';
import { createPersonalData, purposeKey } from '../privacy/personal-data';
import { openSqliteKeyStore } from '../privacy/sqlite-key-store';
import { MemoryReadModels } from '../read-models/memory/memory-read-models';
import { followInThread } from '../read-models/sqlite/follow-thread';
import { rebuildInThread } from '../read-models/sqlite/rebuild-thread';
import { SqliteReadModels } from '../read-models/sqlite/sqlite-read-models';
import { localDocumentRegister } from '../registry/local-document-register';
import { createEventCodec } from '../serialization/event-codec.codec';
import { createStorageHealth, watchedStore, type StorageHealth } from '../storage-health';
import { createMetrics, type Metrics } from '../telemetry/metrics';
import { pinoJournal } from '../telemetry/pino-journal';

/** Everything that a running service holds open. */
export type OpenedPorts = {
  readonly ports: Ports;
  /** the writing side of the read models */
  readonly rows: ProjectionStore;
  readonly keys: KeyStore;
  readonly metrics: Metrics;
  /** whether the disk takes what is written; left out where nothing is on a disk of ours */
  readonly storage?: StorageHealth;
  /** the key of local tokens */
  readonly tokenKey: Uint8Array;
  /** only where people try it out: anybody may take any role, and the letters are shown */
  readonly development?: Development;
  /** the letters that are shown there */
  readonly mailbox?: Mailbox;
  close(): Promise<void>;
};

/** Art. 5 word for word: a civil servant makes the meeting and pastes its link. */
const manualMeetings: VideoMeetings = { kind: 'manual', create: () => Promise.resolve(undefined) };

export const readSettingsFile = (path: string): string => readFileSync(path, 'utf8');

/**
 * Opens the data folder for writing, alone, and everything in it.
 * @throws DataFolderInUse, DataFolderUnusable, MasterKeyUnusable, TokenKeyUnusable: each a sentence for whoever runs the service
 */
export const openPorts = async (settings: Settings): Promise<OpenedPorts> => {
  const { dataDirectory, policies, mailFrom } = settings;
  const closing: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const lock = lockDataFolder(dataDirectory);
    closing.push(() => {
      lock.release();
    });
    const masterKey = openMasterKey(settings.masterKeyFile, { create: true });
    const tokenKey = openTokenKey(dataDirectory);
    const journal = pinoJournal(settings.logLevel);
    const storage = createStorageHealth(journal);
    const stores = settings.eventStore === 'memory' ? inMemory() : await inSqlite(dataDirectory, masterKey, storage, journal, closing);
    const metrics = createMetrics();
    const store = metrics.watchStore(stores.store);
    const codec = createEventCodec({ keys: stores.keys });
    await destroyAgain(store, codec, stores.keys);
    const mailer =
      settings.smtpUrl === undefined
        ? outboxIn(dataDirectory, mailFrom, closing)
        : createSmtpMailer({ url: settings.smtpUrl, from: mailFrom });
    const mailbox = settings.development === undefined ? undefined : openMailbox(pathIn(dataDirectory, dataFiles.mailbox), systemClock);
    const ports: Ports = {
      store,
      codec,
      personalData: createPersonalData({ keys: stores.keys, masterKey }),
      readModels: stores.readModels,
      operations: stores.operations,
      mailer: metrics.watchMailer(mailbox?.beside(mailer) ?? mailer),
      video: manualMeetings,
      documents: localDocumentRegister,
      correspondence: createCorrespondence({ from: mailFrom, policies }),
      cityHall: cityHallOf(settings),
      clock: systemClock,
      identifiers: createIdentifiers(),
      journal,
      policies,
    };
    metrics.watchReading(ports);
    return {
      ports,
      rows: stores.readModels,
      keys: stores.keys,
      metrics,
      storage,
      tokenKey,
      ...(settings.development === undefined ? {} : { development: settings.development }),
      ...(mailbox === undefined ? {} : { mailbox }),
      close,
    };
  } catch (error) {
    await close();
    throw folderUnusable(dataDirectory, error) ?? error;
  }
};

const outboxIn = (folder: string, from: string, closing: (() => void | Promise<void>)[]): Mailer => {
  const outbox = createOutboxMailer(join(folder, dataFiles.outbox), from);
  closing.push(() => outbox.close());
  return outbox;
};

const inMemory = () => ({
  store: createMemoryEventStore(),
  operations: createMemoryOperations(),
  keys: createMemoryKeyStore(),
  readModels: new MemoryReadModels(),
});

const inSqlite = async (
  folder: string,
  masterKey: Buffer,
  health: StorageHealth,
  journal: Journal,
  closing: (() => void | Promise<void>)[],
) => {
  const keys = openSqliteKeyStore({ path: pathIn(folder, dataFiles.keys), masterKey, health });
  closing.push(() => {
    keys.close();
  });
  const store = watchedStore(await openSqliteEventStore({ folder }), health);
  closing.push(() => store.close());
  const operations = openSqliteOperations({ folder, health, answerKey: purposeKey(masterKey, 'kept-answer') });
  closing.push(() => {
    operations.close();
  });
  const readModels = new SqliteReadModels(pathIn(folder, dataFiles.readModels), {
    rebuild: rebuildInThread(folder),
    follow: followInThread(folder, store, journal),
  });
  closing.push(() => {
    readModels.close();
  });
  return { store, operations, keys, readModels };
};
