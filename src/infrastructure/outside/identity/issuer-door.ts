import { isJsonObject, type JsonObject, parsedJson } from '@tichet-albastru/kernel/json.codec';
import {
  createHttpClient,
  type HttpClient,
  type HttpAnswer,
  type HttpLimits,
  type HttpCall,
  type HttpWatch,
} from '../http-client/http-client';
import { unlessUnreachable } from '../http-client/unreachable';
import { retryAfterSeconds } from '../http-client/retry-after';
import { IssuerUnavailable } from './issuer-unavailable';

/** Milliseconds. A person or a caller waits meanwhile, and a provider that is well answers within a fraction of it. */
export const issuerLimits: HttpLimits = { connect: 2_000, headers: 3_000, body: 3_000, whole: 5_000 };
/** More than the documents and tokens of any provider. */
const mostBytes = 512 * 1024;
/** Even if `Retry-After` says more: an error of the provider must not keep all officials out for a day. */
const longestWaitSeconds = 300;
const usualWaitSeconds = 5;

type IssuerQuestion = Pick<HttpCall, 'operation' | 'method' | 'headers' | 'body'>;

/** The provider, whose document names addresses that may be at several hosts. Nothing is asked twice here: the caller bounds that. */
export type IssuerDoor = {
  /** @throws IssuerUnavailable when there is no whole answer, or one of overload; every other status is returned */
  ask(address: string, question: IssuerQuestion): Promise<HttpAnswer>;
  /** The document at this address. @throws IssuerUnavailable also when it is no JSON object */
  read(address: string, operation: string): Promise<JsonObject>;
  close(): Promise<void>;
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
    const asked = peerAt(origin).ask({ ...question, path: pathname, query: Object.fromEntries(searchParams), mayRepeat: false });
    const answer = await unlessUnreachable(asked, ({ mayHaveHappened, code }) => {
      throw new IssuerUnavailable(mayHaveHappened ? 'no-answer' : 'not-reached', usualWaitSeconds, code);
    });
    const { status, headers } = answer;
    if (status !== 429 && status < 500) return answer;
    const wanted = retryAfterSeconds(headers, new Date(now()).toISOString()) ?? usualWaitSeconds;
    const wait = Math.min(Math.max(wanted, 1), longestWaitSeconds);
    throw new IssuerUnavailable(status === 429 ? 'rate-limited' : 'failing', wait);
  };
  return {
    ask,
    read: async (address, operation) => {
      const { status, body } = await ask(address, { operation, method: 'GET', headers: { accept: 'application/json' } });
      if (status !== 200) throw new IssuerUnavailable('no-document', usualWaitSeconds, `status-${String(status)}`);
      const document = parsedJson(body);
      if (!isJsonObject(document)) throw new IssuerUnavailable('not-json', usualWaitSeconds);
      return document;
    },
    close: async () => {
      for (const peer of peers.values()) await peer.close();
    },
  };
};
