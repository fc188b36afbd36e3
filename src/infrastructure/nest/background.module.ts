import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { defined } from '../../domain/kernel/defined';
import { AbsenceCalendars } from './absence-calendars';
import { Background } from './background';
import { backgroundTasksOf, type BackgroundTask } from './background-tasks';
import { Facts } from './facts';
import type { TichetAlbastruOptions } from './options';
import type { OpenedPorts } from './provided';
import { Subscriptions, subscriptionTask } from './subscription';
import { openedToken, optionsToken } from './tokens';
import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { Ports } from '../../application/kernel/ports/ports';
import type { OutsideSettings } from '../config/outside-settings';
import { dataFiles, pathIn } from '../database/data-folder/data-files';
import type { HttpWatch } from '../outside/http-client/http-client';
import { clearedRegister, wasCleared, type SealAlarm } from '../proof/alarm/seal-alarm';
import type { NoteSigner } from '../signed-log/signed-note';
import { outsideLoop, outsidePauses, type OutsidePauses, type Turn } from '../proof/outside-loop';
import { publicationName } from '../proof/publication/publication-name';
import { publishNewest } from '../proof/publication/publish-newest';
import type { SignedLogFault } from '../signed-log/not-as-signed';
import type { CheckpointStore } from '../signed-log/checkpoint-store';
import { stampNewest } from '../signed-log/time-stamp/stamp-newest';
import { timeStampName } from '../signed-log/time-stamp/time-stamp';
import { createFolderWitness } from '../signed-log/witness/folder-witness';
import { openTimeStampAuthority, openHttpWitness } from '../proof/outside-over-http';
import { createKeepCosigned, witnessNewest, type Refusals } from '../signed-log/witness/witness-newest';
import { outsideStatusOf, statusRegister } from '../signed-log/outside-status';
import { tellRefusals } from '../proof/tell-refusal';
import type { Witness } from '../signed-log/witness/witness';
import type { OutsideWatch } from '../telemetry/outside-metrics';

type Opening = {
  readonly ports: Pick<Ports, 'operations' | 'mailer' | 'clock' | 'identifiers' | 'logger'>;
  readonly sealing: { readonly checkpoints: CheckpointStore; readonly key: NoteSigner; readonly alarm: Pick<SealAlarm, 'raise'> };
  readonly dataDirectory: string;
  readonly watch: OutsideWatch;
  readonly watchHttp: HttpWatch;
  /** what is to be closed in the end, last first */
  readonly closing: (() => void | Promise<void>)[];
  /** Who is told of a witness that contradicts the log; left out, the journal is, and a register. */
  readonly refusals?: Refusals;
  readonly pauses?: OutsidePauses;
};

const witnessesOf = ({ witnessFolder: folder, witnesses }: OutsideSettings, { ports, sealing, watchHttp, closing }: Opening) => {
  const asked: Witness[] = folder === undefined ? [] : [createFolderWitness({ folder, log: sealing.key, clock: ports.clock })];
  for (const at of witnesses) {
    const witness = openHttpWitness(at, { watch: watchHttp });
    closing.push(() => witness.close());
    asked.push(witness);
  }
  return asked;
};

/**
 * A loop for each who keeps checkpoints elsewhere: one that is slow, or away, holds up neither another one nor the sealing nor a booking.
 * One process of all runs them.
 */
