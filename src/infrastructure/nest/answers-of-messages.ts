import type { Command as BusCommand, Query as BusQuery } from '@nestjs/cqrs';
import type { Done } from '../../application/kernel/done';
import type { Refusal } from '../../domain/kernel/refusal';

/** Tells Nest's buses what a command or a query of the application is answered with; the application itself knows nothing of Nest. */
declare module '../../application/kernel/message' {
  interface Command<Input, Answer extends Done<unknown>> extends BusCommand<Answer | Refusal> {}
  interface Query<Input, Answer> extends BusQuery<Answer> {}
}
