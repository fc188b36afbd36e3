import type { Refusal } from '../../domain/kernel/refusal';
import type { Done } from './done';
import type { CommandContext } from './execute';

/** The asker (`context`) and what they ask for (`input`). Its handler answers `Answer`, or a refusal. */
export abstract class Command<Input, Answer extends Done<unknown>> {
  /** Only for the types: no command holds its answer. */
  declare readonly answer?: Answer | Refusal;

  constructor(
    readonly context: CommandContext,
    readonly input: Input,
  ) {}
}

/** What is asked. Its handler answers `Answer`. */
export abstract class Query<Input, Answer> {
  /** Only for the types: no query holds its answer. */
  declare readonly answer?: Answer;

  constructor(readonly input: Input) {}
}

export type CommandClass<Input, Answer extends Done<unknown>> = new (context: CommandContext, input: Input) => Command<Input, Answer>;
export type QueryClass<Input, Answer> = new (input: Input) => Query<Input, Answer>;
