import { type DynamicModule, Inject, Module, type OnModuleInit, type Provider } from '@nestjs/common';
import { readFileSync } from 'node:fs';
import type { Clock } from '@tichet-albastru/event-log/ports/clock';
import type { EventStore } from '@tichet-albastru/event-log/ports/event-store';
import { placesOf, type ProjectionStore } from '@tichet-albastru/event-log/ports/projection-store';
import type { CityHall } from '../../application/kernel/ports/city-hall';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import type { Operations } from '../../application/kernel/ports/operations';
import { noteNoticeInForce } from '../../application/booking/notice-in-force';
import { noteNewInstallation } from '../../application/privacy/retention';
import { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import type { Ports } from '../../application/kernel/ports/ports';
import type { VideoMeetings } from '../../application/kernel/ports/video-meetings';
import type { HandledPlace } from '@tichet-albastru/event-log/ports/stands-at';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Policies } from '../../domain/policies';
import { type Environment, type ReadFile, SettingsInvalid } from '../config/setting';
import { recordingNoticeOf } from '../../domain/ticket/request-ticket';
import { cityHallOf, readSettings, type Settings } from '../config/settings';
import { inWords } from '../phrasing/unusable-words';
import { folderUnusable } from '@tichet-albastru/event-log/database/data-folder/data-folder-unusable';
import { lockDataFolder, lockWithoutSqlite } from '@tichet-albastru/event-log/database/data-folder/lock-data-folder';
import { createStorageHealth, type StorageHealth } from '@tichet-albastru/event-log/database/storage-health';
import { createEventCodec } from '../log/codec/event-codec.codec';
import { destroyAgain } from '../log/keys/destroy-again';
import { dropForgotten } from '../outside/identity/people';
import type { KeyStore } from '@tichet-albastru/event-log/keys/key-store';
import { createPersonalData } from '../log/keys/personal-data';
import type { PurposeKeys } from '../log/keys/purpose-keys';
import { inBoth } from '../phrasing/sentences';
import { openRegistry } from '../outside/document-system/open-registry';
import { openIdentity } from '../outside/identity/open-identity';
import { createImapMailbox } from '../outside/mail/bounces/imap-mailbox';
import { createCorrespondence } from '../outside/mail/correspondence';
import { openWebex } from '../outside/video/webex/open-webex';
import { createWebhookHints } from '../outside/video/webex/webhook-hints';
import { pluginOf } from '../outside/plugins/plugin.codec';
import { createWebhooks } from '../outside/webhooks/create-webhooks';
import { createNotesInMemory, openNotes } from '../proof/acknowledged/notes-file';
import { newestSignedFault } from '../proof/signing/newest-signed-fault';
import { watchAcknowledged } from '../proof/acknowledged/watch';
import { readOnlyWhileAlarmed, createLogAlarm } from '../proof/alarm/log-alarm';
import { watchStreams } from '../proof/alarm/watch-streams';
import { signingGauges } from '../proof/signing-gauges';
import { openSigningKey } from '../proof/signing/sign-log';
import { systemClock } from '@tichet-albastru/event-log/runtime/system-clock';
import { tablesOf } from '@tichet-albastru/event-log/read-models/columns';
import { createIdentifiers } from '@tichet-albastru/event-log/runtime/identifiers';
import { createMetrics, type Metrics } from '../telemetry/metrics';
import { pinoLogger } from '../telemetry/pino-logger';
import { createTraceOfEvent } from '../telemetry/trace-of-event';
import { tracedPorts } from '../telemetry/traced-ports';
import { adapterFits, adapterToken } from './adapter-unusable';
import { closedAtTheEnd } from './closed-at-the-end';
import { openMailer } from './open-mailer';
import { checkedOptions } from './own-options';
import { openMasterKeyOf } from './open-master-key';
import { openStores } from './open-stores';
import type { FollowedTables, OpenedPorts, Provided } from './provided';
import type { OwnPorts, TichetAlbastruMounting, TichetAlbastruOptions } from './options';
import { ServiceStatus } from './service-status';
import { type SealedLog, signedLogOver } from './signed-log';
import { type Subscription, subscriptionsOf, subscriptionTarget } from './subscription';
import { followedTables, Tables } from './tables';
import { openedToken, optionsToken, portsToken, portToken, processesToken, projectionsToken } from './tokens';

export const readSettingsFile: ReadFile = readFileSync;

