import { Agent, request as httpRequest } from 'node:http';

export type Answered = {
  readonly status: number;
  readonly headers: Readonly<Record<string, string | readonly string[] | undefined>>;
  readonly text: string;
  readonly body: Body;
};
/** An answer's body, as far as these tests look into it. */
export type Body = {
  readonly bookingToken: string;
  readonly ticketId: string;
  readonly manageToken: string;
  readonly status: string;
  readonly code: string;
  readonly reason: string;
  readonly imported: number;
  readonly slots: readonly { readonly startsAt: string }[];
  readonly slot: { readonly startsAt: string };
};
type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';
export type Options = {
  readonly token?: string;
  readonly body?: unknown;
  readonly key?: string;
  readonly lines?: readonly object[];
};

/** The connection broke, or could not be made: whether the service has done what was asked is not known. */
export class NoAnswer extends Error {
  override readonly name = 'NoAnswer';
  constructor(readonly code: string) {
    super(code);
  }
}

/** Below the time after which the service closes a connection that nobody uses. */
const idleMilliseconds = 4_000;

/** Speaks to the service over so many connections that stay open. */
export type Caller = {
  /** @throws NoAnswer */
  call(method: Method, path: string, options?: Options): Promise<Answered>;
  close(): void;
};

/** @param patience how long an answer is waited for, in milliseconds; for ever, when it is left out */
export const createCaller = (url: string, connections: number, patience?: number): Caller => {
  const { hostname, port } = new URL(url);
  // what the server is about to close is not taken again
  const agent = new Agent({ keepAlive: true, maxSockets: connections, timeout: idleMilliseconds });
  return {
    call: (method, path, { token, body, key, lines } = {}) =>
      new Promise((resolve, reject) => {
        const payload = lines ? lines.map((line) => `${JSON.stringify(line)}\n`).join('') : body === undefined ? '' : JSON.stringify(body);
        const fail = (error: NodeJS.ErrnoException): void => {
          reject(new NoAnswer(error.code ?? error.message));
        };
        const sent = httpRequest({
          agent,
          hostname,
          port,
          method,
          path,
          headers: {
            ...(payload === '' ? {} : { 'content-type': lines ? 'application/x-ndjson' : 'application/json' }),
            'content-length': Buffer.byteLength(payload),
            ...(token === undefined ? {} : { authorization: `Bearer ${token}` }),
            ...(key === undefined ? {} : { 'idempotency-key': key }),
          },
        });
        sent.on('error', fail);
        if (patience !== undefined) sent.setTimeout(patience, () => sent.destroy(new Error('no answer in time')));
        sent.on('response', (response) => {
          const chunks: Buffer[] = [];
          response.on('data', (chunk: Buffer) => chunks.push(chunk));
          response.on('error', fail);
          response.on('end', () => {
            const text = Buffer.concat(chunks).toString();
            const isJson = /json\b/.test(String(response.headers['content-type']));
            resolve({
              status: response.statusCode ?? 0,
              headers: response.headers,
              text,
              body: JSON.parse(isJson && text !== '' ? text : '{}') as Body,
            });
          });
        });
        sent.end(payload);
      }),
    close: () => {
      agent.destroy();
    },
  };
};

/** Asks another of these processes each time, as a balancer does. One that does not answer is asked again later. */
export const createBalancedCaller = (urls: readonly string[], connections: number, patience: number): Caller => {
  const callers = urls.map((url) => createCaller(url, connections, patience));
  let asked = 0;
  return {
    call: (method, path, options) => {
      asked += 1;
      const caller = callers[asked % callers.length];
      return caller ? caller.call(method, path, options) : Promise.reject(new NoAnswer('nobody'));
    },
    close: () => {
      for (const caller of callers) caller.close();
    },
  };
};

/** So many at a time, in the order given. */
export const inParallel = async <T>(items: readonly T[], atOnce: number, work: (item: T) => Promise<unknown>): Promise<void> => {
  const waiting = [...items].reverse();
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let item = waiting.pop(); item !== undefined; item = waiting.pop()) await work(item);
    }),
  );
};
