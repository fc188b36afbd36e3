import {
  createHttpClient,
  type HttpClient,
  type HttpAnswer,
  type HttpLimits,
  type HttpCall,
  type HttpWatch,
} from '../http-client/http-client';
import { Unreachable } from '../http-client/unreachable';
import { retryAfterSeconds } from '../http-client/retry-after';
import { IssuerUnavailable } from './issuer-unavailable';

/** Milliseconds. Somebody waits at a page or a request meanwhile, and a provider that is well answers within a fraction of it. */
export const issuerLimits: HttpLimits = { connect: 2_000, headers: 3_000, body: 3_000, whole: 5_000 };
/** More than the documents and tokens of any provider. */
const mostBytes = 512 * 1024;
/** Whatever `Retry-After` says: a provider that errs must not keep everybody out for a day. */
const longestWaitSeconds = 300;
const usualWaitSeconds = 5;

type IssuerQuestion = Pick<HttpCall, 'operation' | 'method' | 'headers' | 'body'>;

/** The provider, whose document names addresses that may be at several hosts. Nothing is asked twice here: whoever asks bounds that. */
export type IssuerDoor = {
  /** @throws IssuerUnavailable when there is no whole answer, or one of overload; every other status is returned */
  ask(address: string, question: IssuerQuestion): Promise<HttpAnswer>;
  /** The document at this address. @throws IssuerUnavailable also when it is no JSON object */
  read(address: string, operation: string): Promise<Readonly<Record<string, unknown>>>;
  close(): Promise<void>;
};

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

const recordIn = (text: string): Readonly<Record<string, unknown>> | undefined => {
  try {
    const value: unknown = JSON.parse(text);
    return isRecord(value) ? value : undefined;
  } catch {
    return undefined;
  }
};

export const openIssuerDoor = ({
  watch,
  limits = issuerLimits,
  now = () => Date.now(),
}: {
  readonly watch: HttpWatch;
  readonly limits?: HttpLimits;
  /** milliseconds */
  readonly now?: () => number;
}): IssuerDoor => {
  const peers = new Map<string, HttpClient>();
  const peerAt = (origin: string): HttpClient => {
    const peer = peers.get(origin) ?? createHttpClient('identity', origin, { limits, mostBytes, watch });
    peers.set(origin, peer);
    return peer;
  };
  const ask: IssuerDoor['ask'] = async (address, question) => {
    const { origin, pathname, searchParams } = new URL(address);
    let answer: HttpAnswer;
    try {
      answer = await peerAt(origin).ask({ ...question, path: pathname, query: Object.fromEntries(searchParams), mayRepeat: false });
    } catch (error) {
      if (error instanceof Unreachable) throw new IssuerUnavailable(error.mayHaveHappened ? 'no-answer' : 'not-reached', usualWaitSeconds);
      throw error;
    }
    const { status, headers } = answer;
    if (status !== 429 && status < 500) return answer;
    const asked = retryAfterSeconds(headers, new Date(now()).toISOString()) ?? usualWaitSeconds;
    const wait = Math.min(Math.max(asked, 1), longestWaitSeconds);
    throw new IssuerUnavailable(status === 429 ? 'rate-limited' : 'failing', wait);
  };
  return {
    ask,
    read: async (address, operation) => {
      const { status, body } = await ask(address, { operation, method: 'GET', headers: { accept: 'application/json' } });
      if (status !== 200) throw new IssuerUnavailable('no-document', usualWaitSeconds);
      const document = recordIn(body);
      if (document === undefined) throw new IssuerUnavailable('not-json', usualWaitSeconds);
      return document;
    },
    close: async () => {
      for (const peer of peers.values()) await peer.close();
    },
  };
};
