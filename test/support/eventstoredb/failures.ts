import { Metadata, type ServiceError, status, type StatusObject } from '@grpc/grpc-js';
import type { ExpectedRevision } from './append-decision';

const failure = (code: status, details: string, trailers: Readonly<Record<string, string>> = {}): Partial<StatusObject> & ServiceError => {
  const metadata = new Metadata();
  for (const [key, value] of Object.entries(trailers)) metadata.set(key, value);
  return Object.assign(new Error(details), { code, details, metadata });
};

export const notLeader = (host: string, port: number): ServiceError =>
  failure(status.NOT_FOUND, `Leader info available at ${host}:${port}`, {
    exception: 'not-leader',
    'leader-endpoint-host': host,
    'leader-endpoint-port': String(port),
  });
export const accessDenied = (): ServiceError => failure(status.PERMISSION_DENIED, 'Access Denied', { exception: 'access-denied' });
/** Without the trailer of a refusal. */
export const unauthenticated = (): ServiceError => failure(status.UNAUTHENTICATED, 'Unauthenticated');
export const notReady = (): ServiceError => failure(status.UNAVAILABLE, 'Server Is Not Ready');
export const tooSlow = (): ServiceError =>
  failure(status.ABORTED, 'Operation timed out: Consumer too slow to handle event while live. Client resubscription required.');
export const streamDeleted = (stream: string): ServiceError =>
  failure(status.FAILED_PRECONDITION, `Event stream '${stream}' is deleted.`, { exception: 'stream-deleted', 'stream-name': stream });
export const tooLarge = (most: number): ServiceError =>
  failure(status.INVALID_ARGUMENT, `Maximum Append Size of ${most} Exceeded.`, {
    exception: 'maximum-append-size-exceeded',
    'maximum-append-size': String(most),
  });

const expectations: Readonly<Record<string, number>> = { any: -2, 'no-stream': -1, 'stream-exists': -4 };

/** Of deletions; an append answers with it as with a success. */
export const wrongExpectedVersion = (stream: string, expected: ExpectedRevision, current: number): ServiceError =>
  failure(status.FAILED_PRECONDITION, `Delete failed due to WrongExpectedVersion. Stream: ${stream}`, {
    exception: 'wrong-expected-version',
    'stream-name': stream,
    'expected-version': String(expectations[expected] ?? expected),
    'actual-version': String(current),
  });
/** A question that the server does not understand. */
export const invalid = (why: string): ServiceError => failure(status.INVALID_ARGUMENT, why);
/** What the server's own code threw. */
export const thrownByHandler = (): ServiceError => failure(status.UNKNOWN, 'Exception was thrown by handler.');
export const unexpected = (what: string): ServiceError => failure(status.UNKNOWN, `Unexpected ${what}`);
