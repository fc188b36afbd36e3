import {
  EventLogCorrupt,
  largestAppendBytes,
  type Envelope,
  type Expected,
  type Recorded,
} from '../../../application/kernel/ports/event-store';
import type { AppendRequest } from '../../log/event-store/append-request';
import { previousHashOf } from '../../log/codec/event-codec.codec';
import { hashEvent } from '../../log/codec/event-hash';
import { placeOf, type EventPlace } from './compare-logs';

/** So many events go on their way together, and so many bytes of bodies: what is lost by a kill, and what is in memory. */
const mostEvents = 500;
const mostBytes = 4 * 1024 * 1024;

/** Some appends, in order. `last` is the last event in them; `damaged` the event behind them that is not what was written. */
export type AppendGroup = { readonly appends: readonly AppendRequest[]; readonly last?: Recorded; readonly damaged?: EventPlace };

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
