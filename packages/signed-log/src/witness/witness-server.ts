import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { verifierLine, type NoteVerifier } from '../signed-note';
import type { Cosigner, WitnessMemory } from './cosigner';
import { forgotBody } from './http-witness';
import { submissionOf, type Answer } from './witness';

/** A submission has a note and at most 63 hashes. */
const mostBytes = 64 * 1024;
const requestMilliseconds = 10_000;
const mostConnections = 64;
const plain = 'text/plain; charset=utf-8';

type Reply = { readonly status: number; readonly body: string; readonly type?: string };

/** C2SP tlog-witness: how each answer of `add-checkpoint` is said over HTTP. */
const replyOf = (answer: Answer): Reply => {
  switch (answer.kind) {
    case 'cosigned':
      return { status: 200, body: answer.lines };
    case 'knows':
      return { status: 409, body: `${answer.size}\n`, type: 'text/x.tlog.size' };
    case 'inconsistent':
      return { status: 422, body: 'the proof does not lead from the last cosigned checkpoint to this one\n' };
    case 'log-not-known':
      return { status: 404, body: 'this log is not known here\n' };
    case 'key-not-known':
      return { status: 403, body: 'no signature of a key that is trusted here\n' };
    case 'malformed':
      return { status: 400, body: 'this is no submission\n' };
    case 'forgot':
      return { status: 500, body: forgotBody };
  }
};

/** @returns `undefined` for a body that is too long, or not UTF-8 */
const bodyOf = async (request: IncomingMessage): Promise<string | undefined> => {
  const parts: Buffer[] = [];
  let length = 0;
  for await (const part of request) {
    if (!Buffer.isBuffer(part)) continue;
    length += part.length;
    if (length > mostBytes) return undefined;
    parts.push(part);
  }
  const bytes = Buffer.concat(parts);
  const text = bytes.toString('utf8');
  return Buffer.from(text, 'utf8').equals(bytes) ? text : undefined;
};

type Served = {
  readonly cosigner: Cosigner;
  readonly memory: WitnessMemory;
  readonly logs: readonly NoteVerifier[];
  /** of the witness itself */
  readonly key: NoteVerifier;
  readonly onAnswer?: (answer: Answer) => void;
  /** What could not be kept: nothing was cosigned then. */
  readonly onFailure?: (error: unknown) => void;
};

/** For a person: whose line is looked for, and what was cosigned last. */
const shown = async ({ memory, logs, key }: Served): Promise<string> => {
  const parts = [`witness: ${verifierLine(key)}\n`];
  for (const log of logs) {
    const last = await memory.last(log.name);
    parts.push(`\nlog: ${verifierLine(log)}\n\n${last === undefined ? 'nothing yet\n' : last === 'forgot' ? forgotBody : last.note}`);
  }
  return parts.join('');
};

const answer = async (served: Served, request: IncomingMessage): Promise<Reply> => {
  const path = (request.url ?? '/').replace(/\?.*$/u, '');
  if (path === '/') {
    if (request.method !== 'GET' && request.method !== 'HEAD') return { status: 405, body: 'GET\n' };
    return { status: 200, body: await shown(served) };
  }
  if (path !== '/add-checkpoint') return { status: 404, body: 'GET / or POST /add-checkpoint\n' };
  if (request.method !== 'POST') return { status: 405, body: 'POST\n' };
  const body = await bodyOf(request);
  const submission = body === undefined ? undefined : submissionOf(body);
  const told: Answer = submission === undefined ? { kind: 'malformed' } : await served.cosigner.cosign(submission);
  served.onAnswer?.(told);
  return replyOf(told);
};

const write = (response: ServerResponse, { status, body, type = plain }: Reply): void => {
  response.writeHead(status, {
    'content-type': type,
    'content-length': Buffer.byteLength(body),
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
  });
  response.end(body);
};

/** `POST /add-checkpoint` of C2SP tlog-witness; `GET /` shows what was cosigned last. Only signatures tell which log may submit. */
export const createWitnessServer = (served: Served): Server => {
  const server = createServer({ requestTimeout: requestMilliseconds, headersTimeout: requestMilliseconds }, (request, response) => {
    answer(served, request).then(
      (reply) => {
        write(response, reply);
        // what is left of a body that is too long is not read
        if (!request.complete) request.destroy();
      },
      (error: unknown) => {
        served.onFailure?.(error);
        if (!response.headersSent) write(response, { status: 500, body: 'not now\n' });
      },
    );
  });
  server.maxConnections = mostConnections;
  return server;
};
