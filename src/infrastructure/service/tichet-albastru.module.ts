import { type DynamicModule, Inject, Module, type OnApplicationBootstrap, type OnApplicationShutdown, type Provider } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import type { Ports } from '../../application/kernel/ports/ports';
import { defined } from '../../domain/kernel/defined';
import { readSettings } from '../config/settings';
import { tokensToken } from '../api/access/access-guard';
import { accessMetadata } from '../api/access/access-decorator';
import { everyRouteHasARule } from '../api/access/every-route-has-a-rule';
import { apiControllers, operationsControllers } from '../api/controllers';
import { CommandDesk } from '../api/commands/command-desk';
import { ReachedPosition } from '../api/commands/reached-position';
import { ReadDesk } from '../api/commands/read-desk';
import { AccessGuard } from '../api/access/access-guard';
import { RequestRate } from '../api/access/request-rate';
import { LiveStreams } from '../api/live-streams';
import { localTokens } from '../outside/identity/local-tokens';
import { AbsenceCalendars } from '../nest/absence-calendars';
import { tokensOf } from '../outside/identity/officials-tokens';
import { Background } from '../nest/background';
import { besideOf } from '../nest/beside';
import { commandHandlers } from '../nest/command-handlers';
import { type OpenedPorts, openPorts, readSettingsFile } from '../nest/open-ports';
import type { TichetAlbastruAsyncOptions, TichetAlbastruMounting, TichetAlbastruOptions } from '../nest/options';
import { createTraceOfEvent } from '../telemetry/trace-of-event';
import { tracedPorts } from '../telemetry/traced-ports';
import { WebModule } from '../web/web.module';
import { queryHandlers } from '../nest/query-handlers';
import { sealedPorts } from '../nest/sealed-log';
import { openedToken, optionsToken, portsToken } from '../nest/tokens';

const open = async (options: TichetAlbastruOptions): Promise<OpenedPorts> => {
  const opened =
    options.opened === undefined
      ? await openPorts(options.settings ?? readSettings(process.env, readSettingsFile).settings)
      : { ...options.opened, close: () => Promise.resolve() };
  const traces = createTraceOfEvent();
  return { ...opened, traces, ports: tracedPorts({ ...opened.ports, ...sealedPorts(options.ports ?? {}, opened.sealing) }, traces) };
};

const coreProviders: Provider[] = [
  { provide: openedToken, useFactory: open, inject: [optionsToken] },
  { provide: portsToken, useFactory: ({ ports }: OpenedPorts) => ports, inject: [openedToken] },
  {
    provide: tokensToken,
    useFactory: ({ tokenKey, ports, identity }: OpenedPorts) => tokensOf(localTokens(tokenKey, ports.clock), identity),
    inject: [openedToken],
  },
  {
    provide: Background,
    useFactory: (
      { ports, rows, storage, lease, traces, bounces, retention, sealing, outside = [] }: OpenedPorts,
      { processes = true }: TichetAlbastruOptions,
      calendars: AbsenceCalendars,
    ) =>
      new Background(ports, rows, {
        processes,
        ...defined({ traces }),
        ...(retention && { keptFor: retention.operational }),
        beside: [
          ...besideOf(ports, { ...(bounces && { bounces }), ...(retention && { retention }) }),
          ...outside,
          ...(calendars.readsAddresses
            ? [{ name: 'absence-calendars', work: (signal: AbortSignal) => calendars.keepReading(signal) }]
            : []),
        ],
        ...defined({ storage, lease, sealing }),
      }),
    inject: [openedToken, optionsToken, AbsenceCalendars],
  },
  AbsenceCalendars,
  LiveStreams,
  CommandDesk,
  ReadDesk,
  AccessGuard,
  RequestRate,
  ReachedPosition,
  ...commandHandlers,
  ...queryHandlers,
];

/** The ports, the use cases on the two buses, and what goes on beside the requests. */
@Module({})
class CoreModule implements OnApplicationBootstrap, OnApplicationShutdown {
  constructor(
    private readonly background: Background,
    @Inject(openedToken) private readonly opened: OpenedPorts,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    await this.background.start();
    // beside the start: a provider that is away keeps nobody from the citizens' pages
    void this.opened.identity?.greet();
  }

  /** The server has answered everything by now. */
  async onApplicationShutdown(): Promise<void> {
    await this.background.stop();
    this.ports.journal.info('service.stopped');
    await this.opened.close();
  }
}

everyRouteHasARule(apiControllers, { guard: AccessGuard, rule: accessMetadata });

@Module({ controllers: apiControllers })
class ApiModule {}

@Module({ controllers: operationsControllers })
class OperationsModule {}

/** The blue ticket as a module of a Nest application. */
@Module({})
export class TichetAlbastruModule {
  static forRoot({ http, web, mountPath, ...options }: TichetAlbastruOptions & TichetAlbastruMounting = {}): DynamicModule {
    return mounted([{ provide: optionsToken, useValue: options }], [], defined({ http, web, mountPath }));
  }

  static forRootAsync({ imports = [], inject = [], useFactory, ...mounting }: TichetAlbastruAsyncOptions): DynamicModule {
    return mounted([{ provide: optionsToken, useFactory, inject: [...inject] }], imports, mounting);
  }
}

const mounted = (
  options: Provider[],
  imports: NonNullable<DynamicModule['imports']>,
  { http = true, web = false, mountPath = '/api/v1' }: TichetAlbastruMounting,
): DynamicModule => ({
  module: TichetAlbastruModule,
  imports: [
    {
      module: CoreModule,
      global: true,
      imports: [CqrsModule, ...imports],
      providers: [...options, ...coreProviders],
      exports: [
        CqrsModule,
        portsToken,
        openedToken,
        tokensToken,
        Background,
        AbsenceCalendars,
        LiveStreams,
        CommandDesk,
        ReadDesk,
        AccessGuard,
        RequestRate,
        ReachedPosition,
      ],
    },
    ...(http ? [ApiModule, OperationsModule, RouterModule.register([{ path: mountPath, module: ApiModule }])] : []),
    ...(web ? [WebModule] : []),
  ],
});
