import type { Aggregate } from '@tichet-albastru/kernel/decider';
import type { Fact, RecordedFact } from '@tichet-albastru/kernel/fact';
import type { EventCodec } from '../ports/event-codec';
import { type AlreadyAppended, type Appended, type Envelope, type EventStore, noHash, type Recorded } from '../ports/event-store';
import type { Identifiers } from '../ports/identifiers';
import { type Loaded, StreamCache } from './stream-cache';

/** The facts of a log by category. */
export type Facts = Readonly<Record<string, Fact>>;
/** An aggregate whose streams hold the facts of one category. */
export type AggregateIn<F extends Facts, C extends keyof F & string, State> = Aggregate<State, F[C]> & { readonly category: C };

export type ExecutePorts<F extends Facts> = {
  readonly store: EventStore;
  readonly codec: EventCodec<F>;
  readonly identifiers: Identifiers;
  readonly streamCache: StreamCache;
  /** what one command has read and written: it asks for none of these streams again */
  readonly known?: StreamCache;
};

/** Nothing is known yet. */
export const nothingKnown = (): StreamCache => new StreamCache(() => true);

/**
 * The same ports for one command, which loads each stream once and knows what it wrote itself. What is known may have grown old: the store
 * tells so when the command appends, and what ends without an append is decided again on what stands then (`execute`). A caller that must
 * see what others have done meanwhile, without writing anything, asks the ports that were there before.
 *
 * @param known what an earlier part of the command knew
 */
export const inOneCommand = <P extends { readonly store: EventStore; readonly known?: StreamCache }>(
  ports: P,
  known = nothingKnown(),
): P => (ports.known ? ports : { ...ports, known });

/** A stream that was never written. */
export const neverWritten = <State, F extends Fact>(aggregate: Aggregate<State, F>): Loaded<State, F> => ({
  state: aggregate.initial,
  events: [],
  revision: -1,
  position: '',
  tail: { expected: { kind: 'no-stream' }, previousHash: noHash, recordedAt: '' },
});

/** The stream with these events behind it. */
const grown = <F extends Facts, C extends keyof F & string, State>(
  { codec }: ExecutePorts<F>,
  aggregate: AggregateIn<F, C, State>,
  before: Loaded<State, F[C]>,
  further: readonly Recorded[],
): Loaded<State, F[C]> => {
  let { state, tail, revision, position } = before;
  const events: RecordedFact<F[C]>[] = [];
  for (const recorded of further) {
    const event = codec.decodeOf(aggregate.category, recorded);
    events.push(event);
    state = aggregate.evolve(state, event.fact);
    ({ revision, position } = recorded);
    tail = { expected: { kind: 'at', revision, hash: recorded.hash }, previousHash: recorded.hash, recordedAt: event.recordedAt };
  }
  return { state, events: [...before.events, ...events], revision, position, tail };
};

/** Reads one stream and folds it; of one command, once. */
export const load = async <F extends Facts, C extends keyof F & string, State>(
  ports: ExecutePorts<F>,
  aggregate: AggregateIn<F, C, State>,
  stream: string,
): Promise<Loaded<State, F[C]>> => ports.known?.get(aggregate, stream) ?? loadAnew(ports, aggregate, stream);

/** Reads one stream and folds it, from where it was last read. */
export const loadAnew = async <F extends Facts, C extends keyof F & string, State>(
  ports: ExecutePorts<F>,
  aggregate: AggregateIn<F, C, State>,
  stream: string,
): Promise<Loaded<State, F[C]>> => {
  const { store, streamCache, known } = ports;
  const remembered = streamCache.get(aggregate, stream);
  const further: Recorded[] = [];
  for await (const recorded of store.read(stream, (remembered?.revision ?? -1) + 1)) further.push(recorded);
  const loaded = remembered && further.length === 0 ? remembered : grown(ports, aggregate, remembered ?? neverWritten(aggregate), further);
  // everything may have been forgotten meanwhile, with what this went on from
  if (streamCache.get(aggregate, stream) === remembered) streamCache.put(aggregate, stream, loaded);
  known?.put(aggregate, stream, loaded);
  return loaded;
};

/**
 * Knows what it wrote itself. Of several events the store tells the place of the last only; and of those that stood already, a twin may
 * have sealed the same words otherwise. Only for this command: what is remembered from one to the next was read.
 */
export const learn = <F extends Facts, C extends keyof F & string, State>(
  ports: ExecutePorts<F>,
  { aggregate, stream }: { readonly aggregate: AggregateIn<F, C, State>; readonly stream: string },
  before: Loaded<State, F[C]>,
  [envelope, ...others]: readonly [Envelope, ...Envelope[]],
  { kind, revision, position }: Appended | AlreadyAppended,
): void => {
  if (kind === 'already-appended' || others.length > 0) ports.known?.forget(aggregate.category, stream);
  else ports.known?.put(aggregate, stream, grown(ports, aggregate, before, [{ ...envelope, stream, revision, position }]));
};
