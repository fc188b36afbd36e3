import type { IncomingMessage, ServerResponse } from 'node:http';
import { serveHttp } from '../http-server';

/** A request as INFOCET has it; what is left out takes a usual value. */
export type Registered = {
  readonly number: string;
  readonly filedOn: string;
  readonly applicantName: string;
  readonly handlerStaffId: string;
  readonly status?: string;
  readonly answers?: readonly object[];
  readonly version?: number;
  readonly [more: string]: unknown;
};

/** A document that people made in INFOCET; what is left out is as it should be. */
type MadeByHand = { readonly documentNumber: string; readonly registeredOn: string; readonly type?: string; readonly connectedTo?: object };

type Document = { readonly number: string; readonly body: string; readonly path: string };
type Seen = { readonly method: string; readonly path: string; readonly body: string; readonly key: string | undefined };

/** What the gateway does instead of answering. `lost`: it has done what was asked, and nobody hears of it. */
export type Misbehaviour = 'well' | 'silent' | 'half' | 'garbage' | 'lost' | 'failing' | 'rate-limited' | 'redirects' | 'foreign-number';

const problem = (response: ServerResponse, status: number, headers: Record<string, string> = {}): void => {
  const title = {
    400: 'Incorrect',
    401: 'Unauthenticated',
    404: 'Not found',
    405: 'Not offered',
    409: 'Key used again',
    429: 'Too many',
    503: 'Unavailable',
  }[status];
  response
    .writeHead(status, { 'content-type': 'application/problem+json', ...headers })
    .end(JSON.stringify({ type: `urn:infocet-gateway:problem:${String(status)}`, title: title ?? 'Problem', status }));
};
const json = (response: ServerResponse, status: number, body: object, headers: Record<string, string> = {}): void => {
  response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body));
};
const textOf = async (request: IncomingMessage): Promise<string> => {
  let text = '';
  for await (const chunk of request) text += String(chunk);
  return text;
};
const words = (name: string): readonly string[] =>
  name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .split(/[^a-z]+/)
    .filter((word) => word.length > 1);

/**
 * The gateway that the city would write, over a real socket, with requests and documents in memory; and all the ways in which one may
 * fail. `forgetful` keeps no idempotency keys, as a careless one would; one that is not `listing` is of before there was that question.
 */
export const startFakeGateway = async ({
  token = 'secret',
  forgetful = false,
  listing = true,
}: { token?: string; forgetful?: boolean; listing?: boolean | 501 } = {}) => {
  const requests = new Map<string, Registered>();
  const documents: Document[] = [];
  const madeByHand = new Map<string, readonly MadeByHand[]>();
  const byKey = new Map<string, Document>();
  const seen: Seen[] = [];
  const gateway = { misbehaves: 'well' as Misbehaviour, retryAfter: 120, onDocument: (): void | Promise<void> => undefined };

  const shown = (one: Registered): { body: object; etag: string } => {
    const { status = 'in-operation', answers = [], version = 1, ...rest } = one;
    const number = gateway.misbehaves === 'foreign-number' ? '999' : rest.number;
    return { body: { ...rest, number, status, answers, version }, etag: `"v${String(version)}"` };
  };

  const verify = (body: string, response: ServerResponse): void => {
    const { number, filedOn, applicantName } = JSON.parse(body) as Record<string, string>;
    const known = requests.get(`${String(number)}/${String(filedOn)}`);
    const typed = words(applicantName ?? '');
    if (known === undefined || !words(known.applicantName).some((word) => typed.includes(word))) problem(response, 404);
    else json(response, 200, shown(known).body, { etag: shown(known).etag });
  };

  const create = async (path: string, key: string | undefined, body: string, response: ServerResponse): Promise<void> => {
    const known = key === undefined ? undefined : byKey.get(key);
    if (known !== undefined && (known.body !== body || known.path !== path)) {
      problem(response, 409);
      return;
    }
    const document = known ?? { number: String(161_203 + documents.length), body, path };
    if (known === undefined) {
      documents.push(document);
      if (key !== undefined && !forgetful) byKey.set(key, document);
    }
    await gateway.onDocument();
    if (gateway.misbehaves === 'lost') response.destroy();
    else json(response, known === undefined ? 201 : 200, { documentNumber: document.number });
  };

  const list = (path: string, connectedTo: object, response: ServerResponse): void => {
    if (listing !== true) {
      problem(response, listing === false ? 405 : listing);
      return;
    }
    const type = 'Tichetul albastru';
    const created = documents
      .filter((document) => document.path === path)
      .map(({ number, body }) => ({
        documentNumber: number,
        registeredOn: String(JSON.parse(body).issuedAt).slice(0, 10),
        type,
        connectedTo,
      }));
    const made = (madeByHand.get(path) ?? []).map((document) => ({ type, connectedTo, ...document }));
    json(response, 200, { documents: [...created, ...made] });
  };

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const body = await textOf(request);
    const path = request.url ?? '';
    const key = request.headers['idempotency-key'];
    seen.push({ method: request.method ?? '', path, body, key: typeof key === 'string' ? key : undefined });
    switch (gateway.misbehaves) {
      case 'silent':
        return;
      case 'half':
        response.writeHead(200, { 'content-type': 'application/json', 'content-length': '500' }).write('{"number":');
        return;
      case 'garbage':
        response.writeHead(200, { 'content-type': 'text/html' }).end('<h1>It works!</h1>');
        return;
      case 'failing':
        problem(response, 503);
        return;
      case 'rate-limited':
        problem(response, 429, { 'retry-after': String(gateway.retryAfter) });
        return;
      case 'redirects':
        response.writeHead(302, { location: '/elsewhere' }).end();
        return;
      default:
    }
    if (request.headers.authorization !== `Bearer ${token}`) {
      problem(response, 401);
      return;
    }
    const [, , number, filedOn, documentsPart] = path.split('/');
    const known = requests.get(`${String(number)}/${String(filedOn)}`);
    if (path === '/health') json(response, 200, { status: 'ok' });
    else if (path === '/requests/verify') verify(body, response);
    else if (known === undefined) problem(response, 404);
    else if (documentsPart === 'documents' && request.method === 'GET') list(path, { number, filedOn }, response);
    else if (documentsPart === 'documents') await create(path, typeof key === 'string' ? key : undefined, body, response);
    else if (request.headers['if-none-match'] === shown(known).etag) response.writeHead(304).end();
    else json(response, 200, shown(known).body, { etag: shown(known).etag });
  };

  const { url, down, up, close } = await serveHttp((request, response) => {
    answer(request, response).catch(() => response.destroy());
  });
  return Object.assign(gateway, {
    url,
    documents,
    seen,
    tell: (request: Registered): void => {
      requests.set(`${request.number}/${request.filedOn}`, request);
    },
    /** Somebody makes a document in INFOCET itself, among those of this request. */
    make: (number: string, filedOn: string, ...made: readonly MadeByHand[]): void => {
      madeByHand.set(`/requests/${number}/${filedOn}/documents`, made);
    },
    forget: (number: string, filedOn: string): void => {
      requests.delete(`${number}/${filedOn}`);
    },
    down,
    up,
    close,
  });
};
export type FakeGateway = Awaited<ReturnType<typeof startFakeGateway>>;
