import type { FastifyRequest } from 'fastify';
import type { Logger } from '@tichet-albastru/event-log/ports/logger';
import { principalOfRequest } from '../access/principals';

/** A caller was not let in, or tries too often: the operator wants to see it. */
const watched: readonly string[] = ['forbidden', 'unauthenticated', 'too-many-requests'];

/** The kind of the caller, and never who it is. */
const kindOf = (request: FastifyRequest): string => {
  const principal = principalOfRequest(request);
  return principal?.kind === 'official' ? principal.role : (principal?.kind ?? 'nobody');
};

export const askedBy = (request: FastifyRequest) => ({ method: request.method, route: request.routeOptions.url });

/** A line for who guards the service, whether a page or a program is answered, and whether a guard or a use case said no. */
export const noteRefused = (logger: Logger, request: FastifyRequest, code: string): void => {
  if (watched.includes(code)) logger.warn('http.refused', { ...askedBy(request), code, kind: kindOf(request) });
};
