import { Inject, Module } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { OpenedPorts } from '../nest/provided';
import { openedToken } from '../nest/tokens';
import { UseCasesModule } from '../nest/use-cases.module';
import { localTokens } from '../outside/identity/local-tokens';
import { tokensOf } from '../outside/identity/officials-tokens';
import { accessMetadata } from './access/access-decorator';
import { AccessGuard, tokensToken } from './access/access-guard';
import { everyRouteHasARule } from './access/every-route-has-a-rule';
import { RequestRate } from './access/request-rate';
import { CommandInterceptor } from './commands/command-interceptor';
import { ReachedPosition } from './commands/reached-position';
import { QueryService } from './commands/query-service';
import { apiControllers, operationsControllers } from './controllers';
import { LiveStreams } from './live-streams';

/** The application answers through another HTTP adapter than the one for which routes and pages are written. */
export class AdapterUnusable extends Error {
  override readonly name = 'AdapterUnusable';
  constructor(adapter: string) {
    super(
      `Tichetul albastru răspunde numai prin Fastify, iar aplicația este făcută cu ${adapter}; creați-o cu createAdapter(), sau montați modulul cu http: false. / ` +
        `The blue ticket answers through Fastify alone, and the application was made with ${adapter}; create it with createAdapter(), or mount the module with http: false.`,
    );
  }
}

const doors = [LiveStreams, CommandInterceptor, QueryService, AccessGuard, RequestRate, ReachedPosition];

/** What routes and pages share: who comes in, and how commands and queries are handed on. */
@Module({
  imports: [UseCasesModule],
  providers: [
    ...doors,
    {
      provide: tokensToken,
      useFactory: ({ tokenKey, ports, identity }: OpenedPorts) => tokensOf(localTokens(tokenKey, ports.clock), identity),
      inject: [openedToken],
    },
  ],
  exports: [...doors, tokensToken],
})
export class DoorsModule {
  /** @throws AdapterUnusable before any route is registered */
  constructor(@Inject(HttpAdapterHost) { httpAdapter }: { readonly httpAdapter?: { getType(): string } }) {
    const adapter = httpAdapter?.getType();
    if (adapter !== undefined && adapter !== 'fastify') throw new AdapterUnusable(adapter);
  }
}

everyRouteHasARule(apiControllers, { guard: AccessGuard, rule: accessMetadata });

@Module({ controllers: apiControllers })
export class ApiModule {}

@Module({ controllers: operationsControllers })
export class OperationsModule {}
