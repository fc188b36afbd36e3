import { factShapes } from '../../../../domain/facts';
import { isStreamPrefix } from './eventstoredb-unusable';
import type { LogFilter } from './read-requests';

/** Between the prefix and the category. No prefix may hold one, so no installation's names begin with another's. */
const separator = '.';
/** Before the name of a stream: what the server was told about it. */
export const aboutStream = '$$';

/** What streams are called on the server: behind a prefix on a shared cluster, which is outside of hashes and sealed fields. */
export type StreamNames = {
  readonly onServer: (stream: string) => string;
  /** the stream as everybody here calls it; undefined for what is none of ours: of another category, another's, or the server's own ($…) */
  readonly ours: (onServer: string) => string | undefined;
  /** the stream of ours of which the server is told something in this one */
  readonly oursIsAbout: (onServer: string) => string | undefined;
  /** our streams and what is said about them; looked at again, because a server compares prefixes by its language's rules */
  readonly filter: LogFilter;
  /** only what is said about them */
  readonly aboutOurs: LogFilter;
};

/** @throws TypeError for a prefix that is not 1 to 40 letters, digits or underscores */
export const streamNames = (prefix = ''): StreamNames => {
  if (prefix !== '' && !isStreamPrefix(prefix)) {
    throw new TypeError('A prefix of EventStoreDB streams is 1 to 40 letters, digits or underscores.');
  }
  const start = prefix === '' ? '' : `${prefix}${separator}`;
  const beginnings = Object.keys(factShapes).map((category) => `${category}-`);
  const ours = (onServer: string): string | undefined => {
    if (!onServer.startsWith(start)) return undefined;
    const stream = onServer.slice(start.length);
    return beginnings.some((beginning) => stream.startsWith(beginning)) ? stream : undefined;
  };
  const prefixes = prefix === '' ? beginnings : [start];
  const about = prefixes.map((beginning) => `${aboutStream}${beginning}`);
  return {
    onServer: (stream) => `${start}${stream}`,
    ours,
    oursIsAbout: (onServer) => (onServer.startsWith(aboutStream) ? ours(onServer.slice(aboutStream.length)) : undefined),
    filter: { on: 'stream', prefixes: [...prefixes, ...about] },
    aboutOurs: { on: 'stream', prefixes: about },
  };
};
