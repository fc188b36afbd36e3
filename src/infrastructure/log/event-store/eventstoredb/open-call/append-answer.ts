import { ErrorType } from '@eventstore/db-client';
import type { BatchAppendResp } from '@eventstore/db-client/generated/streams_pb';
import type { Stands } from '../append-way';
import { Answered } from '../outage';

/** By the names of the details: their codes are gRPC's, and say less. */
const meanings: Readonly<Record<string, ErrorType>> = {
  'event_store.client.WrongExpectedVersion': ErrorType.WRONG_EXPECTED_VERSION,
  'event_store.client.StreamDeleted': ErrorType.STREAM_DELETED,
  'event_store.client.AccessDenied': ErrorType.ACCESS_DENIED,
  'event_store.client.MaximumAppendSizeExceeded': ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED,
  // the server has begun, and did not hear of the end in its own time
  'event_store.client.Timeout': ErrorType.DEADLINE_EXCEEDED,
  // not ready, too busy, or no leader known
  'google.protobuf.Empty': ErrorType.UNAVAILABLE,
};

/** Which append this is about; another's, or one that nobody waits for any more, is not ours to judge. */
export const correlationIn = (answer: BatchAppendResp): string => answer.getCorrelationId()?.getString() ?? '';

export const standsOrFails = (answer: BatchAppendResp): Stands | Answered => {
  const error = answer.getError();
  if (error) {
    const name = error.getDetails()?.getTypeName() ?? '';
    return new Answered(error.getMessage(), meanings[name] ?? ErrorType.UNKNOWN);
  }
  const success = answer.getSuccess();
  // neither written nor refused: the log is asked
  if (!success) return new Answered('The answer says nothing.', ErrorType.UNKNOWN);
  const position = success.getPosition()?.getCommitPosition();
  const revision = Number(success.getCurrentRevision());
  return { revision, ...(position !== undefined && { position: BigInt(position) }) };
};
