import { Empty, StreamIdentifier, UUID } from '@eventstore/db-client/generated/shared_pb';
import { ReadResp } from '@eventstore/db-client/generated/streams_pb';
import { type Placed, revisionOfDeletion } from './log';

/** What a reader is sent: an event as it was encoded when it was written, however often it is read; or a message of its own. */
export type Answer = ReadResp | Buffer;

export const serialized = (answer: Answer): Buffer => (Buffer.isBuffer(answer) ? answer : Buffer.from(answer.serializeBinary()));

export const nameOf = (identifier: StreamIdentifier | undefined): string =>
  Buffer.from(identifier?.getStreamName_asU8() ?? []).toString('utf8');

const half = (signed: string): string => BigInt.asUintN(64, BigInt(signed)).toString(16).padStart(16, '0');

/** An id that was sent as text, or as two numbers of 64 bits. */
export const idOf = (id: UUID | undefined): string => {
  const structured = id?.getStructured();
  if (!structured) return id?.getString() ?? '';
  const text = `${half(structured.getMostSignificantBits())}${half(structured.getLeastSignificantBits())}`;
  return text.replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
};

export const identifierOf = (stream: string): StreamIdentifier => new StreamIdentifier().setStreamName(new Uint8Array(Buffer.from(stream)));

/** .NET ticks (100 ns) since 1970. */
const ticksOf = (milliseconds: number): string => String(BigInt(milliseconds) * 10_000n);

const revisionText = (revision: number): string => (revision === revisionOfDeletion ? '9223372036854775807' : String(revision));

export const eventMessage = (event: Placed): Buffer => {
  const recorded = new ReadResp.ReadEvent.RecordedEvent()
    .setId(new UUID().setString(event.id))
    .setStreamIdentifier(identifierOf(event.stream))
    .setStreamRevision(revisionText(event.revision))
    .setCommitPosition(String(event.position))
    .setPreparePosition(String(event.position))
    .setCustomMetadata(event.metadata)
    .setData(event.data);
  recorded.getMetadataMap().set('type', event.type).set('content-type', event.contentType).set('created', ticksOf(event.created));
  return serialized(new ReadResp().setEvent(new ReadResp.ReadEvent().setEvent(recorded).setCommitPosition(String(event.position))));
};

export const notFoundMessage = (stream: string): ReadResp =>
  new ReadResp().setStreamNotFound(new ReadResp.StreamNotFound().setStreamIdentifier(identifierOf(stream)));
export const confirmationMessage = (id: string): ReadResp =>
  new ReadResp().setConfirmation(new ReadResp.SubscriptionConfirmation().setSubscriptionId(id));
export const caughtUpMessage = (): ReadResp => new ReadResp().setCaughtUp(new ReadResp.CaughtUp());
export const checkpointMessage = (position: bigint): ReadResp =>
  new ReadResp().setCheckpoint(new ReadResp.Checkpoint().setCommitPosition(String(position)).setPreparePosition(String(position)));

export const nothing = (): Empty => new Empty();
