import { EventLogCorrupt, type EventStore, type Position, type Recorded } from '../ports/event-store';
import type { WakeUp } from '@tichet-albastru/kernel/wake-up';
import { numberOf, positionOf } from './append-rules';

/**
 * The items of one batch after the other. Written by hand: an async generator costs several turns of the microtask queue
 * an item, which is most of the price of reading a million events.
 * @param next the following batch; an empty one ends the iteration
 */
export const batched = <T>(next: () => readonly T[] | Promise<readonly T[]>): AsyncIterableIterator<T> => {
  let batch: readonly T[] = [];
  let at = 0;
  let over = false;
  const refill = async (): Promise<IteratorResult<T>> => {
    batch = over ? [] : await next();
    at = 0;
    return take() ?? finish();
  };
  const take = (): IteratorResult<T> | undefined => {
    const value = batch[at];
    if (value === undefined) return undefined;
    at += 1;
    return { done: false, value };
  };
  const finish = (): IteratorResult<T> => {
    over = true;
    batch = [];
    return { done: true, value: undefined };
  };
  return {
    next: () => {
      const result = take();
      return result ? Promise.resolve(result) : refill();
    },
    return: () => Promise.resolve(finish()),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
};

/**
 * Goes on behind the last event of each batch, up to one that is not full.
 * @param read the following batch, of at most so many events
 */
export const inBatches = <Place>(
  start: Place,
  { limit, full }: { readonly limit: number; readonly full: number },
  read: (from: Place, most: number) => readonly Recorded[] | Promise<readonly Recorded[]>,
  behind: (last: Recorded) => Place,
): AsyncIterableIterator<Recorded> => {
  let place = start;
  let left = limit;
  return batched(async () => {
    if (left <= 0) return [];
    const batch = await read(place, left);
    const last = batch.at(-1);
    if (last !== undefined) place = behind(last);
    left = batch.length < full ? 0 : left - batch.length;
    return batch;
  });
};

/** A batch of one stream that must begin with revision `from`. @throws EventLogCorrupt when a revision is missing */
export const streamWithoutGaps = (stream: string, from: number, events: readonly Recorded[]): readonly Recorded[] => {
  let expected = from;
  for (const { revision } of events) {
    if (revision !== expected) throw new EventLogCorrupt(`Revision ${expected} of ${stream} is missing.`);
    expected += 1;
  }
  return events;
};

/** A batch of a log that counts its events, in order, and must go on after `before`. @throws EventLogCorrupt when a position is missing */
export const logWithoutGaps = (before: number, events: readonly Recorded[]): readonly Recorded[] => {
  const last = events.at(-1);
  // they rise, so that the last one says whether any is missing: a million events are read this way
  if (last === undefined || numberOf(last.position) === before + events.length) return events;
  const missing = events.findIndex(({ position }, index) => numberOf(position) !== before + 1 + index);
  throw new EventLogCorrupt(`Position ${before + 1 + missing} of the log is missing.`);
};

/** The event at this position of a log that counts its events; undefined behind its end. @throws EventLogCorrupt when it is missing */
export const eventAt = async (after: Followed['after'], position: Position): Promise<Recorded | undefined> =>
  (await after(positionOf(numberOf(position) - 1), 1))[0];

type Followed = {
  /** at most `most` events after the position */
  readonly after: (position: Position, most: number) => readonly Recorded[] | Promise<readonly Recorded[]>;
  readonly batchSize: number;
  readonly wakeUp: WakeUp;
  /** how long an append of another process may stay unseen, in milliseconds */
  readonly pollEvery: number;
};

/** One batch at a time: a reader that does not ask for more keeps no more than that in memory. */
export async function* followLog(
  { after, batchSize, wakeUp, pollEvery }: Followed,
  options: Parameters<EventStore['subscribe']>[0],
): ReturnType<EventStore['subscribe']> & AsyncGenerator {
  const { signal } = options;
  const stopped = (): boolean => signal.aborted;
  let position = options.after ?? '';
  let told = false;
  while (!stopped()) {
    const turn = wakeUp.turn();
    const batch = await after(position, batchSize);
    for (const event of batch) {
      if (stopped()) return;
      yield event;
      position = event.position;
    }
    if (batch.length > 0) told = false;
    if (batch.length === batchSize || stopped()) continue;
    if (!told) yield { kind: 'caught-up' as const, position };
    told = true;
    await wakeUp.sleep(signal, turn, pollEvery);
  }
}
