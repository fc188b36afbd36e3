import { isUtf8 } from 'node:buffer';
import { binaryEvent, type EventData, type ResolvedEvent, type AllStreamResolvedEvent } from '@eventstore/db-client';
import { EventLogCorrupt, type Envelope, type Recorded } from '../../../../application/kernel/ports/event-store';
import { AppendRefused, positionOf } from '../append-rules';
import type { StreamNames } from './stream-names';

const encoder = new TextEncoder();
const hashForm = /^[0-9a-f]{64}$/;

/**
 * An envelope as the server keeps it: the body as an octet-stream, because JSON would be parsed and written anew on its way back;
 * id and type beside it; the hash as it was sent in the metadata. Not computed again on reading: then a body that somebody changed on
 * the server would come with the hash that fits it.
 * @throws AppendRefused for what is no text, which the types forbid: the client would not settle, or the server be told something else
 */
export const eventDataOf = ({ id, type, body, hash }: Envelope): EventData => {
  const parts: readonly unknown[] = [id, type, body, hash];
  if (!parts.every((part) => typeof part === 'string' && part !== '')) throw new AppendRefused('An event has a part that is no text.');
  return binaryEvent({ id, type, data: encoder.encode(body), metadata: { hash } });
};

const hashIn = (metadata: unknown): string | undefined =>
  typeof metadata === 'object' &&
  metadata !== null &&
  'hash' in metadata &&
  typeof metadata.hash === 'string' &&
  hashForm.test(metadata.hash)
    ? metadata.hash
    : undefined;

const bodyOf = (data: unknown): string | undefined => {
  if (!(data instanceof Uint8Array) || !isUtf8(data)) return undefined;
  return Buffer.from(data.buffer, data.byteOffset, data.byteLength).toString('utf8');
};

/**
 * @returns undefined for an event that is not ours
 * @throws EventLogCorrupt for one in a stream of ours that was not written by this adapter
 */
export const recordedOf = (names: StreamNames, { event }: ResolvedEvent | AllStreamResolvedEvent): Recorded | undefined => {
  if (!event) return undefined;
  const stream = names.ours(event.streamId);
  if (stream === undefined) return undefined;
  const body = bodyOf(event.data);
  const hash = hashIn(event.metadata);
  if (event.isJson || body === undefined || hash === undefined || !event.position) {
    throw new EventLogCorrupt(
      `Event ${event.id} of ${stream} is no envelope. Where others write to the same server, TICHET_EVENTSTOREDB_PREFIX keeps them apart.`,
    );
  }
  return {
    id: event.id,
    type: event.type,
    body,
    hash,
    stream,
    revision: Number(event.revision),
    position: positionOf(event.position.commit),
  };
};