/** Art. 5 word for word: a civil servant makes the meeting and pastes its link. */
const manualMeetings: VideoMeetings = { kind: 'manual' };

const keptInStores = ['store', 'readModels', 'rows', 'operations', 'keys', 'personalData', 'tokenKey'] as const;
/** A host that brings all of what is kept: then no data folder is touched, and the environment is not read. */
const bringsAllStores = (given: OwnPorts): boolean => keptInStores.every((name) => given[name] !== undefined);

/** Where an application of somebody's own listens no setting says: it takes nobody in by a variable of the environment. */
const ofEnvironment = (environment: Environment): Settings => {
  const { settings } = readSettings(environment, readSettingsFile);
  if (settings.development === undefined) return settings;
  throw new SettingsInvalid([{ setting: 'TICHET_DEVELOPMENT', ...inBoth.config.settings.developmentEmbedded }]);
};

type Closing = (() => void | Promise<void>)[];
const closeAll = async (closing: Closing): Promise<void> => {
  for (const step of closing.splice(0).reverse()) await step();
};

/** The data folder, for writing and alone, and everything that is kept. What was opened before a fault is closed again. */
const openInstallation = async (settings: Settings, storage: StorageHealth, logger: Logger) => {
  const closing: Closing = [];
  try {
    const lock = settings.eventStore === 'memory' ? lockWithoutSqlite(settings.dataDirectory) : lockDataFolder(settings.dataDirectory);
    closing.push(() => {
      lock.release();
    });
    const masterKey = await openMasterKeyOf(settings, { create: true, finish: true });
    // closed behind the stores: what they have written is remembered to the last
    const notes = settings.eventStore === 'memory' ? createNotesInMemory() : await openNotes(settings.dataDirectory, logger);
    closing.push(() => notes.close());
    const stores = await openStores(settings, { masterKey, health: storage, logger, closing });
    const signer = await openSigningKey(stores.checkpoints, stores.sealSeed, settings.publicUrl);
    return closedAtTheEnd({ ...stores, notes, signer }, () => closeAll(closing));
  } catch (error) {
    await closeAll(closing);
    throw inWords(folderUnusable(settings.dataDirectory, error) ?? error);
  }
};
type Installation = Awaited<ReturnType<typeof openInstallation>>;

/* What several ports are made of. */
const installationToken = Symbol('tichet-albastru: installation');
const mailToken = Symbol('tichet-albastru: mail');
const registryToken = Symbol('tichet-albastru: registry');
const webexToken = Symbol('tichet-albastru: Webex');

const missing = (name: string): never => {
  throw new TypeError(`A host that brings all stores brings ${name} as well.`);
};
const fromInstallation = <T>(name: string, read: (installation: Installation) => T) =>
  [
    [installationToken],
    (installation: Installation | undefined): T => (installation === undefined ? missing(name) : read(installation)),
  ] as const;

/** Under the token of this port: what the host brought, or else what is made of the other providers. */
const port = <Name extends keyof Provided, Parts extends readonly unknown[]>(
  name: Name,
  inject: { readonly [Part in keyof Parts]: symbol },
  make: (...parts: Parts) => Provided[Name] | Promise<Provided[Name]>,
): Provider => ({
  provide: portToken[name],
  inject: [optionsToken, ...inject],
  useFactory: ({ ports = {} }: TichetAlbastruOptions, ...parts: Parts) => (name in ports ? ports[name] : make(...parts)),
});

