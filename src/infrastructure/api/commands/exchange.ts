import type { FastifyReply, FastifyRequest } from 'fastify';
import type { StoredAnswer } from '../../../application/kernel/ports/operations';

/** An answer before it is written: `body` is plain JSON, absent for an answer without one. */
export type Answer = { readonly status?: number; readonly body?: object; readonly headers?: Readonly<Record<string, string>> };

export const jsonContentType = 'application/json; charset=utf-8';

export const written = ({ status = 200, body, headers = {} }: Answer): StoredAnswer => ({
  status,
  body: body === undefined ? '' : JSON.stringify(body),
  headers: body === undefined ? headers : { 'Content-Type': jsonContentType, ...headers },
});

export const send = (reply: FastifyReply, { status, body, headers }: StoredAnswer): void => {
  void reply
    .code(status)
    .headers({ 'Cache-Control': 'no-store', ...headers })
    .send(body);
};

/** The route as it was called: with the ids of its path, without its query. */
export const routeOf = (request: FastifyRequest): string => `${request.method} ${request.url.split('?')[0] ?? ''}`;

export const pathPart = (request: FastifyRequest, name: string): string | undefined => {
  const { params } = request;
  if (typeof params !== 'object' || params === null) return undefined;
  const value: unknown = Object.entries(params).find(([key]) => key === name)?.[1];
  return typeof value === 'string' ? value : undefined;
};
