import { Catch, HttpException, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { RowParked } from '../../../application/kernel/ports/read-models';
import { RegisterUnavailable } from '../../../application/kernel/ports/document-register';
import { principalOfRequest } from '../access/principals';
import { shownTo } from '../access/shown-data';
import { portsToken } from '../../nest/tokens';
import { IssuerUnavailable } from '../../outside/identity/issuer-unavailable';
import { LogReadOnly } from '../../proof/alarm/log-alarm';
import { LogNotAsSigned } from '../../signed-log/not-as-signed';
import { InvalidCursor } from '../../tables/read-models/columns';
import { outageOf } from '../../database/storage-health';
import { invalidField } from './invalid';
import { problemOfServerError } from './server-errors';
import { localeOf } from './language';
import { HttpProblem, registerAway, registerAwaySeconds, writtenProblem } from './problem';
import { problemPageFor } from './problem-pages';
import { inBoth } from '../../phrasing/sentences';

const statusOfError = (error: unknown): number | undefined => {
  if (error instanceof HttpException) return error.getStatus();
  if (typeof error !== 'object' || error === null || !('statusCode' in error)) return undefined;
  return typeof error.statusCode === 'number' ? error.statusCode : undefined;
};

/** A full disk is not emptied within a second. */
const outageSeconds = 5;

/** A person has to look first. */
const readOnlySeconds = 300;

/** The one place where an error becomes an answer. */
export const problemOf = (error: unknown): HttpProblem => {
  if (error instanceof HttpProblem) return error;
  if (error instanceof RowParked) return new HttpProblem({ code: 'parked', retryAfterSeconds: 60 });
  if (error instanceof RegisterUnavailable) {
    return new HttpProblem({
      code: 'unavailable',
      detail: registerAway,
      retryAfterSeconds: error.retryAfterSeconds ?? registerAwaySeconds,
    });
  }
  if (error instanceof InvalidCursor) return invalidField('cursor', inBoth.api.invalid.cursor);
  if (error instanceof IssuerUnavailable)
    return new HttpProblem({
      code: 'unavailable',
      detail: inBoth.api.problemFilter.issuerSilent,
      retryAfterSeconds: error.retryAfterSeconds,
    });
  // what was sealed is read on the way to an answer as well
  if (error instanceof LogReadOnly || error instanceof LogNotAsSigned)
    return new HttpProblem({ code: 'read-only', retryAfterSeconds: readOnlySeconds });
  if (outageOf(error) !== undefined) return new HttpProblem({ code: 'unavailable', retryAfterSeconds: outageSeconds });
  return problemOfServerError(statusOfError(error) ?? 500);
};

/** The kind of a fault and where it happened; never its message, which may repeat what somebody typed. */
const traceOf = (error: unknown): { readonly kind: string; readonly at: string } => {
  if (typeof error !== 'object' || error === null) return { kind: typeof error, at: '' };
  const stack = 'stack' in error && typeof error.stack === 'string' ? error.stack : '';
  const frames = stack.split('\n').filter((line) => /^\s+at /.test(line));
  return {
    kind: error.constructor.name,
    at: frames
      .slice(0, 8)
      .map((line) => line.trim())
      .join(' | '),
  };
};

/** Somebody was not let in, or tries too often: who guards the service wants to see it. */
const refusals: readonly string[] = ['forbidden', 'unauthenticated', 'too-many-requests'];
/** What somebody is here, and never who. */
const kindOf = (request: FastifyRequest): string => {
  const principal = principalOfRequest(request);
  return principal?.kind === 'official' ? principal.role : (principal?.kind ?? 'nobody');
};

/** Everything that is no success leaves as RFC 9457 problem details, in the language asked for. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.tell(error, host.switchToHttp().getRequest<FastifyRequest>(), host.switchToHttp().getResponse<FastifyReply>());
  }

  tell(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    // what was opened on the way to an answer that is not given was shown to nobody
    shownTo(request).clear();
    const { problem, headers } = problemOf(error);
    const { logger } = this.ports;
    const asked = { method: request.method, route: request.routeOptions.url };
    if (problem.code === 'internal') logger.error('http.failed', { ...asked, ...traceOf(error) });
    if (refusals.includes(problem.code)) logger.warn('http.refused', { ...asked, code: problem.code, kind: kindOf(request) });
    const outage = outageOf(error);
    if (outage !== undefined) logger.error('http.unavailable', { ...asked, code: outage });
    if (error instanceof RegisterUnavailable) {
      logger.warn('register.silent', { step: error.operation, reason: error.reason });
    }
    if (reply.sent) return;
    sendProblem(request, reply, new HttpProblem(problem, headers));
  }
}

export const sendProblem = (request: FastifyRequest, reply: FastifyReply, httpProblem: HttpProblem): void => {
  const { problem, headers } = httpProblem;
  const page = problemPageFor(request);
  if (page) {
    page(request, reply, httpProblem);
    return;
  }
  const { status, body, headers: own } = writtenProblem(problem, localeOf(request.headers['accept-language']));
  void reply
    .code(status)
    .headers({ ...headers, ...own, Vary: 'Accept-Language' })
    .send(body);
};
