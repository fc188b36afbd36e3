import { sealGauges } from '../proof/seal-gauges';
import { readFileSync } from 'node:fs';
import type { BounceReading } from '../../application/resolution/read-bounces';
import type { Ports } from '../../application/kernel/ports/ports';
import type { ProjectionStore } from '../../application/kernel/ports/projection-store';
import type { VideoMeetings } from '../../application/kernel/ports/video-meetings';
import { defined } from '../../domain/kernel/defined';
import type { CalendarDoor } from '../outside/absences/fetch-calendar';
import type { RetentionPeriods } from '../../domain/retention/retention';
import { systemClock } from '../runtime/clock/system-clock';
import { cityHallOf } from '../config/city-hall-of';
import type { Development, Settings } from '../config/settings';
import { folderUnusable } from '../database/data-folder/data-folder-unusable';
import { lockDataFolder, lockWithoutSqlite } from '../database/data-folder/lock-data-folder';
import { openIdentity, type Identity } from '../outside/identity/open-identity';
import { createIdentifiers } from '../runtime/identifiers/identifiers';
import { createImapMailbox } from '../outside/mail/bounces/imap-mailbox';
import { createCorrespondence } from '../outside/mail/correspondence';
import type { Mailbox } from '../outside/mail/mailbox';
import type { Lease } from '../database/postgres/lease';
import { destroyAgain } from '../log/keys/destroy-again';
import type { KeyStore } from '../log/keys/key-store';
import { createPersonalData } from '../log/keys/personal-data';
import { createSealAlarm } from '../proof/alarm/seal-alarm';
import { readOnlyWhileAlarmed } from '../proof/alarm/read-only-store';
import { openSealKey } from '../proof/seal/seal-key';
import { openRegistry } from '../outside/document-system/open-registry';
import { createEventCodec } from '../log/codec/event-codec.codec';
import { createStorageHealth, type StorageHealth } from '../database/storage-health';
import { createMetrics, type Metrics } from '../telemetry/metrics';
import { pinoJournal } from '../telemetry/pino-journal';
import { createWebhooks } from '../outside/webhooks/create-webhooks';
import { openWebex } from '../outside/video/webex/open-webex';
import { createWebhookHints, type WebhookHints } from '../outside/video/webex/webhook-hints';
import type { TraceOfEvent } from '../telemetry/trace-of-event';
import type { Beside } from './beside';
import { besideOutside } from './beside-outside';
import { openMailer } from './open-mailer';
import { openMasterKeyOf } from './open-master-key';
import { openStores } from './open-stores';
import { sealOver, type SealedLog } from './sealed-log';

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
  /** where the log is sealed, and who signs it; left out where it is not */
  readonly sealing?: SealedLog;
  /** who says who the officials are; left out, our own tokens do */
  readonly identity?: Identity;
  /** where several processes share it all: who of them does what only one may do */
  readonly lease?: (name: string) => Lease;
  /** what one process of all does for those who keep checkpoints of the log elsewhere */
  readonly outside?: readonly Beside[];
  /** reads what Webex sends by itself; left out, nothing is believed */
  readonly webexHints?: WebhookHints;
  /** the mailbox to which letters come back, where one is set */
  readonly bounces?: BounceReading;
  /** with which a provider signs what it tells of letters that came back */
  readonly bounceSecrets?: readonly string[];
  /** from where the calendars of civil servants are read; left out: from nowhere */
  readonly calendarDoor?: CalendarDoor;
  /** which trace a fact belongs to, while this process lives */
  readonly traces?: TraceOfEvent;
  /** after how long what is erased by itself; left out, nothing personal ever is */
  readonly retention?: RetentionPeriods;
  /** only where people try it out: anybody may take any role, and the letters are shown */
  readonly development?: Development;
  /** the letters that are shown there */
  readonly mailbox?: Mailbox;
  close(): Promise<void>;
};

/** Art. 5 word for word: a civil servant makes the meeting and pastes its link. */
const manualMeetings: VideoMeetings = { kind: 'manual' };

export const readSettingsFile = (path: string): string => readFileSync(path, 'utf8');

/**
 * Opens the data folder for writing, alone, and everything in it.
 * @throws DataFolderInUse, DataFolderUnusable, DatabaseUnusable, MasterKeyUnusable, ServiceKeyUnusable: each a sentence for whoever runs the service
 */
