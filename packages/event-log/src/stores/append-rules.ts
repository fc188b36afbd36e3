import { largestAppendBytes, type Envelope, type Expected, type Position, type AppendResult } from '../ports/event-store';

export type AppendRequest = { readonly stream: string; readonly expected: Expected; readonly events: readonly Envelope[] };
/** `refused`: never acceptable. `unknown`: the store would not say, not even after repetition. */
export type AppendOutcome =
  AppendResult | { readonly kind: 'refused'; readonly reason: string } | { readonly kind: 'unknown'; readonly reason: string };
/** One outcome each, in order. */
export type WriteAppends = (requests: readonly AppendRequest[]) => Promise<readonly AppendOutcome[]>;

/** The append can never be accepted: too large, or an id that stands elsewhere. A bug of the caller, not an outage. */
export class AppendRefused extends Error {
  override readonly name = 'AppendRefused';
}

/** @throws AppendRefused over 512 KiB of bodies, or when an id occurs twice in the batch */
export const checkAppend = (stream: string, events: readonly Envelope[]): void => {
  let characters = 0;
  for (const { body } of events) characters += body.length;
  // counting the bytes of a text takes long; no character has more than three
  const bytes = 3 * characters <= largestAppendBytes ? 0 : events.reduce((sum, { body }) => sum + Buffer.byteLength(body), 0);
  if (bytes > largestAppendBytes) throw new AppendRefused(`An append of ${bytes} bytes to one stream is over ${largestAppendBytes}.`);
  if (new Set(events.map(({ id }) => id)).size !== events.length) throw new AppendRefused(`An append to ${stream} brings an id twice.`);
};

/** The revision that the writer saw last; -1 for none. */
export const expectedRevision = (expected: Expected): number => (expected.kind === 'no-stream' ? -1 : expected.revision);

/** Twenty digits, so that positions compare as strings. */
export const positionOf = (number: number | bigint | string): Position => String(number).padStart(20, '0');
export const numberOf = (position: Position | undefined): number => (position === undefined || position === '' ? 0 : Number(position));
