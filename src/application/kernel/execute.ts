import { again } from '@tichet-albastru/kernel/pause';
import type { Category, FactsByCategory } from '../../domain/facts';
import { isAhead } from '../../domain/time/clock-tolerance';
import type { Decision } from '../../domain/kernel/decider';
import type { Actor, Instant } from '../../domain/kernel/fact';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { type Asker, actorOf } from './access';
import { type ExecutePorts, learn, load, loadAnew } from './load';
import { forbidden } from './permission';
import {
  type AppendResult,
  type Envelope,
  EventStoreUnavailable,
  type NonEmpty,
  type Position,
} from '@tichet-albastru/event-log/ports/event-store';
import type { AggregateOf, Loaded, StateOf, StreamCache } from './stream-cache';

/** Who asks, when, and on whose behalf. The same `commandId` is the same command, however often it runs. */
export type CommandContext = {
  readonly commandId: string;
  readonly correlationId: string;
  /** the event or command that caused it; the command itself when a person did */
  readonly causationId: string;
  /** on whose behalf: what is written is what they may cause */
  readonly asker: Asker;
  /** who stands in the facts */
  readonly actor: Actor;
  /** the instant of the command: fixed before its first append and kept under its key */
  readonly at: Instant;
  /** it is refused unless this holds for what stands in that stream when it is decided */
  readonly precondition?: { readonly stream: string; readonly holds: () => Promise<boolean> };
  /** what the command has come to know in the end: whoever makes its answer need not ask again */
  readonly known?: StreamCache;
};

/** What somebody asks for of their own accord: nothing before it is its cause. */
export const commandOf = (asker: Asker, commandId: string, at: Instant, about = commandId): CommandContext => ({
  commandId,
  correlationId: commandId,
  causationId: commandId,
  asker,
  actor: actorOf(asker, about),
  at,
});

export type Executed<C extends Category> = {
  readonly kind: 'done';
  readonly state: StateOf[C];
  readonly position: Position;
  readonly revision: number;
};

/** How often a decision is made again because somebody else wrote first. So many writers at one stream at once are no citizens any more. */
const mostAttempts = 100;
const conflict = refuse('conflict', { retryAfterSeconds: 1 });

/** Nobody is there who could be told to come later: thrown by background work, which is then tried again. */
export class StreamContended extends Error {
  override readonly name = 'StreamContended';
}

/** @throws StreamContended where the outcome is `conflict` */
export const unlessContended = <Outcome>(outcome: Outcome): Outcome => {
  if (isRefusal(outcome) && outcome.code === 'conflict') throw new StreamContended('Others kept writing to the stream.');
  return outcome;
};

type Target<C extends Category> = {
  readonly aggregate: AggregateOf<C>;
  readonly stream: string;
  /** names this append among those of the command */
  readonly step: string;
  readonly decide: (state: StateOf[C]) => Decision<FactsByCategory[C]> | Promise<Decision<FactsByCategory[C]>>;
};

/** What is to be written behind what stands there, and the state after it. */
const decided = async <C extends Category>(
  ports: ExecutePorts,
  context: CommandContext,
  { aggregate, stream, decide }: Target<C>,
  idAt: (index: number) => string,
  { state, revision, tail }: Loaded<C>,
): Promise<{ readonly state: StateOf[C]; readonly envelopes: readonly Envelope[] } | Refusal> => {
  if (context.precondition?.stream === stream && !(await context.precondition.holds())) return refuse('precondition-failed');
  const decision = await decide(state);
  if (isRefusal(decision)) return decision;
  for (const fact of decision.facts) {
    const refused = await forbidden(ports, context.asker, { category: aggregate.category, stream, state }, fact);
    if (refused) return refused;
  }
  const recordedAt = context.at > tail.recordedAt ? context.at : tail.recordedAt;
  const clockAt = isAhead(recordedAt, context.at) ? context.at : undefined;
  const envelopes: Envelope[] = [];
  let previousHash = tail.previousHash;
  for (const fact of decision.facts) {
    const envelope = await ports.codec.encode(fact, {
      stream,
      revision: revision + 1 + envelopes.length,
      id: idAt(envelopes.length),
      previousHash,
      recordedAt,
      ...defined({ clockAt }),
      actor: context.actor,
      commandId: context.commandId,
      correlationId: context.correlationId,
      causationId: context.causationId,
    });
    envelopes.push(envelope);
    previousHash = envelope.hash;
  }
  return { state: decision.facts.reduce(aggregate.evolve, state), envelopes };
};

/**
 * The only writer: load, fold, decide, append; decide again on a conflict, so often and then refuse `conflict`: nothing was written.
 * Nor is anything where one of the facts is none that the asker may cause there (`forbidden`).
 *
 * The ids of the events are derived from the command, the step and the stream, so a command that runs twice writes once:
 * if its first event already stands in the stream, it answers "done" and decides nothing.
 *
 * A command that remembers what it read and wrote (`inOneCommand`) decides on that: the store takes its append only where nobody else has
 * written meanwhile. What ends without an append, a refusal or nothing to do, is decided again on what stands now before it is told.
 * A refusal decided against a state that somebody has since changed cannot harm: it wrote nothing.
 */
export const execute = async <C extends Category>(
  ports: ExecutePorts,
  context: CommandContext,
  target: Target<C>,
): Promise<Executed<C> | Refusal> => {
  const { aggregate, stream, step } = target;
  const idAt = (index: number): string => ports.identifiers.derive(context.commandId, step, stream, String(index));
  const first = idAt(0);
  let isConfirmed = ports.known === undefined;
  let loaded = await load(ports, aggregate, stream);
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const { state, events, revision, position, tail } = loaded;
    if (events.some(({ id }) => id === first)) return { kind: 'done', state, position, revision };
    const next = await decided(ports, context, target, idAt, loaded);
    if (!isRefusal(next) && isNonEmpty(next.envelopes)) {
      const { envelopes } = next;
      const appended = await settle(() => ports.store.append(stream, tail.expected, envelopes));
      if (appended.kind !== 'conflict') {
        learn(ports, target, loaded, envelopes, appended);
        return { kind: 'done', state: next.state, position: appended.position, revision: appended.revision };
      }
      // Nobody was faster: the stream is not what is remembered of it. Read from there on, it would be in conflict for ever.
      if (appended.revision <= revision) ports.streamCache.forget(aggregate.category, stream);
    } else {
      if (isConfirmed) return isRefusal(next) ? next : { kind: 'done', state, position, revision };
      isConfirmed = true;
      ports.known?.forgetAll();
    }
    loaded = await loadAnew(ports, aggregate, stream);
  }
  return conflict;
};

const pausesMilliseconds = [20, 100, 500];
/** A store that has waited longer than this for its own server is not asked again, in milliseconds. */
const longEnough = 1500;

/**
 * An append whose outcome is unknown is repeated to the byte until the store answers: whatever happened the first time, it stands once.
 * @throws EventStoreUnavailable when the store does not answer within about a second, or as soon as it gives up itself
 */
const settle = async (append: () => Promise<AppendResult>): Promise<AppendResult> => {
  const until = performance.now() + longEnough;
  return again(append, pausesMilliseconds, (error) => error instanceof EventStoreUnavailable && performance.now() <= until);
};

const isNonEmpty = <T>(items: readonly T[]): items is NonEmpty<T> => items.length > 0;
