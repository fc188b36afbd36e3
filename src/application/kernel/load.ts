import type { Category, FactsByCategory } from '../../domain/facts';
import type { RecordedFact } from '../../domain/kernel/fact';
import type { EventCodec } from './ports/event-codec';
import {
  type AlreadyAppended,
  type Appended,
  type Envelope,
  type EventStore,
  noHash,
  type Recorded,
} from '@tichet-albastru/event-log/ports/event-store';
import type { Identifiers } from '@tichet-albastru/event-log/ports/identifiers';
import { type AggregateOf, type Loaded, StreamCache } from './stream-cache';

export type ExecutePorts = {
  readonly store: EventStore;
  readonly codec: EventCodec;
  readonly identifiers: Identifiers;
  readonly streamCache: StreamCache;
  /** what one command has read and written: it asks for none of these streams again */
  readonly known?: StreamCache;
};

/** Nothing is known yet. */
export const nothingKnown = (): StreamCache => new StreamCache(() => true);

/**
 * The same ports for one command, which loads each stream once and knows what it wrote itself. What is known may have grown old: whoever
 * appends is told so by the store, and what ends without an append is decided again on what stands then (`execute`). Whoever must see
 * what others have done meanwhile, without writing anything, asks the ports that were there before.
 *
 * @param known of whoever goes on with what the command knew
 */
export const inOneCommand = <P extends ExecutePorts>(ports: P, known = nothingKnown()): P => (ports.known ? ports : { ...ports, known });

/** A stream that was never written. */
export const neverWritten = <C extends Category>(aggregate: AggregateOf<C>): Loaded<C> => ({
  state: aggregate.initial,
  events: [],
  revision: -1,
  position: '',
  tail: { expected: { kind: 'no-stream' }, previousHash: noHash, recordedAt: '' },
});

/** The stream with these events behind it. */
const grown = <C extends Category>({ codec }: ExecutePorts, aggregate: AggregateOf<C>, before: Loaded<C>, further: readonly Recorded[]) => {
  let { state, tail, revision, position } = before;
  const events: RecordedFact<FactsByCategory[C]>[] = [];
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
export const load = async <C extends Category>(ports: ExecutePorts, aggregate: AggregateOf<C>, stream: string): Promise<Loaded<C>> =>
  ports.known?.get(aggregate, stream) ?? loadAnew(ports, aggregate, stream);

/** Reads one stream and folds it, from where it was last read. */
export const loadAnew = async <C extends Category>(ports: ExecutePorts, aggregate: AggregateOf<C>, stream: string): Promise<Loaded<C>> => {
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
export const learn = <C extends Category>(
  ports: ExecutePorts,
  { aggregate, stream }: { readonly aggregate: AggregateOf<C>; readonly stream: string },
  before: Loaded<C>,
  [envelope, ...others]: readonly [Envelope, ...Envelope[]],
  { kind, revision, position }: Appended | AlreadyAppended,
): void => {
  if (kind === 'already-appended' || others.length > 0) ports.known?.forget(aggregate.category, stream);
  else ports.known?.put(aggregate, stream, grown(ports, aggregate, before, [{ ...envelope, stream, revision, position }]));
};
