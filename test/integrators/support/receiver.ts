import { randomBytes } from 'node:crypto';
import type { IncomingHttpHeaders, IncomingMessage, ServerResponse } from 'node:http';
import { Webhook } from 'standardwebhooks';
import { serveHttp } from '../../support/http-server';

/** A request as it came, and what stands in its CloudEvent. */
export type Got = {
  readonly path: string;
  readonly headers: IncomingHttpHeaders;
  readonly body: string;
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly position: string;
};
export type Behaviour = (response: ServerResponse, nth: number, request: IncomingMessage) => void;

export const well: Behaviour = (response) => response.writeHead(204).end();

/** A system of another team, on a socket of its own: it behaves as it is told, and keeps what it was sent. */
export type Receiver = {
  readonly url: string;
  readonly secret: string;
  readonly got: readonly Got[];
  readonly connections: () => number;
  behave(as: Behaviour): void;
  /** What came, once there are so many. */
  first(count: number): Promise<readonly Got[]>;
  /** Verifies by the library of Standard Webhooks. @throws where the signature is not ours, or too old */
  verify(got: Got): unknown;
  down(): Promise<void>;
  up(): Promise<void>;
  close(): Promise<void>;
};

export const newSecret = (): string => `whsec_${randomBytes(32).toString('base64')}`;

export const createReceiver = async (): Promise<Receiver> => {
  const got: Got[] = [];
  const secret = newSecret();
  let behaviour = well;
  let connections = 0;
  const waiting = new Set<() => void>();
  const { server, url, down, up, close } = await serveHttp((request, response) => {
    const parts: Buffer[] = [];
    request.on('data', (part: Buffer) => parts.push(part));
    request.on('error', () => undefined);
    request.on('end', () => {
      const body = Buffer.concat(parts).toString();
      const { id = '', type = '', subject = '', position = '' } = body === '' ? {} : JSON.parse(body);
      got.push({ path: request.url ?? '', headers: request.headers, body, id, type, subject, position });
      behaviour(response, got.length, request);
      for (const wake of waiting) wake();
    });
  });
  server.on('connection', () => {
    connections += 1;
  });
  return {
    url: `${url}/hook?key=1`,
    secret,
    got,
    connections: () => connections,
    behave: (as) => {
      behaviour = as;
    },
    first: (count) =>
      new Promise((resolve) => {
        const look = (): void => {
          if (got.length < count) return;
          waiting.delete(look);
          resolve(got.slice(0, count));
        };
        waiting.add(look);
        look();
      }),
    verify: ({ body, headers }) =>
      new Webhook(secret).verify(body, {
        'webhook-id': String(headers['webhook-id']),
        'webhook-timestamp': String(headers['webhook-timestamp']),
        'webhook-signature': String(headers['webhook-signature']),
      }),
    down,
    up,
    close,
  };
};
