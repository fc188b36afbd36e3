import { type Filter, streamNameFilter } from '@eventstore/db-client';
import { isStreamPrefix } from './eventstoredb-unusable';

/** Between the prefix and the category. No prefix may hold one, so no installation's names begin with another's. */
const separator = '.';

/** What streams are called on the server: behind a prefix on a shared cluster, which is outside of hashes and sealed fields. */
export type StreamNames = {
  readonly onServer: (stream: string) => string;
  /** the stream as everybody here calls it; undefined for what is not ours, and for the server's own ($…) */
  readonly ours: (onServer: string) => string | undefined;
  /** for subscriptions; what it lets through is looked at again, because a server compares prefixes by its language's rules */
  readonly filter: Filter;
};

/** @throws TypeError for a prefix that is not 1 to 40 letters, digits or underscores */
export const streamNames = (prefix = ''): StreamNames => {
  if (prefix === '') {
    return {
      onServer: (stream) => stream,
      ours: (onServer) => (onServer.startsWith('$') ? undefined : onServer),
      filter: streamNameFilter({ regex: '^[^$]' }),
    };
  }
  if (!isStreamPrefix(prefix)) throw new TypeError('A prefix of EventStoreDB streams is 1 to 40 letters, digits or underscores.');
  const start = `${prefix}${separator}`;
  return {
    onServer: (stream) => `${start}${stream}`,
    ours: (onServer) => (onServer.startsWith(start) ? onServer.slice(start.length) : undefined),
    filter: streamNameFilter({ prefixes: [start] }),
  };
};
