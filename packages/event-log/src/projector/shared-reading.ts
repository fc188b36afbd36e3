import type { EventStore, Position, Recorded } from '../ports/event-store';
import type { ProjectorPorts, ReadEvent } from './projector-ports';
import { readEvent } from './reading';

/** At most so many events after the position; none at the end of the log. */
export type ReadBatch = (after: Position, most: number) => Promise<readonly ReadEvent[]>;

export const batchesOf =
  (store: Pick<EventStore, 'readAll'>, read: (recorded: Recorded) => ReadEvent): ReadBatch =>
  async (after, most) => {
    const batch: ReadEvent[] = [];
    for await (const recorded of store.readAll({ after, limit: most })) batch.push(read(recorded));
    return batch;
  };

/** Who reads takes turns with the others who do: until it asks again, or leaves, none of them goes on. */
export type SharedReading = { join(): { readonly read: ReadBatch; readonly leave: () => void } };

type Waiting = { readonly after: Position; readonly go: () => void };

/**
 * Reads a log once for all who go through it at the same time: who stands furthest behind goes next, so that they are soon at the same
 * place, and the batch that one of them was given is there for the others. One batch is in memory, and one of them folds at a time.
 */
export const sharedReading = ({ store, codec }: Pick<ProjectorPorts, 'store' | 'codec'>): SharedReading => {
  const ask = batchesOf(store, (recorded) => readEvent(codec, recorded));
  const waiting: Waiting[] = [];
  let going = 0;
  let newest: { readonly after: Position; readonly batch: readonly ReadEvent[] } | undefined;
  const next = (): void => {
    if (going > 0) return;
    const [first, ...others] = waiting.splice(0).sort((a, b) => (a.after < b.after ? -1 : a.after > b.after ? 1 : 0));
    if (first === undefined) return;
    waiting.push(...others);
    going += 1;
    first.go();
  };
  const stop = (): void => {
    going -= 1;
    next();
  };
  const read: ReadBatch = async (after, most) => {
    await new Promise<void>((go) => {
      waiting.push({ after, go });
      stop();
    });
    if (newest?.after === after) return newest.batch;
    newest = undefined;
    const batch = await ask(after, most);
    // the end is looked at again: more may have come
    if (batch.length > 0) newest = { after, batch };
    return batch;
  };
  return {
    join: () => {
      going += 1;
      return { read, leave: stop };
    },
  };
};
