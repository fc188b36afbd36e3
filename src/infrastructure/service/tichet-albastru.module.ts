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
import { mustBeOptions } from '../nest/own-options';
import { PortsModule } from '../nest/ports.module';
import type { OpenedPorts } from '../nest/provided';
import { declaredToken, mountingToken, openedToken } from '../nest/tokens';
import { UseCasesModule } from '../nest/use-cases.module';
import { WebModule } from '../web/web.module';
import { keepDevelopmentApartInStores } from './development-folder';

const byDefault: Required<TichetAlbastruMounting> = { http: true, web: false, eventBus: false, mountPath: '/api/v1' };

const { ConfigurableModuleClass } = new ConfigurableModuleBuilder<TichetAlbastruOptions>({
  optionsInjectionToken: declaredToken,
})
  .setClassMethodName('forRoot')
  .setExtras<TichetAlbastruMounting>(
    byDefault,
    // beside a factory Nest gives the imports, if none
    ({ providers = [], imports, ...definition }, given): DynamicModule => {
      mustBeOptions(given, { beside: imports !== undefined });
      const { http, web, eventBus, mountPath } = { ...byDefault, ...defined(given) };
      return {
        ...definition,
        providers: [{ provide: mountingToken, useValue: { http, web, eventBus, mountPath } satisfies TichetAlbastruMounting }],
        imports: [
          PortsModule.with(providers, { ...defined({ imports }), http, web }),
          { module: UseCasesModule, global: true },
          ...(eventBus ? [EventBusModule] : []),
          ...(http || web ? [{ module: DoorsModule, global: true }] : []),
          ...(http ? [ApiModule, OperationsModule, RouterModule.register([{ path: mountPath, module: ApiModule }])] : []),
          ...(web ? [WebModule] : []),
        ],
      };
    },
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
