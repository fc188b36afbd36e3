import { pause } from '@tichet-albastru/kernel/pause';
import {
  EventStoreUnavailable,
  type EventStore,
  type Position,
  type Recorded,
  EventLogCorrupt,
  largestAppendBytes,
  type Envelope,
  type Expected,
} from '@tichet-albastru/event-log/ports/event-store';
import { oneByOne, type AppendInOrder } from '@tichet-albastru/event-log/stores/append-in-order';
import { type AppendRequest, AppendRefused, expectedRevision } from '@tichet-albastru/event-log/stores/append-rules';
import { previousHashOf } from '@tichet-albastru/event-log/codec/event-codec.codec';
import { hashEvent } from '@tichet-albastru/event-log/codec/event-hash';
import { createHash } from 'node:crypto';

type LogDigest = { add(event: Recorded): void; readonly hex: () => string };

/**
 * SHA-256 over a whole log, in any store: for each event, in order, a line of JSON `["id","stream",revision,"hash"]`. The hash of an event
 * covers its body; positions are the store's own and do not enter.
 */
const createLogDigest = (): LogDigest => {
  const sum = createHash('sha256');
  return {
    add: ({ id, stream, revision, hash }) => {
      sum.update(`${JSON.stringify([id, stream, revision, hash])}\n`);
    },
    hex: () => sum.copy().digest('hex'),
  };
};

type LogToRead = Pick<EventStore, 'readAll'>;

/** Where two logs part. `number` counts from 1; the side that has no event there is left out. */
type Difference = { readonly number: number; readonly from?: EventPlace; readonly to?: EventPlace };
type EventPlace = Pick<Recorded, 'id' | 'stream' | 'revision'>;

/** `events`: how many are the same, from the first on. */
type Comparison =
  | { readonly kind: 'same'; readonly events: number; readonly digests: { readonly from: string; readonly to: string } }
  /** the target ends first; `after` is the source's position of the last event that both have */
  | { readonly kind: 'shorter'; readonly events: number; readonly after: Position }
  | ({ readonly kind: 'differs' } & Difference)
  | { readonly kind: 'stopped' };

