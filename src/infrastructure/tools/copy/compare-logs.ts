import type { EventStore, Position, Recorded } from '../../../application/kernel/ports/event-store';
import { createLogDigest } from './log-digest';

export type LogToRead = Pick<EventStore, 'readAll'>;

/** Where two logs part. `number` counts from 1; the side that has no event there is left out. */
export type Difference = { readonly number: number; readonly from?: EventPlace; readonly to?: EventPlace };
export type EventPlace = Pick<Recorded, 'id' | 'stream' | 'revision'>;

/** `events`: how many are the same, from the first on. */
export type Comparison =
  | { readonly kind: 'same'; readonly events: number; readonly digests: { readonly from: string; readonly to: string } }
  /** the target ends first; `after` is the source's position of the last event that both have */
  | { readonly kind: 'shorter'; readonly events: number; readonly after: Position }
  | ({ readonly kind: 'differs' } & Difference)
  | { readonly kind: 'stopped' };

export const placeOf = ({ id, stream, revision }: Recorded): EventPlace => ({ id, stream, revision });

/** Byte for byte; the position is the store's own. */
const sameEvent = (one: Recorded, other: Recorded): boolean =>
  one.id === other.id &&
  one.stream === other.stream &&
  one.revision === other.revision &&
  one.hash === other.hash &&
  one.type === other.type &&
  one.body === other.body;

/**
 * Reads both logs side by side, event for event.
 * @param until the source's position up to which it is compared, inclusive
 */
export const compareLogs = async ({
  from,
  to,
  until,
  signal,
  reached = () => undefined,
}: {
  readonly from: LogToRead;
  readonly to: LogToRead;
  readonly until: Position;
  readonly signal?: AbortSignal;
  readonly reached?: (position: Position) => void;
}): Promise<Comparison> => {
  const target = to.readAll()[Symbol.asyncIterator]();
  const digests = { from: createLogDigest(), to: createLogDigest() };
  let events = 0;
  let after: Position = '';
  try {
    for await (const event of from.readAll()) {
      if (event.position > until) break;
      if (signal?.aborted === true) return { kind: 'stopped' };
      const next = await target.next();
      if (next.done === true) return { kind: 'shorter', events, after };
      if (!sameEvent(event, next.value)) return { kind: 'differs', number: events + 1, from: placeOf(event), to: placeOf(next.value) };
      digests.from.add(event);
      digests.to.add(next.value);
      events += 1;
      after = event.position;
      reached(after);
    }
    const more = await target.next();
    if (more.done !== true) return { kind: 'differs', number: events + 1, to: placeOf(more.value) };
    return { kind: 'same', events, digests: { from: digests.from.hex(), to: digests.to.hex() } };
  } finally {
    await target.return?.();
  }
};
