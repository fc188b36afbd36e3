import type { Category, FactsByCategory } from '../../domain/facts';
import type { Aggregate, Decision } from '../../domain/kernel/decider';
import type { Actor, Instant, RecordedFact } from '../../domain/kernel/fact';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import {
  type AppendResult,
  type Envelope,
  EventStoreUnavailable,
  type Expected,
  noHash,
  type NonEmpty,
  type Position,
} from './ports/event-store';
import type { EventCodec } from './ports/event-codec';
import type { EventStore } from './ports/event-store';
import type { Identifiers } from './ports/identifiers';
import { streamCacheOf } from './stream-cache';

/** Who asks, when, and on whose behalf. The same `commandId` is the same command, however often it runs. */
export type CommandContext = {
  readonly commandId: string;
  readonly correlationId: string;
  /** the event or command that caused it; the command itself when a person did */
  readonly causationId: string;
  readonly actor: Actor;
  /** the instant of the command: fixed before its first append and kept under its key */
  readonly at: Instant;
  /** it is refused unless this holds for what stands in that stream when it is decided */
  readonly precondition?: { readonly stream: string; readonly holds: () => Promise<boolean> };
};

/** A stream as it stands. */
export type Loaded<State, F extends FactsByCategory[Category]> = {
  readonly state: State;
  readonly events: readonly RecordedFact<F>[];
  readonly revision: number;
  readonly position: Position;
};

export type Executed<State> = { readonly kind: 'done'; readonly state: State; readonly position: Position; readonly revision: number };

export type ExecutePorts = { readonly store: EventStore; readonly codec: EventCodec; readonly identifiers: Identifiers };

export type CategoryAggregate<C extends Category, State> = Aggregate<State, FactsByCategory[C]> & { readonly category: C };

type Tail = { readonly expected: Expected; readonly previousHash: string; readonly recordedAt: Instant };
type LoadedToTail<State, F extends FactsByCategory[Category]> = Loaded<State, F> & { readonly tail: Tail };

const load = async <C extends Category, State>(
  { store, codec }: ExecutePorts,
  aggregate: CategoryAggregate<C, State>,
  stream: string,
): Promise<LoadedToTail<State, FactsByCategory[C]>> => {
  // Whatever is remembered under this aggregate was put there by this very function.
  const isLoaded = (value: unknown): value is LoadedToTail<State, FactsByCategory[C]> => value !== undefined;
  const cache = streamCacheOf(store);
  const known = cache.get(stream, aggregate, isLoaded);
  let state = known ? known.state : aggregate.initial;
  let tail: Tail = known?.tail ?? { expected: { kind: 'no-stream' }, previousHash: noHash, recordedAt: '' };
  let revision = known?.revision ?? -1;
  let position: Position = known?.position ?? '';
  const further: RecordedFact<FactsByCategory[C]>[] = [];
  for await (const recorded of store.read(stream, revision + 1)) {
    const event = codec.decodeOf(aggregate.category, recorded);
    further.push(event);
    state = aggregate.evolve(state, event.fact);
    revision = recorded.revision;
    position = recorded.position;
    tail = { expected: { kind: 'at', revision, hash: recorded.hash }, previousHash: recorded.hash, recordedAt: event.recordedAt };
  }
  if (known && further.length === 0) return known;
  const loaded = { state, events: known ? [...known.events, ...further] : further, revision, position, tail };
  cache.put(stream, aggregate, loaded);
  return loaded;
};

/** Reads one stream and folds it: the truth for one aggregate, never a lagging table. */
export const loadStream = async <C extends Category, State>(
  ports: ExecutePorts,
  aggregate: CategoryAggregate<C, State>,
  stream: string,
): Promise<Loaded<State, FactsByCategory[C]>> => load(ports, aggregate, stream);

/**
 * The only writer: load, fold, decide, append; decide again on a conflict.
 *
 * The ids of the events are derived from the command, the step and the stream, so a command that runs twice writes once:
 * if its first event already stands in the stream, it answers "done" and decides nothing.
 * A refusal decided against a state that somebody has since changed cannot harm: it wrote nothing.
 */
export const execute = async <C extends Category, State>(
  ports: ExecutePorts,
  context: CommandContext,
  target: {
    readonly aggregate: CategoryAggregate<C, State>;
    readonly stream: string;
    /** names this append among those of the command */
    readonly step: string;
    readonly decide: (state: State) => Decision<FactsByCategory[C]> | Promise<Decision<FactsByCategory[C]>>;
  },
): Promise<Executed<State> | Refusal> => {
  const { aggregate, stream, step } = target;
  const idAt = (index: number): string => ports.identifiers.derive(context.commandId, step, stream, String(index));
  const first = idAt(0);
  for (;;) {
    const { state, events, revision, position, tail } = await load(ports, aggregate, stream);
    if (events.some(({ id }) => id === first)) return { kind: 'done', state, position, revision };
    if (context.precondition?.stream === stream && !(await context.precondition.holds())) return refuse('precondition-failed');
    const decision = await target.decide(state);
    if (isRefusal(decision)) return decision;
    const recordedAt = context.at > tail.recordedAt ? context.at : tail.recordedAt;
    const envelopes: Envelope[] = [];
    let previousHash = tail.previousHash;
    for (const fact of decision.facts) {
      const envelope = await ports.codec.encode(fact, {
        stream,
        revision: revision + 1 + envelopes.length,
        id: envelopes.length === 0 ? first : idAt(envelopes.length),
        previousHash,
        recordedAt,
        actor: context.actor,
        commandId: context.commandId,
        correlationId: context.correlationId,
        causationId: context.causationId,
      });
      envelopes.push(envelope);
      previousHash = envelope.hash;
    }
    if (!isNonEmpty(envelopes)) return { kind: 'done', state, position, revision };
    const appended = await settle(() => ports.store.append(stream, tail.expected, envelopes));
    if (appended.kind !== 'conflict') {
      return {
        kind: 'done',
        state: decision.facts.reduce(aggregate.evolve, state),
        position: appended.position,
        revision: appended.revision,
      };
    }
    // Nobody was faster: the stream is not what is remembered of it. Read from there on, it would be in conflict for ever.
    if (appended.revision <= revision) streamCacheOf(ports.store).forget(stream);
  }
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
  for (const pause of pausesMilliseconds) {
    try {
      return await append();
    } catch (error) {
      if (!(error instanceof EventStoreUnavailable) || performance.now() > until) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return append();
};

const isNonEmpty = <T>(items: readonly T[]): items is NonEmpty<T> => items.length > 0;
