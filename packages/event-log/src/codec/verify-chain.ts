import type { EventCodec } from '../ports/event-codec';
import { EventLogCorrupt, type EventStore, noHash, type Position, type Recorded } from '../ports/event-store';
import { numberOf, positionOf } from '../stores/append-rules';
import { previousHashOf } from './event-codec.codec';
import { hashEvent } from './event-hash';

export type ChainFault = {
  readonly eventId: string;
  readonly stream: string;
  readonly revision: number;
  readonly reason: 'revision-gap' | 'hash-differs' | 'previous-differs' | 'not-an-envelope';
};

/**
 * Recomputes the hashes of one stream's events and checks that each names the one before it.
 * @param recorded from revision 0 on, or from `after`: what stands before the first of them
 * @returns the first broken event; `undefined` when the chain is whole
 */
export const verifyChain = (
  recorded: Iterable<Recorded>,
  after: { readonly revision: number; readonly hash: string } = { revision: -1, hash: noHash },
): ChainFault | undefined => {
  let { revision, hash } = after;
  for (const event of recorded) {
    const broken = (reason: ChainFault['reason']): ChainFault => ({
      eventId: event.id,
      stream: event.stream,
      revision: event.revision,
      reason,
    });
    if (event.revision !== revision + 1) return broken('revision-gap');
    if (hashEvent(event) !== event.hash) return broken('hash-differs');
    try {
      if (previousHashOf(event) !== hash) return broken('previous-differs');
    } catch (error) {
      if (error instanceof EventLogCorrupt) return broken('not-an-envelope');
      throw error;
    }
    ({ revision, hash } = event);
  }
  return undefined;
};

/** The first of the newest events that is not what was written. */
type NewestFault = {
  /** left out for an event that is missing */
  readonly eventId?: string;
  readonly position: Position;
  readonly reason: 'position-missing' | 'hash-differs' | 'not-readable' | 'previous-differs';
};

const mostLookedAt = 1000;
const ownPosition = /^\d{20}$/;

/**
 * Verifies the newest events in global order: each can be read, has the hash of its bytes, and names the event before it where that
 * one is among them. What is older is verified by `tichet doctor`; a store with other positions than ours verifies itself.
 * Only where positions count the events does a hole between them say that one is missing.
 */
export const newestFault = async (
  { store, codec }: { readonly store: EventStore; readonly codec: Pick<EventCodec, 'decode'> },
  most = mostLookedAt,
): Promise<NewestFault | undefined> => {
  const end = await store.end();
  if (!ownPosition.test(end)) return undefined;
  const before = new Map<string, string>();
  let last: Position = positionOf(Math.max(0, numberOf(end) - most));
  try {
    for await (const event of newestIn(store, last, most)) {
      last = event.position;
      const reason = faultOf(codec, event, event.revision === 0 ? noHash : before.get(event.stream));
      if (reason !== undefined) return { eventId: event.id, position: event.position, reason };
      before.set(event.stream, event.hash);
    }
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    if (store.newestEvents) return { position: end, reason: 'not-readable' };
    return { position: positionOf(numberOf(last) + 1), reason: 'position-missing' };
  }
  return undefined;
};

/** @param from where they begin if positions count the events */
async function* newestIn(store: EventStore, from: Position, most: number): AsyncGenerator<Recorded> {
  if (store.newestEvents) yield* await store.newestEvents(most);
  else yield* store.readAll({ after: numberOf(from) === 0 ? '' : from, limit: most });
}

/** @param previous `undefined` when the event before it is not among the newest */
const faultOf = (codec: Pick<EventCodec, 'decode'>, event: Recorded, previous: string | undefined): NewestFault['reason'] | undefined => {
  if (hashEvent(event) !== event.hash) return 'hash-differs';
  try {
    codec.decode(event);
    return previous === undefined || previousHashOf(event) === previous ? undefined : 'previous-differs';
  } catch {
    return 'not-readable';
  }
};
