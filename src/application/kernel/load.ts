import type { Category, FactsByCategory } from '../../domain/facts';
import type { RecordedFact } from '../../domain/kernel/fact';
import type { EventCodec } from './ports/event-codec';
import { type EventStore, noHash, type Position } from './ports/event-store';
import type { Identifiers } from './ports/identifiers';
import type { AggregateOf, Loaded, StreamCache } from './stream-cache';

export type ExecutePorts = {
  readonly store: EventStore;
  readonly codec: EventCodec;
  readonly identifiers: Identifiers;
  readonly streamCache: StreamCache;
};

/** Reads one stream and folds it, from where it was last read. */
export const load = async <C extends Category>(
  { store, codec, streamCache }: ExecutePorts,
  aggregate: AggregateOf<C>,
  stream: string,
): Promise<Loaded<C>> => {
  const known = streamCache.get(aggregate, stream);
  let state = known ? known.state : aggregate.initial;
  let tail: Loaded<C>['tail'] = known?.tail ?? { expected: { kind: 'no-stream' }, previousHash: noHash, recordedAt: '' };
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
  streamCache.put(aggregate, stream, loaded);
  return loaded;
};
