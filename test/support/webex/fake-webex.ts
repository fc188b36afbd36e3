import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { answerOperation, type Answer } from './fake-operations';
import { type FakeMeeting, type FakeRecording } from './webex-state';

/** Our names of the operations, as the adapter counts them. */
export type FakeOperation =
  | 'renew-token'
  | 'create-meeting'
  | 'find-meetings'
  | 'read-meeting'
  | 'move-meeting'
  | 'remove-meeting'
  | 'find-recordings'
  | 'read-recording';

/** How one answer goes wrong. `…-after`: what was asked is done first. */
export type Misbehaviour =
  | { readonly kind: 'cut-before' | 'cut-after' | 'silent' | 'half' | 'garbage' | 'fails-after' }
  | { readonly kind: 'status'; readonly status: number; readonly retryAfter?: string }
  | { readonly kind: 'lies'; readonly change: (body: unknown) => unknown };

export type FakeWebexState = {
  readonly meetings: Map<string, FakeMeeting>;
  readonly recordings: Map<string, FakeRecording>;
  /** refresh tokens that are taken */
  readonly refreshTokens: Set<string>;
  readonly accessTokens: Set<string>;
  /** a used refresh token stays good */
  grace: boolean;
  made: number;
};

/** A stateful Webex on a real socket, which misbehaves when it is told to. */
export class FakeWebex {
  readonly state: FakeWebexState = {
    meetings: new Map(),
    recordings: new Map(),
    refreshTokens: new Set(['first-token']),
    accessTokens: new Set(),
    grace: false,
    made: 0,
  };
  /** every operation that was asked, in order */
  readonly asked: FakeOperation[] = [];
  /** path and query of each, to see what is in addresses */
  readonly addresses: string[] = [];
  readonly #planned: { readonly operation: FakeOperation; readonly misbehaviour: Misbehaviour }[] = [];
  #server: Server | undefined;
  #port = 0;

  get url(): string {
    return `http://127.0.0.1:${String(this.#port)}/v1`;
  }
  times(operation: FakeOperation): number {
    return this.asked.filter((other) => other === operation).length;
  }

  /** The next answers to this operation go wrong, once each. */
  next(operation: FakeOperation, ...misbehaviours: readonly Misbehaviour[]): void {
    for (const misbehaviour of misbehaviours) this.#planned.push({ operation, misbehaviour });
  }

  /** What was planned to go wrong and has not yet is forgotten. */
  plansNothing(): void {
    this.#planned.length = 0;
  }

  /** Again on the port where it was before. */
  async start(): Promise<this> {
    const server = createServer((request, response) => {
      this.#answer(request, response).catch(() => request.socket.destroy());
    });
    this.#server = server;
    await new Promise<void>((resolve) => server.listen(this.#port, '127.0.0.1', resolve));
    this.#port = (server.address() as AddressInfo).port;
    return this;
  }

  async stop(): Promise<void> {
    const server = this.#server;
    this.#server = undefined;
    if (server === undefined) return;
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  }

  #planFor(operation: FakeOperation): Misbehaviour | undefined {
    const index = this.#planned.findIndex((plan) => plan.operation === operation);
    return index < 0 ? undefined : this.#planned.splice(index, 1)[0]?.misbehaviour;
  }

  async #answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const parts: Buffer[] = [];
    for await (const part of request) parts.push(part as Buffer);
    const url = new URL(request.url ?? '', 'http://webex');
    const { operation, perform } = answerOperation(this.state, {
      method: request.method ?? '',
      path: url.pathname.replace(/^\/v1/, ''),
      query: url.searchParams,
      body: Buffer.concat(parts).toString(),
      authorization: request.headers.authorization ?? '',
    });
    this.asked.push(operation);
    this.addresses.push(`${url.pathname}${url.search}`);
    const plan = this.#planFor(operation);
    if (plan === undefined) send(response, perform());
    else misbehave(request, response, perform, plan);
  }
}

const send = (response: ServerResponse, { status, body }: Answer, headers: Readonly<Record<string, string>> = {}): void => {
  response.writeHead(status, {
    ...(body === undefined ? {} : { 'content-type': 'application/json' }),
    trackingid: 'ROUTER_fake-1',
    ...headers,
  });
  response.end(body === undefined ? undefined : JSON.stringify(body));
};

const misbehave = (request: IncomingMessage, response: ServerResponse, perform: () => Answer, plan: Misbehaviour): void => {
  switch (plan.kind) {
    case 'cut-before':
      request.socket.destroy();
      return;
    case 'cut-after':
      perform();
      request.socket.destroy();
      return;
    case 'silent':
      return;
    case 'half':
      perform();
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '1000' }).write('{"id":"');
      return;
    case 'garbage':
      perform();
      response.writeHead(200, { 'content-type': 'text/html' }).end('<html>proxy</html>');
      return;
    case 'fails-after':
      perform();
      send(response, { status: 500, body: { message: 'Internal', trackingId: 'ROUTER_fake-500' } });
      return;
    case 'status': {
      const { status, retryAfter } = plan;
      const headers = retryAfter === undefined ? {} : { 'retry-after': retryAfter };
      send(response, { status, body: { message: 'No', errors: [{ description: 'told to' }], trackingId: 'ROUTER_fake-2' } }, headers);
      return;
    }
    case 'lies': {
      const { status, body } = perform();
      send(response, { status, body: plan.change(body) });
    }
  }
};
