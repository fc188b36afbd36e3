import type { Clock } from '../ports/clock';
import type { Recorded } from '../ports/event-store';
import type { Projection } from '../ports/projection';
import type { Build, BuildChange, ParkedEvent, RowWrite } from '../ports/projection-store';
import type { Row } from '../ports/read-models';
import { defined } from '@tichet-albastru/kernel/defined';
import { deriveRows } from './derive-rows';
import { sentenceOf, yieldToOthers, type ProjectorPorts, type ReadEvent } from './projector-ports';
import { decisionsIn, lookerOf } from './reading';
import type { RowMemory } from './row-memory';
import { skipIn, type Skips } from './skips';

/** Decoded together; few enough that the decoded events are freed early, and that other work waits little for its turn. */
const eventsInOneGo = 400;

/** Stands for the key of an event whose key could not be told. */
export const unknownKeyOf = (eventId: string): string => `?${eventId}`;

export type FoldOptions = {
  /** `false` while a new table fills: derived rows are computed once, at its end */
  readonly derive?: boolean;
  /** lets others have their turn in between */
  readonly considerate?: boolean;
  /** rows that are known already */
  readonly memory?: RowMemory | undefined;
};

/**
 * One batch for one build: loads each row once, folds in memory, some events at a go, and says what is to be written.
 * Events at or before the build's checkpoint are passed over.
 */
export const foldBatch = async (
  ports: Pick<ProjectorPorts, 'rows' | 'codec' | 'clock'>,
  projection: Projection,
  build: Build,
  batch: readonly ReadEvent[],
  skips: Skips,
  { derive = true, considerate = false, memory }: FoldOptions = {},
): Promise<BuildChange> => {
  const last = batch.at(-1)?.recorded;
  const moves = last !== undefined && last.position > build.checkpoint;
  const to = moves ? { next: last.position, nextHash: last.hash } : { next: build.checkpoint };
  const looksAt = lookerOf(projection);
  const events = batch.filter(({ recorded }) => recorded.position > build.checkpoint && looksAt(recorded));
  if (events.length === 0) {
    memory?.standsAt(build.checkpoint, 0);
    return { build, expected: build.checkpoint, ...to, writes: [], parks: [], unparks: [] };
  }
  const parkedBefore = build.parked === 0 ? [] : await ports.rows.parkedEvents(build);
  const parked = new ParkedQueues(projection.name, parkedBefore);
  memory?.standsAt(build.checkpoint, parkedBefore.length);
  const before = new Map<string, Row>();
  const after = new Map<string, Row | undefined>();
  const touched = new Set<string>();

  const apply = (key: string, { recorded, event }: ReadEvent): boolean => {
    if (skips.has(key, recorded.id)) return true;
    try {
      const row = after.get(key);
      const changed = projection.apply(row, event, key);
      if (changed !== row) {
        after.set(key, changed);
        touched.add(key);
      }
      return true;
    } catch (error) {
      parked.park(key, recorded, ports.clock.now(), sentenceOf(error));
      return false;
    }
  };
  const goOnWithout = (key: string, eventId: string): void => {
    const waiting = parked.release(key, eventId);
    for (const [index, recorded] of waiting.entries()) {
      if (apply(key, { recorded, event: ports.codec.decode(recorded) })) continue;
      for (const later of waiting.slice(index + 1)) parked.park(key, later, ports.clock.now());
      return;
    }
  };

  const load = async (keys: Iterable<string>): Promise<void> => {
    const unknown = [...new Set(keys)].filter((key) => !after.has(key));
    if (unknown.length === 0) return;
    const loaded = await (memory ?? ports.rows).load(build, projection.name, unknown);
    for (const key of unknown) {
      const row = loaded.get(key);
      if (row !== undefined) before.set(key, row);
      after.set(key, row);
    }
  };
  const foldGo = async (go: readonly ReadEvent[]): Promise<void> => {
    // A copy, so that the reading does not keep the decoded events: only those being folded stay in memory.
    const reads: readonly ReadEvent[] = go.map(({ recorded, event }) => ({ recorded, event }));
    const keysOf = reads.map((read) => keysOrUnknown(projection, read, { parked, skips, clock: ports.clock }));
    const skipped = decisionsIn(reads).flatMap(({ event }) => skipIn(event, projection.name)?.key ?? []);
    await load([...keysOf.flat(), ...skipped]);
    for (const [index, read] of reads.entries()) {
      const skip = skipIn(read.event, projection.name);
      if (skip !== undefined) goOnWithout(skip.key, skip.eventId);
      for (const key of keysOf[index] ?? []) {
        if (parked.holds(key)) parked.park(key, read.recorded, ports.clock.now());
        else apply(key, read);
      }
    }
  };
  for (let from = 0; from < events.length; from += eventsInOneGo) {
    if (considerate && from > 0) await yieldToOthers();
    await foldGo(events.slice(from, from + eventsInOneGo));
  }

  const writes: RowWrite[] = [...touched].map((key) => ({ table: projection.name, key, row: after.get(key) }));
  if (considerate) await yieldToOthers();
  const derived = await deriveRows(ports, projection, build, { before, after, touched: derive ? touched : new Set(), parkedBefore, last });
  return {
    build,
    expected: build.checkpoint,
    ...to,
    expectedParked: parkedBefore.length,
    writes: [...writes, ...derived.writes],
    parks: [...parked.added(), ...derived.parks],
    unparks: [...parked.removed(), ...derived.unparks],
  };
};

