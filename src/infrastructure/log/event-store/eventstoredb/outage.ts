import { ErrorType, isCommandError } from '@eventstore/db-client';
import { EventLogCorrupt, EventStoreUnavailable } from '@tichet-albastru/event-log/ports/event-store';
import { AppendRefused } from '@tichet-albastru/event-log/stores/append-rules';

/** Nobody answered within the time limit. */
export class Silence extends Error {
  override readonly name = 'Silence';
}
/** The client was given up while it was waited for. */
export class ClientGivenUp extends Error {
  override readonly name = 'ClientGivenUp';
}
/** What the server answered to one append of a call that goes on. */
export class Answered extends Error {
  override readonly name = 'Answered';

  constructor(
    message: string,
    readonly code: ErrorType,
  ) {
    super(message);
  }
}

/** gRPC's status for whoever is not known. */
const unauthenticated = 16;

/** What the client has no word for. */
const ownCodes = { notAuthenticated: 'not-authenticated', noLeader: 'no-leader', notReady: 'not-ready' } as const;
/** What kind of failure it is, in a word that says nothing personal. */
export type OutageCode = ErrorType | (typeof ownCodes)[keyof typeof ownCodes];

const sentences: Readonly<Partial<Record<OutageCode, string>>> = {
  [ErrorType.NOT_LEADER]: 'is not the leader of its cluster',
  [ErrorType.ACCESS_DENIED]: 'denies access: the user of its address lacks a right',
  [ownCodes.notAuthenticated]: 'does not know the user and password of its address',
  [ownCodes.noLeader]: 'has no leader, or nobody of its cluster can be reached',
  [ownCodes.notReady]: 'is not ready',
  [ErrorType.UNAVAILABLE]: 'cannot be reached',
  [ErrorType.CANCELLED]: 'is shutting down',
  [ErrorType.TIMEOUT]: 'gave up',
  [ErrorType.DEADLINE_EXCEEDED]:
    'did not answer in time; where it gave up at once, look at both clocks: a batch append fails when they are more than 10 s apart',
};

/** Finer than the client's own kinds, where what the server said tells more: for sentences, the log and whoever asks what to do. */
export const outageOf = (error: unknown): OutageCode => {
  const code = codeOf(error);
  const [status, said] = error instanceof Error && isCommandError(error) ? [Number(error.code), error.message] : [undefined, ''];
  if (code === ErrorType.ACCESS_DENIED && status === unauthenticated) return ownCodes.notAuthenticated;
  const toOne = error instanceof Answered;
  if (code === ErrorType.UNAVAILABLE && /Server Is (?:Not Ready|(?:Too )?Busy)/.test(toOne ? error.message : said))
    return ownCodes.notReady;
  if ((code !== ErrorType.UNKNOWN && !toOne) || !(error instanceof Error)) return code;
  // the server's own words without a leader, and those of the client that has asked every host
  return /No leader info|Failed to discover/.test(error.message) ? ownCodes.noLeader : code;
};

/** What the client makes of a failure, which decides what is done with the client. */
export const codeOf = (error: unknown): ErrorType => {
  if (error instanceof Error && isCommandError(error)) return error.type;
  if (error instanceof Answered) return error.code;
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
export const isDenied = (code: string | undefined): boolean => code === ErrorType.ACCESS_DENIED || code === ownCodes.notAuthenticated;

/** The whole log may be read and written, this stream not: its own metadata say who may. */
export const deniedTo = (stream: string): EventLogCorrupt =>
  new EventLogCorrupt(`EventStoreDB denies access to ${stream} only.`, { stream, revision: 0, how: 'denied' });

/**
 * What a failed call means to the caller.
 * @param stream for the sentence; undefined for the whole log
 */
export const meaningOf = (error: unknown, stream?: string): Error => {
  if (error instanceof EventLogCorrupt || error instanceof EventStoreUnavailable || error instanceof AppendRefused) return error;
  const code = outageOf(error);
  if (code === ErrorType.STREAM_DELETED && stream !== undefined)
    return new EventLogCorrupt(`The stream ${stream} was deleted on the server.`, { stream, revision: 0, how: 'tombstoned' });
  if (code === ErrorType.MAXIMUM_APPEND_SIZE_EXCEEDED) return new AppendRefused(`An append to ${stream ?? ''} is over the server's limit.`);
  return new EventStoreUnavailable(`EventStoreDB ${sentences[code] ?? 'failed'} (${code}).`, code);
};
