import type { FastifyRequest } from 'fastify';
import { principalOfRequest } from '../../api/access/principals';
import { HttpProblem } from '../../api/problem/problem';

/** The ticket that the guard has opened for this browser. @throws HttpProblem `forbidden` */
export const ticketIdOf = (request: FastifyRequest): string => {
  const principal = principalOfRequest(request);
  if (principal?.kind !== 'citizen') throw new HttpProblem({ code: 'forbidden' });
  return principal.ticketId;
};
