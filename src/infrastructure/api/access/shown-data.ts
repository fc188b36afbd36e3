import type { FastifyRequest } from 'fastify';
import type { Principal } from '../../../application/kernel/access';
import type { Action } from '../../../application/kernel/rights';

const streams = new WeakMap<FastifyRequest, Set<string>>();
const admitted = new WeakMap<FastifyRequest, { readonly principal: Principal; readonly action: Action }>();

/** Where the personal data stand that were opened for the answer to this request. */
export const shownTo = (request: FastifyRequest): Set<string> => {
  const known = streams.get(request) ?? new Set();
  streams.set(request, known);
  return known;
};

export const rememberAdmitted = (request: FastifyRequest, principal: Principal, action: Action): void => {
  admitted.set(request, { principal, action });
};
/** Who was let in, and what for. */
export const admittedTo = (request: FastifyRequest) => admitted.get(request);
