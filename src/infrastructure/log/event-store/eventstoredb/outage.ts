import { ErrorType, isCommandError } from '@eventstore/db-client';
import { EventLogCorrupt, EventStoreUnavailable } from '../../../../application/kernel/ports/event-store';
import { AppendRefused } from '../append-rules';

/** Nobody answered within the time limit. */
export class Silence extends Error {
  override readonly name = 'Silence';
}
/** The client was given up while it was waited for. */
export class ClientGivenUp extends Error {
  override readonly name = 'ClientGivenUp';
}

const sentences: Readonly<Record<string, string>> = {
  [ErrorType.NOT_LEADER]: 'is not the leader of its cluster',
  [ErrorType.ACCESS_DENIED]: 'denies access: look at the user and password in its address',
  [ErrorType.UNAVAILABLE]: 'cannot be reached or is not ready',
  [ErrorType.CANCELLED]: 'is shutting down',
  [ErrorType.TIMEOUT]: 'gave up',
  [ErrorType.DEADLINE_EXCEEDED]:
    'did not answer in time; where it gave up at once, look at both clocks: a batch append fails when they are more than 10 s apart',
};

/** What kind of failure this is, in a word that says nothing personal. */
export const codeOf = (error: unknown): ErrorType => {
  if (error instanceof Error && isCommandError(error)) return error.type;
  if (error instanceof Silence) return ErrorType.DEADLINE_EXCEEDED;
  if (error instanceof ClientGivenUp) return ErrorType.CANCELLED;
  return ErrorType.UNKNOWN;
};

/** A raw gRPC error, or one without a meaning, can stay in the client for its whole life: the next call takes a new client. */
export const mayBePoisoned = (error: unknown): boolean => {
  if (error instanceof EventLogCorrupt) return false;
  const code = codeOf(error);
  return code === ErrorType.UNKNOWN || code === ErrorType.DEADLINE_EXCEEDED;
};

/** Of a reading: a connection that was lost while nobody used it is noticed by the next call, and the one after that succeeds. */
export const isWorthAnother = (error: unknown): boolean => {
  const code = codeOf(error);
  return code === ErrorType.UNAVAILABLE || code === ErrorType.CANCELLED || code === ErrorType.NOT_LEADER;
};

/** Nothing was written, and the next attempt goes to another server. */
export const isNotLeader = (error: unknown): boolean => codeOf(error) === ErrorType.NOT_LEADER;

/** Asking again gets the same answer until somebody has changed something. */
export const accessDenied: string = ErrorType.ACCESS_DENIED;

/**
 * What a failed call means to the caller.
 * @param stream for the sentence; undefined for the whole log
 */
export const meaningOf = (error: unknown, stream?: string): Error => {
  if (error instanceof EventLogCorrupt || error instanceof EventStoreUnavailable || error instanceof AppendRefused) return error;
  const code = codeOf(error);
  if (code === ErrorType.STREAM_DELETED) return new EventLogCorrupt(`The stream ${stream ?? ''} was deleted on the server.`);
  if (code === ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED) return new AppendRefused(`An append to ${stream ?? ''} is over the server's limit.`);
  return new EventStoreUnavailable(`EventStoreDB ${sentences[code] ?? 'failed'} (${code}).`, code);
};
