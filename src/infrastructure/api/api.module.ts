import { Module } from '@nestjs/common';
import { defined } from '@tichet-albastru/kernel/defined';
import type { OpenedPorts } from '../nest/provided';
import { openedToken } from '../nest/tokens';
import { UseCasesModule } from '../nest/use-cases.module';
import { localTokens } from '../outside/identity/local-tokens';
import { tokensOf } from '../outside/identity/officials-tokens';
import { peopleIn } from '../outside/identity/people';
import { accessMetadata } from './access/access-decorator';
import { AccessGuard, tokensToken } from './access/access-guard';
import { Admission } from './access/admission';
import { everyRouteHasARule } from './access/every-route-has-a-rule';
import { ReadingRecorder } from './access/reading-recorder';
import { RequestRate } from './access/request-rate';
import { CommandInterceptor } from './commands/command-interceptor';
import { CommandService } from './commands/command-service';
import { ReachedPosition } from './commands/reached-position';
import { QueryService } from './commands/query-service';
import { apiControllers, operationsControllers } from './controllers';
import { LiveStreams } from './live-streams';

const doors = [
  LiveStreams,
  CommandInterceptor,
  CommandService,
  QueryService,
  AccessGuard,
  Admission,
  RequestRate,
  ReachedPosition,
  ReadingRecorder,
];

/** What routes and pages share: who comes in, and how commands and queries are handed on. */
@Module({
  imports: [UseCasesModule],
  providers: [
    ...doors,
    {
      provide: tokensToken,
      useFactory: ({ tokenKey, ports, keys, identity }: OpenedPorts) =>
        tokensOf(localTokens(tokenKey, ports.clock), {
          ...defined({ identity }),
          people: peopleIn({ ...ports, keys }),
          tokens: ports.operations.tokens,
        }),
      inject: [openedToken],
    },
  ],
  exports: [...doors, tokensToken],
})
export class DoorsModule {}

everyRouteHasARule(apiControllers, { guard: AccessGuard, rule: accessMetadata });

@Module({ controllers: apiControllers })
export class ApiModule {}

@Module({ controllers: operationsControllers })
export class OperationsModule {}