export const backgroundTasksOutside = (settings: OutsideSettings | undefined, opening: Opening): readonly BackgroundTask[] => {
  if (settings === undefined) return [];
  const { ports, sealing, dataDirectory, watch, watchHttp, closing, pauses = outsidePauses } = opening;
  const { operations, clock, logger } = ports;
  const { registers } = operations;
  const { checkpoints, key: log, alarm } = sealing;
  const refusals = opening.refusals ?? tellRefusals({ registers, logger, clock });
  const keep = createKeepCosigned(checkpoints, log);
  const contradicted = async (fault: SignedLogFault): Promise<void> => {
    if (!wasCleared(await registers.get(clearedRegister), fault)) await alarm.raise(fault);
  };

  const beside = (name: string, turn: (signal: AbortSignal, first: boolean) => Promise<Turn>): BackgroundTask => ({
    name: `outside-${name}`,
    work: async (signal) => {
      const told = outsideStatusOf(await registers.get(statusRegister(name)));
      if (told?.at !== undefined) watch.confirmed(name, told.at);
      const counted = async (over: AbortSignal, first: boolean): Promise<Turn> => {
        const outcome = await turn(over, first);
        if (outcome === 'confirmed') watch.confirmed(name, clock.now());
        return outcome;
      };
      const count = (outcome: Exclude<Turn, 'nothing-due'>): void => {
        watch.count(name, outcome);
      };
      await outsideLoop(name, counted, { logger, count, pauses })(signal);
    },
  });

  const loops = witnessesOf(settings, opening).map((witness) =>
    beside(witness.name, async (signal, again): Promise<Turn> => {
      const outcome = await witnessNewest({ checkpoints, log, registers, keep, clock, refusals, contradicted }, witness, { again, signal });
      return outcome === 'cosigned' ? 'confirmed' : outcome === 'refused' ? 'refused' : 'nothing-due';
    }),
  );
  const { timeStamp, mailTo: to } = settings;
  if (timeStamp !== undefined) {
    const authority = openTimeStampAuthority(timeStamp.url, { watch: watchHttp });
    closing.push(() => authority.close());
    const folder = join(pathIn(dataDirectory, dataFiles.seal), 'timestamps');
    const stamping = { checkpoints, log, registers, authority, ...timeStamp, folder, clock, chance: randomBytes };
    loops.push(
      beside(timeStampName, async (signal) => ((await stampNewest(stamping, signal)) === 'stamped' ? 'confirmed' : 'nothing-due')),
    );
  }
  if (to !== undefined)
    loops.push(
      beside(publicationName, async () => {
        const outcome = await publishNewest({ ...ports, checkpoints, log, to });
        return outcome === 'sent' ? 'confirmed' : outcome === 'failed' ? 'unavailable' : 'nothing-due';
      }),
    );
  return loops;
};

/** What one process of all does beside the effects, made of the ports as they stand. */
export class BackgroundTasks {
  readonly tasks: readonly BackgroundTask[];
  readonly #closing: (() => void | Promise<void>)[] = [];

  constructor(
    { ports, settings, metrics, sealing, bounceMailbox, retention }: OpenedPorts,
    calendars: AbsenceCalendars,
    { subscriptions = [] }: Pick<TichetAlbastruOptions, 'subscriptions'> = {},
  ) {
    const bounces = bounceMailbox && { mailbox: bounceMailbox, watch: metrics.watchBounces };
    const outside = {
      dataDirectory: settings.dataDirectory,
      watch: metrics.outside,
      watchHttp: metrics.watchHttp,
      closing: this.#closing,
    };
    this.tasks = [
      ...backgroundTasksOf(ports, defined({ bounces, retention })),
      ...subscriptions.map((subscription) => subscriptionTask(ports, subscription)),
      ...(sealing === undefined ? [] : backgroundTasksOutside(settings.outside, { ports, sealing, ...outside })),
      ...(calendars.readsAddresses ? [{ name: 'absence-calendars', work: (signal: AbortSignal) => calendars.keepReading(signal) }] : []),
    ];
  }

  async close(): Promise<void> {
    for (const step of this.#closing.splice(0).reverse()) await step();
  }
}

const providers: Provider[] = [
  AbsenceCalendars,
  Facts,
  Subscriptions,
  {
    provide: BackgroundTasks,
    inject: [openedToken, AbsenceCalendars, optionsToken],
    useFactory: (opened: OpenedPorts, calendars: AbsenceCalendars, options: TichetAlbastruOptions) =>
      new BackgroundTasks(opened, calendars, options),
  },
  {
    provide: Background,
    inject: [openedToken, optionsToken, BackgroundTasks],
    useFactory: (
      { ports, rows, traces, storage, lease, sealing, retention }: OpenedPorts,
      { processes = true }: TichetAlbastruOptions,
      { tasks }: BackgroundTasks,
    ) => new Background(ports, rows, { processes, tasks, traces, ...defined({ storage, lease, sealing, retention }) }),
  },
];

/** What goes on beside the requests, from the start of the application to its end. */
@Module({ providers, exports: [Background, AbsenceCalendars, Facts, Subscriptions] })
export class BackgroundModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly background: Background,
    @Inject(BackgroundTasks) private readonly tasks: BackgroundTasks,
    @Inject(openedToken) private readonly opened: OpenedPorts,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.background.start();
    // beside the start: a provider that is away keeps nobody from the citizens' pages
    void this.opened.identity?.greet();
  }

  /** The server has answered everything by now; the stores are closed after this. */
  async onApplicationShutdown(): Promise<void> {
    await this.background.stop();
    this.opened.ports.logger.info('service.stopped');
    await this.tasks.close();
  }
}
