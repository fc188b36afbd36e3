import { errorCode } from '@tichet-albastru/kernel/error-code';

/** A request to a server outside that speaks a protocol of signed logs over HTTP. */
export type ExchangeRequest = {
  /** a short name, for numbers and traces */
  readonly operation: string;
  readonly method: 'GET' | 'POST';
  /** behind the address of whom it goes to; empty, or with a slash before it */
  readonly path: string;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: string | Buffer;
  /** asked twice it does the same as asked once */
  readonly mayRepeat: boolean;
  /** aborts when the caller does not want to wait any longer */
  readonly signal?: AbortSignal;
};

/** Asks one system outside. @throws NoAnswer when there is no whole answer; an answer of any status is returned */
export type Exchange = (request: ExchangeRequest) => Promise<{ readonly status: number; readonly body: Buffer }>;

/** No usable answer came. `reason` is a code of the system, or a short word. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(readonly reason: string) {
    super(`There is no answer: ${reason}.`);
  }
}

const usualMilliseconds = 20_000;
const usualMostBytes = 256 * 1024;

const reasonOf = (error: unknown): string => {
  if (!(error instanceof Error)) return 'unknown';
  return errorCode(error.cause) ?? errorCode(error) ?? error.name;
};

/** With the `fetch` of Node.js: no redirects, no retries, and no waiting for a server that sends its answer too slowly. */
export const fetchExchange =
  (
    address: string,
    { milliseconds = usualMilliseconds, mostBytes = usualMostBytes }: { readonly milliseconds?: number; readonly mostBytes?: number } = {},
  ): Exchange =>
  async ({ method, path, headers = {}, body, signal }) => {
    const late = AbortSignal.timeout(milliseconds);
    try {
      const answer = await fetch(address.replace(/\/+$/u, path === '' ? '$&' : '') + path, {
        method,
        headers: { ...headers },
        redirect: 'manual',
        signal: signal === undefined ? late : AbortSignal.any([late, signal]),
        ...(body === undefined ? {} : { body: typeof body === 'string' ? body : Uint8Array.from(body) }),
      });
      const parts: Uint8Array[] = [];
      let length = 0;
      for await (const part of answer.body ?? []) {
        length += part.length;
        if (length > mostBytes) throw new NoAnswer('answer-too-long');
        parts.push(part);
      }
      return { status: answer.status, body: Buffer.concat(parts) };
    } catch (error) {
      throw error instanceof NoAnswer ? error : new NoAnswer(reasonOf(error));
    }
  };
