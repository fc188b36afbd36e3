import { EventStoreUnavailable, type EventStore, type Position, type Recorded } from '../../../application/kernel/ports/event-store';
import { oneByOne, type AppendInOrder } from '../../log/event-store/append-in-order';
import type { AppendRequest } from '../../log/event-store/append-request';
import { AppendRefused, expectedRevision } from '../../log/event-store/append-rules';
import { appendsOf } from './appends-of';
import { compareLogs, type Comparison, type Difference, type EventPlace, type LogToRead } from './compare-logs';

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
  /** The target holds something else, or more. Nothing was written, or (`copied`) somebody wrote there meanwhile. */
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
 * Writes the events of one store into another: ids, global order, streams, revisions, bodies and hashes are kept, positions are not.
 * Where it goes on after a kill is not remembered but seen: the target must be a beginning of the source, event for event.
 * Goes as far as the source reached when it began; another run goes on from there. Nobody else may write to the target.
 * At the end both logs are read side by side once more, from the first event on.
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
 * Until they stand or one of them cannot. The identical appends are sent again when nobody knows what became of them: the ids tell.
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
    await new Promise((resolve) => setTimeout(resolve, wait));
  }
  return { written };
};
