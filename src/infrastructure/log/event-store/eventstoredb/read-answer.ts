import type { Position } from '@tichet-albastru/event-log/ports/event-store';
import { positionOf } from '@tichet-albastru/event-log/stores/append-rules';

/** An event as the server sends it. */
export type StoredEvent = {
  readonly id: string;
  /** as it is called on the server */
  readonly stream: string;
  /** the end of a stream that was deleted for ever stands at 2^63, about */
  readonly revision: number;
  readonly position: Position;
  readonly type: string;
  readonly contentType: string;
  readonly data: Buffer;
  readonly metadata: Buffer;
};

/** One message of a reading or a subscription, as far as anybody here listens. */
export type Answer = { readonly event?: StoredEvent; readonly isCaughtUp: boolean; readonly isNotFound: boolean };

/** A message of protocol buffers, or a part of one: its fields in order, whatever their numbers. */
const eachField = (bytes: Buffer, start: number, end: number, visit: (field: number, from: number, to: number) => void): void => {
  for (let at = start; at < end;) {
    const tag = numberAt(bytes, at);
    at = behindNumber(bytes, at);
    let from = at;
    if (tag % 8 === 0) at = behindNumber(bytes, at);
    else if (tag % 8 === 2) {
      from = behindNumber(bytes, at);
      at = from + numberAt(bytes, at);
    } else if (tag % 8 === 1) at += 8;
    else if (tag % 8 === 5) at += 4;
    else at = Infinity;
    if (at > end) throw new RangeError('A message of EventStoreDB cannot be read.');
    visit(Math.floor(tag / 8), from, at);
  }
};

const behindNumber = (bytes: Buffer, start: number): number => {
  let at = start;
  while ((bytes[at] ?? 0) >= 0x80) at += 1;
  return at + 1;
};

/** Exact up to 2^53: a log of eight million gigabytes. */
const numberAt = (bytes: Buffer, start: number): number => {
  let number = 0;
  for (let at = start, factor = 1; ; at += 1, factor *= 0x80) {
    const byte = bytes[at] ?? 0;
    number += (byte % 0x80) * factor;
    if (byte < 0x80) return number;
  }
};

/** The text in one field of a part, which is how the server writes ids and names. */
const textIn = (bytes: Buffer, start: number, end: number, wanted: number): string => {
  let text = '';
  eachField(bytes, start, end, (field, from, to) => {
    if (field === wanted) text = bytes.toString('utf8', from, to);
  });
  return text;
};

const nothing: Buffer = Buffer.alloc(0);
const origin = positionOf(0);

const eventIn = (bytes: Buffer, start: number, end: number): StoredEvent => {
  const event = { id: '', stream: '', revision: 0, position: origin, type: '', contentType: '', data: nothing, metadata: nothing };
  eachField(bytes, start, end, (field, from, to) => {
    if (field === 1) event.id = textIn(bytes, from, to, 2);
    else if (field === 2) event.stream = textIn(bytes, from, to, 3);
    else if (field === 3) event.revision = numberAt(bytes, from);
    else if (field === 5) event.position = positionOf(numberAt(bytes, from));
    else if (field === 6) {
      const key = textIn(bytes, from, to, 1);
      if (key === 'type') event.type = textIn(bytes, from, to, 2);
      else if (key === 'content-type') event.contentType = textIn(bytes, from, to, 2);
    } else if (field === 7) event.metadata = bytes.subarray(from, to);
    else if (field === 8) event.data = bytes.subarray(from, to);
  });
  return event;
};

/**
 * `ReadResp` of the server's protocol, read where it stands: the objects of the stubs, which are the same at three times the price, were
 * most of what a long reading cost. What is not known is passed over.
 */
export const answerOf = (bytes: Buffer): Answer => {
  let event: StoredEvent | undefined;
  let [isCaughtUp, isNotFound] = [false, false];
  eachField(bytes, 0, bytes.length, (field, start, end) => {
    if (field === 8) isCaughtUp = true;
    else if (field === 4) isNotFound = true;
    else if (field === 1)
      eachField(bytes, start, end, (part, from, to) => {
        if (part === 1) event = eventIn(bytes, from, to);
      });
  });
  return { ...(event && { event }), isCaughtUp, isNotFound };
};
