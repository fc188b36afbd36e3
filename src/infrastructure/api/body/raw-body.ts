import type { FastifyRequest } from 'fastify';

/** Bodies that their sender signed, to the byte. They go with their requests. */
const kept = new WeakMap<FastifyRequest, Buffer>();

/** Only where others tell us something signed: everywhere else what was read is enough. */
const isSigned = (request: FastifyRequest): boolean => request.routeOptions.url?.includes('/webhooks/') === true;

export const keepRawBody = (request: FastifyRequest, body: Buffer): void => {
  if (isSigned(request)) kept.set(request, body);
};

export const rawBodyOf = (request: FastifyRequest): Buffer | undefined => kept.get(request);
