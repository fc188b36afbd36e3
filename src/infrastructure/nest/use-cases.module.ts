import { Module } from '@nestjs/common';
import { CqrsModule } from '@nestjs/cqrs';
import { BackgroundModule } from './background.module';
import { commandHandlers } from './command-handlers';
import { queryHandlers } from './query-handlers';

/** The use cases on the two buses. */
@Module({ imports: [CqrsModule], providers: [...commandHandlers, ...queryHandlers], exports: [CqrsModule] })
class BusesModule {}

/** The use cases, and what goes on in the background: all that a host without routes needs. */
@Module({ imports: [BusesModule, BackgroundModule], exports: [BusesModule, BackgroundModule] })
export class UseCasesModule {}
