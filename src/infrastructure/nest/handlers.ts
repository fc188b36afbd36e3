import { Inject, type Type } from '@nestjs/common';
import { CommandHandler, QueryHandler } from '@nestjs/cqrs';
import type { Done } from '../../application/kernel/done';
import type { CommandContext } from '../../application/kernel/execute';
import type { Command, CommandClass, Query, QueryClass } from '../../application/kernel/message';
import type { Ports } from '../../application/kernel/ports/ports';
import { type About, notingRefusals } from '../../application/kernel/refused-attempts';
import type { Refusal } from '../../domain/kernel/refusal';
import { traced } from '../telemetry/tracing';
import { portsToken } from './tokens';

/** A use case is a function of the ports; the buses carry its input to it. */
export type UseCase<Input, Value> = (ports: Ports) => (context: CommandContext, input: Input) => Promise<Done<Value> | Refusal>;
export type Question<Input, Answer> = (ports: Ports) => (input: Input) => Promise<Answer>;

/** A handler as Nest takes it, and the name of the use case behind it. */
export type Handling = Type & { readonly useCase: string };

const named = (handler: Type, message: { readonly name: string }, useCase: string): Handling => {
  Object.defineProperty(handler, 'name', { value: `${message.name}Handler` });
  return Object.assign(handler, { useCase });
};

/**
 * The handler of one command. Traces call it by the name of its use case, and so does the record of refused attempts; `about` says under
 * which ticket or request a refusal is noted there.
 */
export const commandHandler = <Input, Value>(
  message: CommandClass<Input, Done<Value>>,
  useCase: UseCase<Input, Value>,
  about: About<Input>,
  name = useCase.name,
): Handling => {
  @CommandHandler(message)
  class Handler {
    readonly #run: ReturnType<UseCase<Input, Value>>;
    constructor(@Inject(portsToken) ports: Ports) {
      this.#run = notingRefusals(ports, name, about, useCase(ports));
    }
    execute({ context, input }: Command<Input, Done<Value>>): Promise<Done<Value> | Refusal> {
      return traced(`command ${name}`, () => this.#run(context, input), { values: { 'tichet.command': name } });
    }
  }
  return named(Handler, message, name);
};

export const queryHandler = <Input, Answer>(
  message: QueryClass<Input, Answer>,
  question: Question<Input, Answer>,
  name = question.name,
): Handling => {
  @QueryHandler(message)
  class Handler {
    readonly #ask: ReturnType<Question<Input, Answer>>;
    constructor(@Inject(portsToken) ports: Ports) {
      this.#ask = question(ports);
    }
    execute({ input }: Query<Input, Answer>): Promise<Answer> {
      return traced(`question ${name}`, () => this.#ask(input), { values: { 'tichet.question': name } });
    }
  }
  return named(Handler, message, name);
};