const placeOf = ({ id, stream, revision }: Recorded): EventPlace => ({ id, stream, revision });

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
const compareLogs = async ({
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

/** So many events go on their way together, and so many bytes of bodies: what is lost by a kill, and what is in memory. */
const mostEvents = 500;
const mostBytes = 4 * 1024 * 1024;

/** Some appends, in order. `last` is the last event in them; `damaged` the event behind them that is not what was written. */
type AppendGroup = { readonly appends: readonly AppendRequest[]; readonly last?: Recorded; readonly damaged?: EventPlace };

type Open = { readonly stream: string; readonly expected: Expected; readonly events: Envelope[]; bytes: number };

const expectedBefore = (event: Recorded): Expected =>
  event.revision === 0 ? { kind: 'no-stream' } : { kind: 'at', revision: event.revision - 1, hash: previousHashOf(event) };

/** Nothing when the event is not what its hash says, or says nothing of the one before it. */
const expectedIfSound = (event: Recorded): Expected | undefined => {
  if (hashEvent(event) !== event.hash) return undefined;
  try {
    return expectedBefore(event);
  } catch (error) {
    if (error instanceof EventLogCorrupt) return undefined;
    throw error;
  }
};

/**
 * Events of a log as appends that write them again in the same order. Those that follow each other in one stream go together, whether or
 * not they were appended together. Ends behind the first damaged event.
 */
export async function* appendsOf(events: AsyncIterable<Recorded>): AsyncGenerator<AppendGroup, void, undefined> {
  let appends: Open[] = [];
  let last: Recorded | undefined;
  let count = 0;
  let bytes = 0;
  for await (const event of events) {
    const expected = expectedIfSound(event);
    if (expected === undefined) {
      yield { appends, ...(last && { last }), damaged: placeOf(event) };
      return;
    }
    const { id, type, body, hash } = event;
    const size = Buffer.byteLength(body);
    if (count >= mostEvents || (count > 0 && bytes + size > mostBytes)) {
      yield { appends, ...(last && { last }) };
      [appends, count, bytes] = [[], 0, 0];
    }
    const open = appends.at(-1);
    if (open?.stream === event.stream && open.bytes + size <= largestAppendBytes) {
      open.events.push({ id, type, body, hash });
      open.bytes += size;
    } else appends.push({ stream: event.stream, expected, events: [{ id, type, body, hash }], bytes: size });
    last = event;
    count += 1;
    bytes += size;
  }
  if (count > 0) yield { appends, ...(last && { last }) };
}

/** `compare`: what is there already. `copy`: the rest. `prove`: everything, once more. Positions of the source: done, and the last. */
export type CopyProgress = (step: 'compare' | 'copy' | 'prove', done: Position, until: Position) => void;

export type Copied = {
  readonly kind: 'copied';
  /** events written by this run; 0 when all were there */
  readonly copied: number;
  readonly alreadyThere: number;
  /** the source's end as it stood when the copy began: so far the logs are the same */
  readonly until: Position;
  /** of both sides, each computed from what its store said */
  readonly digests: { readonly from: string; readonly to: string };
};
export type CopyOutcome =
  | Copied
  /** The target holds something else, or more. Nothing was written, or (`copied`) another process wrote there meanwhile. */
  | ({ readonly kind: 'differs'; readonly copied: number } & Difference)
  /** This event of the source is not what was written. Those before it stand in the target. */
  | { readonly kind: 'damaged'; readonly copied: number; readonly event: EventPlace }
  | { readonly kind: 'stopped'; readonly copied: number };

/** Before the same appends are sent once more, in milliseconds, when the target does not say what became of them. */
const usualWaits: readonly number[] = [200, 500, 1000, 2000, 4000];

type LogCopy<Refused> = {
  readonly from: Pick<EventStore, 'readAll' | 'end'>;
  readonly to: LogToRead & Pick<EventStore, 'append'>;
  /** how the target is written; one append after the other where nothing better is known */
  readonly append?: AppendInOrder;
  /** runs once it is certain that the target may be written, before that; what it returns ends the copy */
  readonly prepare?: () => Promise<Refused | undefined>;
  readonly signal?: AbortSignal;
  readonly progress?: CopyProgress;
  readonly waits?: readonly number[];
};

/**
 * Writes the events of one store into another: ids, global order, streams, revisions, bodies and hashes are kept, positions are not. Where
 * it goes on after a kill is not stored but read from the target: the target must be a beginning of the source, event for event. Goes as
 * far as the source reached when it began; another run goes on from there. No other process may write to the target. At the end both logs
 * are read side by side once more, from the first event on.
 * @throws EventStoreUnavailable when a store cannot be asked, or does not say whether it has written; run it again then
 */
export const copyLog = async <Refused = never>(copy: LogCopy<Refused>): Promise<CopyOutcome | Refused> => {
  const { from, to, signal, progress = () => undefined } = copy;
  const until = await from.end();
  const compare = (step: 'compare' | 'prove'): Promise<Comparison> =>
    compareLogs({
      from,
      to,
      until,
      ...(signal && { signal }),
      reached: (position) => {
        progress(step, position, until);
      },
    });

  const before = await compare('compare');
  if (before.kind === 'stopped' || before.kind === 'differs') return { ...before, copied: 0 };
  const refused = await copy.prepare?.();
  if (refused !== undefined) return refused;
  if (before.kind === 'same') return { kind: 'copied', copied: 0, alreadyThere: before.events, until, digests: before.digests };

  const rest = await appendRest(copy, before.after, until);
  if (rest.kind === 'stopped' || rest.kind === 'damaged') return rest;
  const after = await compare('prove');
  switch (after.kind) {
    case 'same':
      return { kind: 'copied', copied: rest.copied, alreadyThere: before.events, until, digests: after.digests };
    case 'stopped':
    case 'differs':
      return { ...after, copied: rest.copied };
    case 'shorter':
      // the target would not take the next one although it is a beginning of the source: the source's chain does not hold there
      if (rest.kind === 'conflict') return { kind: 'damaged', copied: rest.copied, event: rest.event };
      return { kind: 'differs', copied: rest.copied, number: after.events + 1 };
  }
};

type Rest =
  | { readonly kind: 'done'; readonly copied: number }
  | { readonly kind: 'stopped'; readonly copied: number }
  | { readonly kind: 'damaged'; readonly copied: number; readonly event: EventPlace }
  | { readonly kind: 'conflict'; readonly copied: number; readonly event: EventPlace };

const appendRest = async <R>({ from, to, signal, ...copy }: LogCopy<R>, after: Position, until: Position): Promise<Rest> => {
  const { append = oneByOne(to), progress = () => undefined, waits = usualWaits } = copy;
  let copied = 0;
  for await (const { appends, last, damaged } of appendsOf(upTo(until, from.readAll({ after })))) {
    if (signal?.aborted === true) return { kind: 'stopped', copied };
    const { written, refused } = await writeAll(append, appends, waits);
    for (const { events } of appends.slice(0, written)) copied += events.length;
    if (refused) return { kind: 'conflict', copied, event: eventOf(refused) };
    if (damaged) return { kind: 'damaged', copied, event: damaged };
    if (last) progress('copy', last.position, until);
  }
  return { kind: 'done', copied };
};

async function* upTo(until: Position, events: AsyncIterable<Recorded>): AsyncGenerator<Recorded, void, undefined> {
  for await (const event of events) {
    if (event.position > until) return;
    yield event;
  }
}

const eventOf = ({ stream, expected, events }: AppendRequest): EventPlace => ({
  id: events[0]?.id ?? '',
  stream,
  revision: expectedRevision(expected) + 1,
});

/**
 * Until they stand or one of them cannot. The identical appends are sent again when their result is unknown: the ids show what was written.
 * @throws EventStoreUnavailable when that stays so, AppendRefused for what the target can never keep
 */
const writeAll = async (
  append: AppendInOrder,
  appends: readonly AppendRequest[],
  waits: readonly number[],
): Promise<{ readonly written: number; readonly refused?: AppendRequest }> => {
  let written = 0;
  let failures = 0;
  while (written < appends.length) {
    const result = await append(appends.slice(written));
    written += result.written;
    if (result.because === undefined) continue;
    if (result.because.kind === 'refused') throw new AppendRefused(result.because.reason);
    if (result.because.kind !== 'unknown') return { written, ...(appends[written] && { refused: appends[written] }) };
    const wait = waits[failures];
    failures = result.written > 0 ? 0 : failures + 1;
    if (wait === undefined) throw new EventStoreUnavailable(`The target does not say whether it has written (${result.because.reason}).`);
    await pause(wait);
  }
  return { written };
};
