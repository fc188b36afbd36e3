import { Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { defined } from '@tichet-albastru/kernel/defined';
import { AbsenceCalendars } from './absence-calendars';
import { Background } from './background';
import { backgroundTasksOf, type BackgroundTask } from './background-tasks';
import { Facts } from './facts';
import type { TichetAlbastruOptions } from './options';
import type { OpenedPorts } from './provided';
import { Subscriptions, subscriptionTask } from './subscription';
import { openedToken, optionsToken } from './tokens';
import { backgroundTasksOutside } from './background-tasks-outside';

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
      { ports, rows, projections, processes: performed, traces, storage, lease, sealing, reporting, retention }: OpenedPorts,
      { processes = true }: TichetAlbastruOptions,
      { tasks }: BackgroundTasks,
    ) =>
      new Background(
        ports,
        rows,
        { projections, processes: performed },
        { processes, tasks, traces, ...defined({ storage, lease, sealing, reporting, retention }) },
      ),
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