const subscriptionsToken = Symbol('tichet-albastru: subscriptions that may stand');
const made: Provider[] = [
  { provide: subscriptionsToken, inject: [optionsToken], useFactory: subscriptionsOf },
  {
    provide: installationToken,
    // the adapter, the tables and the subscriptions as well: nothing is opened where one of them cannot stand
    inject: [optionsToken, portToken.settings, portToken.storage, portToken.logger, adapterToken, projectionsToken, subscriptionsToken],
    useFactory: ({ ports = {} }: TichetAlbastruOptions, settings: Settings, storage: StorageHealth, logger: Logger) =>
      bringsAllStores(ports) ? undefined : openInstallation(settings, storage, logger),
  },
  {
    provide: mailToken,
    inject: [optionsToken, portToken.settings, portToken.clock, portToken.logger, portToken.lease],
    useFactory: ({ ports = {} }: TichetAlbastruOptions, settings: Settings, clock: Clock, logger: Logger, lease: Provided['lease']) => {
      if (ports.mailer !== undefined) return undefined;
      // an erasure at another process does not reach the letters that lie here
      if (lease !== undefined && settings.smtpUrl === undefined) logger.warn('outbox.of-this-process-alone');
      const closing: Closing = [];
      return closedAtTheEnd(openMailer(settings, clock, closing), () => closeAll(closing));
    },
  },
  {
    provide: registryToken,
    inject: [portToken.settings, portToken.clock, portToken.metrics],
    useFactory: ({ registry }: Settings, clock: Clock, { watchHttp }: Metrics) => {
      const opened = openRegistry(registry, clock, watchHttp);
      return closedAtTheEnd(opened, () => opened.close());
    },
  },
  {
    provide: webexToken,
    inject: [
      optionsToken,
      portToken.settings,
      portToken.operations,
      portToken.purposeKeys,
      portToken.clock,
      portToken.logger,
      portToken.metrics,
    ],
    useFactory: (
      { ports = {} }: TichetAlbastruOptions,
      { webex }: Settings,
      { keyValues }: Operations,
      purposeKeys: PurposeKeys,
      clock: Clock,
      logger: Logger,
      { watchHttp: watch }: Metrics,
    ) => {
      if (webex === undefined || ports.video !== undefined) return undefined;
      const opened = openWebex(webex, {
        ...{ keyValues, clock, logger, watch },
        key: purposeKeys('webex-tokens'),
        former: purposeKeys.former?.('webex-tokens') ?? [],
        readFile: (path) => readSettingsFile(path, 'utf8'),
      });
      return closedAtTheEnd(opened, () => opened.close());
    },
  },
];

