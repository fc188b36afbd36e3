import {
  type ConfigurableModuleAsyncOptions,
  ConfigurableModuleBuilder,
  type DynamicModule,
  Inject,
  Module,
  type OnModuleInit,
} from '@nestjs/common';
import { RouterModule } from '@nestjs/core';
import { defined } from '@tichet-albastru/kernel/defined';
import { ApiModule, DoorsModule, OperationsModule } from '../api/api.module';
import { EventBusModule } from '../nest/event-bus.module';
import type { TichetAlbastruMounting, TichetAlbastruOptions } from '../nest/options';
import { PortsModule } from '../nest/ports.module';
import type { OpenedPorts } from '../nest/provided';
import { mountingToken, openedToken, optionsToken } from '../nest/tokens';
import { UseCasesModule } from '../nest/use-cases.module';
import { WebModule } from '../web/web.module';
import { keepDevelopmentApartInStores } from './development-folder';

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<TichetAlbastruOptions>({
  optionsInjectionToken: optionsToken,
})
  .setClassMethodName('forRoot')
  .setExtras<TichetAlbastruMounting>(
    {},
    (
      { providers = [], imports = [], ...definition },
      { http = true, web = false, eventBus = false, mountPath = '/api/v1' },
    ): DynamicModule => ({
      ...definition,
      providers: [{ provide: mountingToken, useValue: { http, web, eventBus, mountPath } satisfies TichetAlbastruMounting }],
      imports: [
        PortsModule.with(providers, { imports, http, web }),
        { module: UseCasesModule, global: true },
        ...(eventBus ? [EventBusModule] : []),
        ...(http || web ? [{ module: DoorsModule, global: true }] : []),
        ...(http ? [ApiModule, OperationsModule, RouterModule.register([{ path: mountPath, module: ApiModule }])] : []),
        ...(web ? [WebModule] : []),
      ],
    }),
  )
  .build();

/** The blue ticket as a module of a Nest application. */
@Module({})
export class TichetAlbastruModule extends ConfigurableModuleClass implements OnModuleInit {
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {
    super();
  }

  /** Before anything is done in the background, and before anybody is answered. */
  onModuleInit(): Promise<void> {
    const { ports, settings, development } = this.opened;
    return keepDevelopmentApartInStores({ ...ports, settings, ...defined({ development }) });
  }

  /** Everything has a default: without options it is the whole service in `./data`. */
  static override forRoot(options: TichetAlbastruOptions & TichetAlbastruMounting = {}): DynamicModule {
    return super.forRoot(options);
  }

  static override forRootAsync(options: ConfigurableModuleAsyncOptions<TichetAlbastruOptions> & TichetAlbastruMounting): DynamicModule {
    return super.forRootAsync(options);
  }
}
