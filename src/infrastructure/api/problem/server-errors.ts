import type { ProblemCode } from '../../phrasing/problems/catalogue';
import { HttpProblem } from './problem';

const codes: Readonly<Record<number, ProblemCode>> = {
  400: 'invalid',
  401: 'unauthenticated',
  403: 'forbidden',
  404: 'not-found',
  405: 'method-not-allowed',
  408: 'unavailable',
  413: 'too-large',
  414: 'invalid',
  415: 'unsupported-media-type',
  431: 'invalid',
  503: 'unavailable',
};

/** Errors of the server itself (a parser, the router) by their status. */
export const problemOfServerError = (status: number): HttpProblem => {
  const code = codes[status] ?? 'internal';
  return new HttpProblem({ code, ...(code === 'unavailable' ? { retryAfterSeconds: 1 } : {}) });
};
