import { Inject, type Provider, type Type } from '@nestjs/common';
import { Command, CommandHandler, Query, QueryHandler } from '@nestjs/cqrs';
import type { Done } from '../../application/kernel/done';
import type { CommandContext } from '../../application/kernel/execute';
import type { Ports } from '../../application/kernel/ports/ports';
import { type About, notingRefusals } from '../../application/kernel/refused-attempts';
import type { Refusal } from '../../domain/kernel/refusal';
import { traced } from '../telemetry/tracing';

/** Under this token the module provides the ports. */
export const portsToken = Symbol('Ports');

/** A use case is a function of the ports; the buses carry its input to it. */
export type UseCase<C, T> = (ports: Ports) => (context: CommandContext, command: C) => Promise<Done<T> | Refusal>;
export type Question<Q, A> = (ports: Ports) => (question: Q) => Promise<A>;

export type CommandBinding<C, T> = {
  /** what is given to the CommandBus */
  readonly message: new (context: CommandContext, command: C) => Command<Done<T> | Refusal>;
  readonly handler: Type;
};
export type QuestionBinding<Q, A> = { readonly message: new (question: Q) => Query<A>; readonly handler: Type };

/**
 * A message and its handler for one use case: no class has to be written for either. Traces call it by its name, and so does the journal
 * of refused attempts. `about` says under which ticket or request a refusal is noted there; nobody may forget to say it.
 */
export const bindCommand = <C, T>(useCase: UseCase<C, T>, about: About<C>, name = useCase.name): CommandBinding<C, T> => {
  class Message extends Command<Done<T> | Refusal> {
    constructor(
      readonly context: CommandContext,
      readonly command: C,
    ) {
      super();
    }
  }
  @CommandHandler(Message)
  class Handler {
    readonly #run: ReturnType<UseCase<C, T>>;
    constructor(@Inject(portsToken) ports: Ports) {
      this.#run = notingRefusals(ports, name, about, useCase(ports));
    }
    execute({ context, command }: Message): Promise<Done<T> | Refusal> {
      return traced(`command ${name}`, () => this.#run(context, command), { values: { 'tichet.command': name } });
    }
  }
  return { message: Message, handler: Handler };
};

export const bindQuestion = <Q, A>(question: Question<Q, A>, name = question.name): QuestionBinding<Q, A> => {
  class Message extends Query<A> {
    constructor(readonly question: Q) {
      super();
    }
  }
  @QueryHandler(Message)
  class Handler {
    readonly #ask: ReturnType<Question<Q, A>>;
    constructor(@Inject(portsToken) ports: Ports) {
      this.#ask = question(ports);
    }
    execute({ question: asked }: Message): Promise<A> {
      return traced(`question ${name}`, () => this.#ask(asked), { values: { 'tichet.question': name } });
    }
  }
  return { message: Message, handler: Handler };
};

export const handlersOf = (bindings: Readonly<Record<string, { readonly handler: Type }>>): Provider[] =>
  Object.values(bindings).map(({ handler }) => handler);
