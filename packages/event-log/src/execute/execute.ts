import { isAhead } from '@tichet-albastru/kernel/clock-tolerance';
import type { Decision } from '@tichet-albastru/kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Actor, Instant } from '@tichet-albastru/kernel/fact';
import { again } from '@tichet-albastru/kernel/pause';
import { isRefusal, type Refusal, refuse } from '@tichet-albastru/kernel/refusal';
import { type AppendResult, type Envelope, EventStoreUnavailable, type NonEmpty, type Position } from '../ports/event-store';
import { type AggregateIn, type ExecutePorts, type Facts, learn, load, loadAnew } from './load';
import type { Loaded } from './stream-cache';

/** When a command runs, and on whose behalf. The same `commandId` is the same command, however often it runs. */
export type CommandContext = {
  readonly commandId: string;
  readonly correlationId: string;
  /** the event or command that caused it; the command itself when a person did */
  readonly causationId: string;
  /** who stands in the facts */
  readonly actor: Actor;
  /** the instant of the command: fixed before its first append and kept under its key */
  readonly at: Instant;
  /** it is refused unless this holds for what stands in that stream when it is decided */
  readonly precondition?: { readonly stream: string; readonly holds: () => Promise<boolean> };
};

export type Executed<State> = {
  readonly kind: 'done';
  readonly state: State;
  readonly position: Position;
  readonly revision: number;
};

/** What every decision can come to, beside the refusals of the procedure. */
export type AnyRefusal = 'precondition-failed' | 'conflict';

/** How often a decision is made again because another writer was first. So many writers at one stream at once are no people any more. */
const mostAttempts = 100;
const conflict = refuse('conflict', { retryAfterSeconds: 1 });

/** Background work cannot be told to come later: it throws this, and is tried again. */
export class StreamContended extends Error {
  override readonly name = 'StreamContended';
}

/** @throws StreamContended where the outcome is `conflict` */
export const unlessContended = <Outcome>(outcome: Outcome): Outcome => {
  if (isRefusal(outcome) && outcome.code === 'conflict') throw new StreamContended('Others kept writing to the stream.');
  return outcome;
};

export type Target<F extends Facts, C extends keyof F & string, State, Code extends string> = {
  readonly aggregate: AggregateIn<F, C, State>;
  readonly stream: string;
  /** names this append among those of the command */
  readonly step: string;
  readonly decide: (state: State) => Decision<F[C], Code> | Promise<Decision<F[C], Code>>;
  /** Refuses where this fact may not be caused on whose behalf the command runs. */
  readonly forbids: (state: State, fact: F[C]) => Promise<Refusal<Code> | undefined>;
};

/** What is to be written behind what stands there, and the state after it. */
const decided = async <F extends Facts, C extends keyof F & string, State, Code extends string>(
  ports: ExecutePorts<F>,
  context: CommandContext,
  { aggregate, stream, decide, forbids }: Target<F, C, State, Code>,
  idAt: (index: number) => string,
  { state, revision, tail }: Loaded<State, F[C]>,
): Promise<{ readonly state: State; readonly envelopes: readonly Envelope[] } | Refusal<Code | AnyRefusal>> => {
  if (context.precondition?.stream === stream && !(await context.precondition.holds())) return refuse('precondition-failed');
  const decision = await decide(state);
  if (decision.kind === 'refused') return decision;
  for (const fact of decision.facts) {
    const refused = await forbids(state, fact);
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
 * Nor is anything where `forbids` refuses one of the facts.
 *
 * The ids of the events are derived from the command, the step and the stream, so a command that runs twice writes once:
 * if its first event already stands in the stream, it answers "done" and decides nothing.
 *
 * A command that remembers what it read and wrote (`inOneCommand`) decides on that: the store takes its append only where no other writer
 * has written meanwhile. What ends without an append, a refusal or nothing to do, is decided again on what stands now before it is told.
 * A refusal that was decided on an outdated state does no harm: it wrote nothing.
 */
export const execute = async <F extends Facts, C extends keyof F & string, State, Code extends string>(
  ports: ExecutePorts<F>,
  context: CommandContext,
  target: Target<F, C, State, Code>,
): Promise<Executed<State> | Refusal<Code | AnyRefusal>> => {
  const { aggregate, stream, step } = target;
  const idAt = (index: number): string => ports.identifiers.derive(context.commandId, step, stream, String(index));
  const first = idAt(0);
  let isConfirmed = ports.known === undefined;
  let loaded = await load(ports, aggregate, stream);
  for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
    const { state, events, revision, position, tail } = loaded;
    if (events.some(({ id }) => id === first)) return { kind: 'done', state, position, revision };
    const next = await decided(ports, context, target, idAt, loaded);
    if (!('kind' in next) && isNonEmpty(next.envelopes)) {
      const { envelopes } = next;
      const appended = await settle(() => ports.store.append(stream, tail.expected, envelopes));
      if (appended.kind !== 'conflict') {
        learn(ports, target, loaded, envelopes, appended);
        return { kind: 'done', state: next.state, position: appended.position, revision: appended.revision };
      }
      // No other writer was faster: the stream is not what is remembered of it. Read from there on, it would be in conflict for ever.
      if (appended.revision <= revision) ports.streamCache.forget(aggregate.category, stream);
    } else {
      if (isConfirmed) return 'kind' in next ? next : { kind: 'done', state, position, revision };
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
 * An append whose outcome is unknown is repeated to the byte until the store answers. It stands once, also if the first try was written.
 * @throws EventStoreUnavailable when the store does not answer within about a second, or as soon as it gives up itself
 */
const settle = async (append: () => Promise<AppendResult>): Promise<AppendResult> => {
  const until = performance.now() + longEnough;
  return again(append, pausesMilliseconds, (error) => error instanceof EventStoreUnavailable && performance.now() <= until);
};

const isNonEmpty = <T>(items: readonly T[]): items is NonEmpty<T> => items.length > 0;