export const openPorts = async (settings: Settings): Promise<OpenedPorts> => {
  const { dataDirectory, policies, mailFrom } = settings;
  const closing: (() => void | Promise<void>)[] = [];
  const close = async (): Promise<void> => {
    for (const step of closing.splice(0).reverse()) await step();
  };
  try {
    const lock = settings.eventStore === 'memory' ? lockWithoutSqlite(dataDirectory) : lockDataFolder(dataDirectory);
    closing.push(() => {
      lock.release();
    });
    const masterKey = await openMasterKeyOf(settings, { create: true, finish: true });
    const journal = pinoJournal(settings.logLevel);
    const storage = createStorageHealth(journal);
    const stores = await openStores(settings, { masterKey, health: storage, journal, closing });
    const metrics = createMetrics();
    const alarm = createSealAlarm({ registers: stores.operations.registers, clock: systemClock, journal });
    await alarm.look();
    const store = metrics.watchStore(readOnlyWhileAlarmed(stores.store, alarm));
    const codec = createEventCodec({ keys: stores.keys });
    const key = await openSealKey(stores.checkpoints, stores.sealSeed, settings.publicUrl);
    const sealing: SealedLog = { checkpoints: stores.checkpoints, key, alarm };
    await destroyAgain(store, codec, stores.keys);
    // an erasure at another process does not reach the letters that lie here
    if (stores.lease !== undefined && settings.smtpUrl === undefined) journal.warn('outbox.of-this-process-alone');
    const { mailer, mailbox } = openMailer(settings, closing);
    const webex =
      settings.webex === undefined
        ? undefined
        : openWebex(settings.webex, {
            registers: stores.operations.registers,
            key: stores.purposeKeys('webex-tokens'),
            clock: systemClock,
            journal,
            watch: metrics.watchPeer,
            readFile: readSettingsFile,
          });
    if (webex !== undefined) closing.push(webex.close);
    const webhookSecret = settings.webex?.webhookSecret;
    const registry = openRegistry(settings.registry, metrics.watchPeer);
    closing.push(() => registry.close());
    const ports: Ports = {
      store,
      codec,
      personalData: createPersonalData({ keys: stores.keys, purposeKeys: stores.purposeKeys }),
      readModels: stores.readModels,
      operations: stores.operations,
      mailer: metrics.watchMailer(mailer),
      video: webex?.meetings ?? manualMeetings,
      documents: registry.documents,
      requests: registry.requests,
      ...webhooksOf(settings, metrics, closing),
      correspondence: createCorrespondence({ from: mailFrom, policies }),
      seal: sealOver(stores.store, sealing),
      cityHall: cityHallOf(settings),
      clock: systemClock,
      identifiers: createIdentifiers(),
      journal,
      policies,
    };
    metrics.watchReading(ports);
    sealGauges(metrics.registers, { ...ports, ...sealing });
    const outside = besideOutside(settings.outside, {
      ports,
      sealing,
      dataDirectory,
      watch: metrics.outside,
      watchPeer: metrics.watchPeer,
      closing,
    });
    const identity = settings.identity && openIdentity(settings.identity, { clock: systemClock, journal, watch: metrics.watchPeer });
    if (identity !== undefined) closing.push(() => identity.close());
    return {
      ports,
      rows: stores.readModels,
      keys: stores.keys,
      metrics,
      storage,
      tokenKey: stores.tokenKey,
      sealing,
      outside,
      retention: settings.retention,
      calendarDoor: { hosts: settings.calendarHosts, networks: settings.calendarNetworks, watch: metrics.watchPeer },
      ...defined({ identity, lease: stores.lease }),
      ...(webhookSecret === undefined ? {} : { webexHints: createWebhookHints(webhookSecret) }),
      ...bouncesOf(settings, metrics),
      ...defined({ development: settings.development, mailbox }),
      close,
    };
  } catch (error) {
    await close();
    throw folderUnusable(dataDirectory, error) ?? error;
  }
};

const webhooksOf = (
  { webhooks: targets = [], publicUrl }: Settings,
  { watchPeer }: Metrics,
  closing: (() => void | Promise<void>)[],
): Pick<Ports, 'webhooks'> => {
  if (targets.length === 0) return {};
  const webhooks = createWebhooks(targets, { source: publicUrl, clock: systemClock, watch: watchPeer });
  closing.push(() => webhooks.close());
  return { webhooks };
};

const bouncesOf = ({ bounceMailbox, bounceSecrets }: Settings, metrics: Metrics): Pick<OpenedPorts, 'bounces' | 'bounceSecrets'> => ({
  ...(bounceMailbox === undefined ? {} : { bounces: { mailbox: createImapMailbox(bounceMailbox), watch: metrics.watchBounces } }),
  ...defined({ bounceSecrets }),
});
