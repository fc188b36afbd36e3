import { type ConfigurableModuleAsyncOptions, ConfigurableModuleBuilder, type DynamicModule, Module } from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { CqrsModule } from '@nestjs/cqrs';
import { accessMetadata } from '../api/access/access-decorator';
import { AccessGuard, tokensToken } from '../api/access/access-guard';
import { everyRouteHasARule } from '../api/access/every-route-has-a-rule';
import { RequestRate } from '../api/access/request-rate';
import { CommandDesk } from '../api/commands/command-desk';
import { ReachedPosition } from '../api/commands/reached-position';
import { ReadDesk } from '../api/commands/read-desk';
import { apiControllers, operationsControllers } from '../api/controllers';
import { LiveStreams } from '../api/live-streams';
import { BackgroundModule } from '../nest/background.module';
import { commandHandlers } from '../nest/command-handlers';
import type { TichetAlbastruMounting, TichetAlbastruOptions } from '../nest/options';
import { PortsModule } from '../nest/ports.module';
import type { OpenedPorts } from '../nest/provided';
import { queryHandlers } from '../nest/query-handlers';
import { openedToken, optionsToken } from '../nest/tokens';
import { localTokens } from '../outside/identity/local-tokens';
import { tokensOf } from '../outside/identity/officials-tokens';
import { WebModule } from '../web/web.module';

/** The use cases on the two buses. */
@Module({ imports: [CqrsModule], providers: [...commandHandlers, ...queryHandlers], exports: [CqrsModule] })
class UseCasesModule {}

const doors = [LiveStreams, CommandDesk, ReadDesk, AccessGuard, RequestRate, ReachedPosition];

/** What routes and pages share: who comes in, and how commands and queries are handed on. */
@Module({
  imports: [UseCasesModule, BackgroundModule],
  providers: [
    ...doors,
    {
      provide: tokensToken,
      useFactory: ({ tokenKey, ports, identity }: OpenedPorts) => tokensOf(localTokens(tokenKey, ports.clock), identity),
      inject: [openedToken],
    },
  ],
  exports: [...doors, tokensToken, UseCasesModule, BackgroundModule],
})
class DoorsModule {}

everyRouteHasARule(apiControllers, { guard: AccessGuard, rule: accessMetadata });

@Module({ controllers: apiControllers })
class ApiModule {}

@Module({ controllers: operationsControllers })
class OperationsModule {}

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<TichetAlbastruOptions>({
  optionsInjectionToken: optionsToken,
})
  .setClassMethodName('forRoot')
  .setExtras<TichetAlbastruMounting>(
    {},
    ({ providers = [], imports = [], ...definition }, { http = true, web = false, mountPath = '/api/v1' }): DynamicModule => ({
      ...definition,
      imports: [
        PortsModule.with(providers, imports),
        { module: DoorsModule, global: true },
        ...(http ? [ApiModule, OperationsModule, RouterModule.register([{ path: mountPath, module: ApiModule }])] : []),
        ...(web ? [WebModule] : []),
      ],
    }),
  )
  .build();

/** The blue ticket as a module of a Nest application. */
@Module({})
export class TichetAlbastruModule extends ConfigurableModuleClass {
  /** Everything has a default: without options it is the whole service in `./data`. */
  static override forRoot(options: TichetAlbastruOptions & TichetAlbastruMounting = {}): DynamicModule {
    return super.forRoot(options);
  }

  static override forRootAsync(options: ConfigurableModuleAsyncOptions<TichetAlbastruOptions> & TichetAlbastruMounting): DynamicModule {
    return super.forRootAsync(options);
  }
}