/** Each port of the service, made of the others as they stand under their tokens. */
const portProviders: Provider[] = [
  {
    provide: portToken.settings,
    inject: [optionsToken],
    useFactory: ({ settings, ports = {} }: TichetAlbastruOptions) => settings ?? ofEnvironment(bringsAllStores(ports) ? {} : process.env),
  },
  port('logger', [portToken.settings], ({ logLevel }: Settings) => pinoLogger(logLevel)),
  port('clock', [], () => systemClock),
  port('identifiers', [], () => createIdentifiers()),
  port('metrics', [], () => createMetrics()),
  port('traces', [], () => createTraceOfEvent()),
  port('policies', [portToken.settings], ({ policies }: Settings) => policies),
  port('cityHall', [portToken.settings], (settings: Settings) => cityHallOf(settings)),
  port('retention', [portToken.settings], ({ retention }: Settings) => retention),
  port('development', [portToken.settings], ({ development }: Settings) => development),
  port('storage', [portToken.logger], (logger: Logger) => createStorageHealth(logger)),
  port('store', ...fromInstallation('store', ({ store }) => store)),
  port('keys', ...fromInstallation('keys', ({ keys }) => keys)),
  port('purposeKeys', [installationToken], (installation: Installation | undefined) =>
    installation === undefined ? () => missing('purposeKeys') : installation.purposeKeys,
  ),
  port('readModels', ...fromInstallation('readModels', ({ readModels }) => readModels)),
  port('rows', ...fromInstallation('rows', ({ readModels }) => readModels)),
  // of tables that are the host's own nobody notes what changes in them
  port('reporting', [installationToken, portToken.rows], (installation: Installation | undefined, rows: ProjectionStore) =>
    installation?.readModels === rows ? installation.reporting : undefined,
  ),
  port('operations', ...fromInstallation('operations', ({ operations }) => operations)),
  port('tokenKey', ...fromInstallation('tokenKey', ({ tokenKey }) => tokenKey)),
  port('lease', [installationToken], (installation: Installation | undefined) => installation?.lease),
  port('leases', [installationToken], (installation: Installation | undefined) => installation?.leases),
  port('codec', [portToken.keys], (keys: KeyStore) => createEventCodec({ keys })),
  port('personalData', [portToken.keys, portToken.purposeKeys], (keys: KeyStore, purposeKeys: PurposeKeys) =>
    createPersonalData({ keys, purposeKeys }),
  ),
  port(
    'correspondence',
    [portToken.settings, portToken.policies, portToken.cityHall],
    ({ mailFrom: from, crest }: Settings, policies: Policies, { informationCentre, recordingNotice }: CityHall) =>
      createCorrespondence({ from, policies, ...defined({ crest, informationCentre, recordingNotice }) }),
  ),
  port('mailer', [mailToken], (mail: ReturnType<typeof openMailer> | undefined) => mail?.mailer ?? missing('mailer')),
  port('mailbox', [mailToken], (mail: ReturnType<typeof openMailer> | undefined) => mail?.mailbox),
  port('bounceMailbox', [portToken.settings], ({ bounceMailbox }: Settings) => bounceMailbox && createImapMailbox(bounceMailbox)),
  port('bounceSecrets', [portToken.settings], ({ bounceSecrets }: Settings) => bounceSecrets),
  port('textMessages', [portToken.settings, portToken.metrics], ({ textMessages: settings }: Settings, { watchHttp: watch }: Metrics) => {
    if (settings === undefined) return undefined;
    const gateway = pluginOf('kannel').createTextMessages(settings, { watch });
    return closedAtTheEnd(gateway, () => gateway.close());
  }),
  port('video', [webexToken], (webex: ReturnType<typeof openWebex> | undefined) => webex?.meetings ?? manualMeetings),
  port('webexHints', [portToken.settings], ({ webex }: Settings) =>
    webex?.webhookSecret === undefined ? undefined : createWebhookHints(webex.webhookSecret),
  ),
  port('documents', [registryToken], ({ documents }: ReturnType<typeof openRegistry>) => documents),
  port('requests', [registryToken], ({ requests }: ReturnType<typeof openRegistry>) => requests),
  port(
    'calendarDoor',
    [portToken.settings, portToken.metrics],
    ({ calendarHosts, calendarNetworks }: Settings, { watchHttp }: Metrics) => ({
      hosts: calendarHosts,
      networks: calendarNetworks,
      watch: watchHttp,
    }),
  ),
  port(
    'identity',
    [portToken.settings, portToken.clock, portToken.logger, portToken.metrics],
    ({ identity: settings }: Settings, clock: Clock, logger: Logger, { watchHttp: watch }: Metrics) => {
      if (settings === undefined) return undefined;
      const identity = openIdentity(settings, { clock, logger, watch });
      return closedAtTheEnd(identity, () => identity.close());
    },
  ),
  port(
    'webhooks',
    [portToken.settings, portToken.clock, portToken.metrics],
    ({ webhooks: targets = [], publicUrl: source }: Settings, clock: Clock, { watchHttp: watch }: Metrics) => {
      if (targets.length === 0) return undefined;
      const webhooks = createWebhooks(targets, { source, clock, watch });
      return closedAtTheEnd(webhooks, () => webhooks.close());
    },
  ),
  port(
    'sealing',
    [installationToken, portToken.store, portToken.operations, portToken.rows, portToken.clock, portToken.logger],
    (
      installation: Installation | undefined,
      store: EventStore,
      { keyValues }: Operations,
      rows: ProjectionStore,
      clock: Clock,
      logger: Logger,
    ) => {
      if (installation === undefined) return undefined;
      const { checkpoints, signer: key, notes } = installation;
      const alarm = createLogAlarm({ keyValues, clock, logger });
      const handledUntil = async (): Promise<HandledPlace | undefined> =>
        placesOf(await rows.builds())
          .toSorted((a, b) => (a.position < b.position ? -1 : 1))
          .at(-1);
      return {
        ...{ checkpoints, key, alarm },
        acknowledged: watchAcknowledged({
          ...{ store, notes, alarm, keyValues, logger, handledUntil },
          signedFault: () => newestSignedFault({ store, checkpoints, key }),
        }),
        streams: watchStreams({ store, alarm, keyValues, logger }),
      };
    },
  ),
  port(
    'signedLog',
    [portToken.store, portToken.sealing],
    (store: EventStore, sealing: SealedLog | undefined) => sealing && signedLogOver(store, sealing),
  ),
];

/** What the use cases are given: the store refuses appends while the alarm stands, and what is stored or mailed is counted and traced. */
const portsOf = (provided: Provided): Ports => {
  const { store, mailer, sealing, metrics, traces, webhooks, signedLog, textMessages } = provided;
  const { codec, personalData, readModels, operations, correspondence, cityHall, video, documents, requests } = provided;
  const { clock, identifiers, logger, policies } = provided;
  const streamCache = new StreamCache();
  sealing?.acknowledged?.whenDropped(() => {
    streamCache.forgetAll();
  });
  const ports: Ports = {
    store: metrics.watchStore(sealing === undefined ? store : readOnlyWhileAlarmed(store, sealing.alarm)),
    streamCache,
    mailer: metrics.watchMailer(mailer),
    ...{ codec, personalData, readModels, operations, correspondence, cityHall, video, documents, requests },
    ...{ clock, identifiers, logger, policies },
    ...defined({ webhooks, signedLog, textMessages }),
  };
  return tracedPorts(ports, traces);
};

