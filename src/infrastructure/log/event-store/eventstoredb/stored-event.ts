import { isUtf8 } from 'node:buffer';
import { binaryEvent, type EventData } from '@eventstore/db-client';
import { type Envelope, EventLogCorrupt, type Position, type Recorded } from '@tichet-albastru/event-log/ports/event-store';
import { defined } from '@tichet-albastru/kernel/defined';
import { AppendRefused } from '@tichet-albastru/event-log/stores/append-rules';
import type { StoredEvent } from './read-answer';
import type { StreamNames } from './stream-names';

/** What was done to a stream of ours on the server, and by whomever. */
export type StreamNotice = { readonly stream: string; readonly position: Position } & (
  | { readonly kind: 'deleted' }
  /** what the server was told about it now; nothing in `cut` where all of it may be read (again) */
  | {
      readonly kind: 'metadata';
      readonly cut: { readonly maxCount?: number; readonly maxAge?: number; readonly truncateBefore?: number };
    }
  /** an event that was not written by this adapter */
  | { readonly kind: 'no-envelope'; readonly revision: number }
);

/** The type of the event that is the last one of a stream that was deleted for ever. */
export const tombstoneType = '$streamDeleted';
const metadataType = '$metadata';

const encoder = new TextEncoder();
/** As the client writes the metadata of an event. */
const hashForm = /^\{"hash":"([0-9a-f]{64})"\}$/;

/** @throws AppendRefused for what is no text, which the types forbid: the client would not settle, or the server be told something else */
export const checkWritable = ({ id, type, body, hash }: Envelope): void => {
  const parts: readonly unknown[] = [id, type, body, hash];
  if (!parts.every((part) => typeof part === 'string' && part !== '')) throw new AppendRefused('An event has a part that is no text.');
};

/** The hash as it was sent. Not computed again on reading: then a body that somebody changed on the server would come with the hash that fits it. */
export const metadataOf = ({ hash }: Envelope): { readonly hash: string } => ({ hash });

/**
 * An envelope as the server keeps it: the body as an octet-stream, because JSON would be parsed and written anew on its way back;
 * id and type beside it; the hash in the metadata.
 * @throws AppendRefused for what is no text
 */
export const eventDataOf = (envelope: Envelope): EventData => {
  checkWritable(envelope);
  const { id, type, body } = envelope;
  return binaryEvent({ id, type, data: encoder.encode(body), metadata: metadataOf(envelope) });
};

/** @returns what it says of a stream of ours; undefined for what is not ours */
export const contentOf = (names: StreamNames, event: StoredEvent): Recorded | StreamNotice | undefined => {
  const { id, type, revision, position, data } = event;
  const stream = names.ours(event.stream);
  if (stream === undefined) return metadataNotice(names, event);
  if (type === tombstoneType) return { kind: 'deleted', stream, position };
  const hash = hashForm.exec(event.metadata.toString('latin1'))?.[1];
  if (hash === undefined || event.contentType !== 'application/octet-stream' || !isUtf8(data)) {
    return { kind: 'no-envelope', stream, revision, position };
  }
  return { id, type, body: data.toString(), hash, stream, revision, position };
};

export const isNotice = (content: Recorded | StreamNotice): content is StreamNotice => 'kind' in content;

/** @throws EventLogCorrupt for what is no event of ours, in a stream of ours */
export const recordedIn = (names: StreamNames, stream: string, event: StoredEvent): Recorded => {
  const content = contentOf(names, event);
  if (content && !isNotice(content)) return content;
  throw new EventLogCorrupt(
    `Revision ${event.revision} of ${stream} is no envelope. Where others write to the same server, TICHET_EVENTSTOREDB_PREFIX keeps them apart.`,
    { stream, revision: event.revision, how: 'foreign-event' },
  );
};

const metadataNotice = (names: StreamNames, { type, position, data, stream: onServer }: StoredEvent): StreamNotice | undefined => {
  const stream = type === metadataType ? names.oursIsAbout(onServer) : undefined;
  if (stream === undefined) return undefined;
  const told = objectIn(data.toString());
  const number = (name: string): number | undefined => {
    const value: unknown = Reflect.get(told, name);
    return typeof value === 'number' ? value : undefined;
  };
  const cut = defined({ maxCount: number('$maxCount'), maxAge: number('$maxAge'), truncateBefore: number('$tb') });
  return { kind: 'metadata', stream, position, cut };
};

const objectIn = (text: string): object => {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === 'object' && value !== null ? value : {};
  } catch {
    return {};
  }
};
