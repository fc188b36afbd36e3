import { pause } from '@tichet-albastru/kernel/pause';
import type { Span } from '@opentelemetry/api';
import { Agent, type Dispatcher, request } from 'undici';
import { defined } from '@tichet-albastru/kernel/defined';
import { errorCode } from '@tichet-albastru/kernel/error-code';
import { traced, traceHeaders } from '../../telemetry/tracing';
import type { HttpOutcome, HttpWatch } from '../../telemetry/metrics';
import { addressRefused } from './pinned-agent';
import { Unreachable } from './unreachable';

/** Milliseconds a peer is given for each part of its answer. `whole` bounds them all, so that one who trickles is not waited for. */
export type HttpLimits = { readonly connect: number; readonly headers: number; readonly body: number; readonly whole: number };
const usualLimits: HttpLimits = { connect: 3_000, headers: 5_000, body: 5_000, whole: 12_000 };
const usualMostBytes = 1024 * 1024;
/** Milliseconds before a question is asked again. */
const waits = [200, 800] as const;
const worthAnotherTry = new Set([502, 503, 504]);

export type HttpCall = {
  /** a name of ours, for numbers and traces: `create-meeting` */
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** from the root of the peer's base address on, with a slash before it */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** asked twice it does the same as asked once: only then is it asked again by itself, twice at most */
  readonly mayRepeat: boolean;
  /** the caller does not want to wait any longer */
  readonly signal?: AbortSignal;
};

export type HttpAnswer = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

export type { HttpOutcome, HttpWatch } from '../../telemetry/metrics';

/** A system outside, asked over HTTP. Redirects are answers, and are not followed. */
export type HttpClient = {
  /** @throws Unreachable when there is no whole answer; an answer of any status is returned */
  ask(request: HttpCall): Promise<HttpAnswer>;
  close(): Promise<void>;
};

const neverReached = new Set([
  addressRefused,
  'UND_ERR_CONNECT_TIMEOUT',
  'ECONNREFUSED',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'CERT_HAS_EXPIRED',
  'DEPTH_ZERO_SELF_SIGNED_CERT',
  'SELF_SIGNED_CERT_IN_CHAIN',
  'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
  'UNABLE_TO_GET_ISSUER_CERT_LOCALLY',
  'ERR_TLS_CERT_ALTNAME_INVALID',
]);

const outcomeOf = (status: number): HttpOutcome => {
  if (status === 429 || status === 423) return 'rate-limited';
  return status < 300 ? '2xx' : status < 400 ? '3xx' : status < 500 ? '4xx' : '5xx';
};

const withinBytes = async (body: Dispatcher.ResponseData['body'], most: number, encoding: BufferEncoding): Promise<string> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of body) {
    if (!Buffer.isBuffer(part)) continue;
    length += part.length;
    if (length > most) {
      body.destroy();
      throw Object.assign(new Error('The answer is too long.'), { code: 'ANSWER_TOO_LONG' });
    }
    parts.push(part);
  }
  return Buffer.concat(parts).toString(encoding);
};

const flat = (headers: Dispatcher.ResponseData['headers']): Readonly<Record<string, string>> =>
  Object.fromEntries(
    Object.entries(headers).flatMap(([name, value]) =>
      value === undefined ? [] : [[name, Array.isArray(value) ? value.join(', ') : value]],
    ),
  );

/**
 * @param name a name of ours, for numbers and traces: `webex`
 * @param baseUrl its address, with the part of the path that all its operations have
 */
export const createHttpClient = (
  name: string,
  baseUrl: string,
  {
    limits = usualLimits,
    mostBytes = usualMostBytes,
    watch = () => undefined,
    agent = new Agent({ connect: { timeout: limits.connect } }),
    ours = false,
    encoding = 'utf8',
  }: {
    readonly limits?: HttpLimits;
    readonly mostBytes?: number;
    readonly watch?: HttpWatch;
    readonly agent?: Dispatcher;
    /** one of the city hall's own: only such a system is told of the trace that asks it */
    readonly ours?: boolean;
    /** how the bytes of its answers are read: `latin1` keeps each as one character */
    readonly encoding?: BufferEncoding;
  } = {},
): HttpClient => {
  const base = baseUrl.replace(/\/+$/, '');
  const askTraced = (asked: HttpCall): Promise<HttpAnswer> => {
    const values = { 'tichet.peer': name, 'tichet.operation': asked.operation };
    const ask = async (span: Span): Promise<HttpAnswer> => {
      const answer = await askOnce(ours ? { ...asked, headers: { ...asked.headers, ...traceHeaders(span) } } : asked);
      span.setAttribute('tichet.outcome', outcomeOf(answer.status));
      return answer;
    };
    return traced(`${name} ${asked.operation}`, ask, { values, sort: 'asked-by-us' });
  };
  const askOnce = async ({ operation, method, path, query, headers, body, signal }: HttpCall): Promise<HttpAnswer> => {
    const address = new URL(base + path);
    for (const [key, value] of Object.entries(query ?? {})) address.searchParams.set(key, value);
    try {
      const answer = await request(address, {
        method,
        dispatcher: agent,
        headersTimeout: limits.headers,
        bodyTimeout: limits.body,
        signal: AbortSignal.any([AbortSignal.timeout(limits.whole), ...(signal === undefined ? [] : [signal])]),
        ...defined({ headers, body }),
      });
      const text = await withinBytes(answer.body, mostBytes, encoding);
      watch(name, operation, outcomeOf(answer.statusCode));
      return { status: answer.statusCode, headers: flat(answer.headers), body: text };
    } catch (error) {
      const code = errorCode(error) ?? (error instanceof Error ? error.name : 'unknown');
      const reached = !neverReached.has(code);
      watch(name, operation, reached ? 'no-answer' : 'not-reached');
      throw new Unreachable(name, operation, code, reached);
    }
  };
  return {
    ask: async (asked) => {
      for (const wait of asked.mayRepeat ? waits : []) {
        try {
          const answer = await askTraced(asked);
          if (!worthAnotherTry.has(answer.status)) return answer;
        } catch (error) {
          if (!(error instanceof Unreachable)) throw error;
        }
        await pause(wait);
      }
      return askTraced(asked);
    },
    close: () => agent.close(),
  };
};