const everythingToken = Symbol('tichet-albastru: everything, as it was brought or made');
const together: Provider[] = [
  {
    provide: everythingToken,
    inject: Object.values(portToken),
    useFactory: (...values: readonly unknown[]) =>
      defined(Object.fromEntries(Object.keys(portToken).map((name, place) => [name, values[place]]))),
  },
  { provide: portsToken, inject: [everythingToken], useFactory: portsOf },
  {
    provide: projectionsToken,
    inject: [optionsToken],
    useFactory: (options: TichetAlbastruOptions) => followedTables(options).projections,
  },
  { provide: processesToken, useFactory: () => followedTables().processes },
  {
    provide: openedToken,
    inject: [everythingToken, portsToken, projectionsToken, processesToken, subscriptionsToken],
    useFactory: (
      provided: Provided,
      ports: Ports,
      projections: FollowedTables['projections'],
      processes: FollowedTables['processes'],
      subscriptions: readonly Subscription[],
    ): OpenedPorts => ({
      ...provided,
      ports,
      projections,
      processes,
      eventTargets: [...(ports.webhooks?.targets ?? []), ...subscriptions.map(subscriptionTarget)],
    }),
  },
  Tables,
  ServiceStatus,
];

/** Every port under its token, and what is made of them: whatever stands there is what everything uses. */
@Module({})
export class PortsModule implements OnModuleInit {
  constructor(
    @Inject(openedToken) private readonly opened: OpenedPorts,
    @Inject(installationToken) private readonly installation: Installation | undefined,
    @Inject(portToken.store) private readonly store: EventStore,
  ) {}

  static with(
    options: readonly Provider[],
    { imports = [], http = false, web = false }: Pick<DynamicModule, 'imports'> & TichetAlbastruMounting = {},
  ): DynamicModule {
    return {
      module: PortsModule,
      global: true,
      imports,
      providers: [...options, checkedOptions(PortsModule), adapterFits(http || web), ...made, ...portProviders, ...together],
      exports: [
        ...Object.values(portToken),
        projectionsToken,
        processesToken,
        portsToken,
        openedToken,
        optionsToken,
        Tables,
        ServiceStatus,
      ],
    };
  }

  /** @throws SettingsInvalid where the text was changed under the same version */
  async #keepNotice(): Promise<void> {
    const { ports } = this.opened;
    const notice = recordingNoticeOf(ports.policies, ports.cityHall.recordingNotice);
    let isSame: boolean;
    try {
      isSame = await noteNoticeInForce(ports, notice);
    } catch (error) {
      // a full disk keeps no service from starting; the next start keeps it
      ports.logger.warn('notice.not-kept', { error: error instanceof Error ? error.name : 'not-an-error' });
      return;
    }
    if (!isSame)
      throw new SettingsInvalid([
        { setting: 'TICHET_RECORDING_NOTICE_FILE', ...inBoth.config.notice.changed({ version: notice.version }) },
      ]);
  }

  async onModuleInit(): Promise<void> {
    const { ports, sealing, keys, metrics, projections, processes, storage, reporting } = this.opened;
    if (this.installation?.store === this.store) this.installation.useThreads?.();
    await sealing?.alarm.look();
    await sealing?.streams?.look();
    // before anything is written or answered, whatever the operational state says: it may have been put back with the log
    await sealing?.acknowledged?.compare();
    if (this.installation !== undefined) {
      await destroyAgain(ports.store, ports.codec, keys);
      await dropForgotten(ports, keys);
    }
    await noteNewInstallation(ports);
    await this.#keepNotice();
    metrics.watchReading({
      ...ports,
      processes,
      tables: projections.flatMap(tablesOf).map(({ name }) => name),
      ...defined({ storage, reporting }),
    });
    if (sealing !== undefined) signingGauges(metrics.registers, { ...ports, ...sealing, ...defined({ storage }) });
  }
}
