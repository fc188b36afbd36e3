import * as log from '@tichet-albastru/event-log/execute/execute';
import type { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import type { Category, FactsByCategory } from '../../domain/facts';
import type { Decision } from '../../domain/kernel/decider';
import type { Instant } from '../../domain/kernel/fact';
import type { Refusal, RefusalCode } from '../../domain/kernel/refusal';
import { type Asker, actorOf } from './access';
import type { AggregateOf, ExecutePorts, StateOf } from './aggregates';
import { forbidden } from './permission';

/** Who asks, when, and on whose behalf. The same `commandId` is the same command, however often it runs. */
export type CommandContext = log.CommandContext & {
  /** on whose behalf: what is written is what they may cause */
  readonly asker: Asker;
  /** what the command has come to know in the end: its answer is made without asking again */
  readonly known?: StreamCache;
};

/** What a caller asks for of their own accord: nothing before it is its cause. */
export const commandOf = (asker: Asker, commandId: string, at: Instant, about = commandId): CommandContext => ({
  commandId,
  correlationId: commandId,
  causationId: commandId,
  asker,
  actor: actorOf(asker, about),
  at,
});

export type Executed<C extends Category> = log.Executed<StateOf[C]>;

type Target<C extends Category> = {
  readonly aggregate: AggregateOf<C>;
  readonly stream: string;
  /** names this append among those of the command */
  readonly step: string;
  readonly decide: (state: StateOf[C]) => Decision<FactsByCategory[C]> | Promise<Decision<FactsByCategory[C]>>;
};

/** `execute` of the log, where nothing is written that the asker may not cause there (`forbidden`). */
export const execute = async <C extends Category>(
  ports: ExecutePorts,
  context: CommandContext,
  { aggregate, stream, step, decide }: Target<C>,
): Promise<Executed<C> | Refusal> =>
  log.execute<FactsByCategory, C, StateOf[C], RefusalCode>(ports, context, {
    ...{ aggregate, stream, step, decide },
    forbids: (state, fact) => forbidden(ports, context.asker, { category: aggregate.category, stream, state }, fact),
  });