const keysOrUnknown = (
  projection: Projection,
  { recorded, event }: ReadEvent,
  { parked, skips, clock }: { readonly parked: ParkedQueues; readonly skips: Skips; readonly clock: Clock },
): readonly string[] => {
  try {
    return projection.keysOf(event);
  } catch (error) {
    const key = unknownKeyOf(recorded.id);
    if (!skips.has(key, recorded.id)) parked.park(key, recorded, clock.now(), sentenceOf(error));
    return [];
  }
};

/** The parked events of one table, by key and in order. A key whose queue changes is written anew. */
class ParkedQueues {
  private readonly queues = new Map<string, ParkedEvent[]>();
  private readonly stored = new Set<string>();
  private readonly rewritten = new Set<string>();
  private readonly fresh: ParkedEvent[] = [];

  constructor(
    private readonly table: string,
    events: readonly ParkedEvent[],
  ) {
    for (const event of events) {
      if (event.table !== table) continue;
      this.stored.add(event.key);
      this.queues.set(event.key, [...(this.queues.get(event.key) ?? []), event]);
    }
  }

  holds(key: string): boolean {
    return (this.queues.get(key)?.length ?? 0) > 0;
  }

  park(key: string, event: Recorded, parkedAt: string, error?: string): void {
    const parked: ParkedEvent = { table: this.table, key, event, parkedAt, ...defined({ error }) };
    this.queues.set(key, [...(this.queues.get(key) ?? []), parked]);
    if (!this.rewritten.has(key)) this.fresh.push(parked);
  }

  /** Empties the queue that this event heads; what waited behind it, to be applied again. */
  release(key: string, eventId: string): readonly Recorded[] {
    const [head, ...waiting] = this.queues.get(key) ?? [];
    if (head?.event.id !== eventId) return [];
    this.queues.delete(key);
    this.rewritten.add(key);
    return waiting.map(({ event }) => event);
  }

  removed(): readonly { readonly table: string; readonly key: string }[] {
    return [...this.rewritten].filter((key) => this.stored.has(key)).map((key) => ({ table: this.table, key }));
  }

  added(): readonly ParkedEvent[] {
    return [
      ...this.fresh.filter(({ key }) => !this.rewritten.has(key)),
      ...[...this.rewritten].flatMap((key) => this.queues.get(key) ?? []),
    ];
  }
}
