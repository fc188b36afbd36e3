import { readFileSync } from 'node:fs';
import { join } from 'node:path';
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
import { createIdentifiers } from '../identifiers/identifiers';
import { createCorrespondence } from '../mail/correspondence';
import { openMailbox, type Mailbox } from '../mail/mailbox';
import { createOutboxMailer } from '../mail/outbox-mailer';
import { createSmtpMailer } from '../mail/smtp-mailer';
import type { Lease } from '../postgres/lease';
import { destroyAgain } from '../privacy/destroy-again';
import type { KeyStore } from '../privacy/key-store';
import { openMasterKey } from '../privacy/master-key';
import { createPersonalData } from '../privacy/personal-data';
import { openRegistry } from '../registry/open-registry';
import { createEventCodec } from '../serialization/event-codec.codec';
import { createStorageHealth, type StorageHealth } from '../storage-health';
import { createMetrics, type Metrics } from '../telemetry/metrics';
import { pinoJournal } from '../telemetry/pino-journal';
import { openStores } from './open-stores';

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
  /** where several processes share it all: who of them does what only one may do */
  readonly lease?: (name: string) => Lease;
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
 * @throws DataFolderInUse, DataFolderUnusable, DatabaseUnusable, MasterKeyUnusable, TokenKeyUnusable: each a sentence for whoever runs the service
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
    const journal = pinoJournal(settings.logLevel);
    const storage = createStorageHealth(journal);
    const stores = await openStores(settings, { masterKey, health: storage, journal, closing });
    const metrics = createMetrics();
    const store = metrics.watchStore(stores.store);
    const codec = createEventCodec({ keys: stores.keys });
    await destroyAgain(store, codec, stores.keys);
    // an erasure at another process does not reach the letters that lie here
    if (stores.lease !== undefined && settings.smtpUrl === undefined) journal.warn('outbox.of-this-process-alone');
    const mailer =
      settings.smtpUrl === undefined
        ? outboxIn(dataDirectory, mailFrom, closing)
        : createSmtpMailer({ url: settings.smtpUrl, from: mailFrom });
    const mailbox = settings.development === undefined ? undefined : openMailbox(pathIn(dataDirectory, dataFiles.mailbox), systemClock);
    const registry = openRegistry(settings.registry, metrics.watchPeer);
    closing.push(() => registry.close());
    const ports: Ports = {
      store,
      codec,
      personalData: createPersonalData({ keys: stores.keys, masterKey }),
      readModels: stores.readModels,
      operations: stores.operations,
      mailer: metrics.watchMailer(mailbox?.beside(mailer) ?? mailer),
      video: manualMeetings,
      documents: registry.documents,
      requests: registry.requests,
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
      tokenKey: stores.tokenKey,
      ...(stores.lease === undefined ? {} : { lease: stores.lease }),
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
