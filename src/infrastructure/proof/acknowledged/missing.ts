import {
  EventLogCorrupt,
  type EventStore,
  type Position,
  type Recorded,
  type StreamDamage,
} from '@tichet-albastru/event-log/ports/event-store';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { numberOf } from '@tichet-albastru/event-log/stores/append-rules';
import { countsEvents } from '../signing/signing';

/** One event as this process has acknowledged it, or read it to sign it: enough to know it again, and nothing of what it says. */
export type RememberedEvent = Pick<Recorded, 'position' | 'stream' | 'revision' | 'id' | 'hash'> & {
  /** its hash is that of what was sent; no process here has read what stands */
  readonly sent?: boolean;
};

export type Remembered = {
  /** the newest, oldest first; of one batch all may have the position of its last one, where positions do not count */
  readonly events: readonly RememberedEvent[];
  /** some of those before them, oldest first, the newest of them always: the others are not remembered one by one any more */
  readonly samples?: readonly RememberedEvent[];
};

/** What was acknowledged, and is not in the log. */
export type Missing = {
  /** those that are remembered, in the order of the log that had them; never empty */
  readonly events: readonly RememberedEvent[];
  /** further ones, which are not remembered one by one, may be gone as well: those behind this position, the empty one for all of them */
  readonly behind?: Position;
};

/** A range with so many more events of others than of ours is not read for the sake of ours. */
const mostAmongOthers = 4;
const fewEvents = 1000;
/** Streams that are asked for at once. */
const atOnce = 8;

/**
 * A server may have taken an append for a success whose ids stood there: a twin of this process ran the same command, and sealed the same
 * words otherwise. What was acknowledged is what the twin wrote, in that place or in a batch that ends there.
 */
const isOfTwin = (found: Recorded, { sent, stream, revision, position }: RememberedEvent): boolean =>
  sent === true && found.stream === stream && found.revision === revision && found.position <= position && hashEvent(found) === found.hash;
const isSame = (found: Recorded, event: RememberedEvent): boolean =>
  found.id === event.id && (found.hash === event.hash || isOfTwin(found, event));
const byPosition = (a: RememberedEvent, b: RememberedEvent): number =>
  a.position < b.position ? -1 : a.position > b.position ? 1 : a.revision - b.revision;

/** @returns nothing of a stream that cannot be read: what is kept there is not what was acknowledged; what was done to the stream, where that is why */
const unlessCorrupt = async (events: AsyncIterable<Recorded>, each: (event: Recorded) => boolean): Promise<StreamDamage | undefined> => {
  try {
    for await (const event of events) if (!each(event)) return undefined;
    return undefined;
  } catch (error) {
    if (!(error instanceof EventLogCorrupt)) throw error;
    return error.damage;
  }
};

/** Takes from `left` what stands in its stream as it was remembered: the same bytes under the same revision, wherever in the log. */
const inStreams = async (store: EventStore, left: Map<string, RememberedEvent>): Promise<void> => {
  const grouped = new Map<string, RememberedEvent[]>();
  for (const event of left.values()) {
    const others = grouped.get(event.stream);
    if (others === undefined) grouped.set(event.stream, [event]);
    else others.push(event);
  }
  const streams = [...grouped];
  const work = async (): Promise<void> => {
    for (let next = streams.shift(); next !== undefined; next = streams.shift()) {
      const [stream, events] = next;
      const revisions = events.map(({ revision }) => revision);
      const [first, last] = [Math.min(...revisions), Math.max(...revisions)];
      const wanted = new Map(events.map((event) => [event.revision, event]));
      const damage = await unlessCorrupt(store.read(stream, first, last - first + 1), (found) => {
        const event = wanted.get(found.revision);
        if (event !== undefined && isSame(found, event)) left.delete(event.id);
        return true;
      });
      // the fault of the stream is told elsewhere; its acknowledged events cannot be looked up
      if (damage !== undefined) for (const { id } of events) left.delete(id);
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
};

/** Takes from `left` what stands between the first and the last of them, read in one go. */
const inRange = async (store: EventStore, left: Map<string, RememberedEvent>, last: Position, after: Position): Promise<void> => {
  if ((await store.end()) < after) return;
  await unlessCorrupt(store.readAll({ after }), (found) => {
    const event = left.get(found.id);
    if (event !== undefined && isSame(found, event)) left.delete(event.id);
    return left.size > 0 && found.position < last;
  });
};

const absent = async (store: EventStore, events: readonly RememberedEvent[]): Promise<readonly RememberedEvent[]> => {
  const left = new Map(events.map((event) => [event.id, event]));
  const ordered = [...left.values()].sort(byPosition);
  const [first, last] = [ordered[0], ordered.at(-1)];
  if (first === undefined || last === undefined) return [];
  const span = countsEvents(store) ? numberOf(last.position) - numberOf(first.position) : 0;
  if (left.size > atOnce && span < mostAmongOthers * left.size + fewEvents) {
    // behind an event of the log, and no other place: not every store can be read from any number on
    let place: Position | undefined;
    await unlessCorrupt(store.read(first.stream, first.revision, 1), (found) => {
      if (isSame(found, first)) place = found.position;
      return false;
    });
    if (place === first.position) await inRange(store, left, last.position, place);
  }
  await inStreams(store, left);
  return ordered.filter(({ id }) => left.has(id));
};

/**
 * What of the remembered is not in this log: neither where it was, nor elsewhere in its stream. The comparison ignores all else in the
 * log: others append, too.
 * @throws EventStoreUnavailable when the log cannot say now
 */
export const missingFrom = async (store: EventStore, { events, samples = [] }: Remembered): Promise<Missing | undefined> => {
  const gone = await absent(store, events);
  const older: RememberedEvent[] = [];
  let standing: RememberedEvent | undefined;
  for (const sample of [...samples].reverse()) {
    if ((await absent(store, [sample])).length === 0) {
      standing = sample;
      break;
    }
    older.unshift(sample);
  }
  if (gone.length + older.length === 0) return undefined;
  return { events: [...older, ...gone], ...(older.length > 0 && { behind: standing?.position ?? '' }) };
};
