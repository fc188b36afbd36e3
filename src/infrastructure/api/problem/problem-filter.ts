import { Catch, HttpException, Inject, Optional, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { InformationCentre } from '../../../application/kernel/ports/city-hall';
import type { Ports } from '../../../application/kernel/ports/ports';
import { EventLogCorrupt, type StreamDamage } from '@tichet-albastru/event-log/ports/event-store';
import { RegisterUnavailable } from '../../../application/kernel/ports/document-register';
import { shownTo } from '../access/shown-data';
import { portsToken, portToken } from '../../nest/tokens';
import { clientRefused, IssuerUnavailable } from '../../outside/identity/issuer-unavailable';
import { AcknowledgedGone, LogReadOnly } from '../../proof/alarm/log-alarm';
import { LogNotAsSigned } from '@tichet-albastru/signed-log';
import { InvalidCursor, RowParked, UnknownColumn } from '@tichet-albastru/event-log/ports/read-models';
import { outageOf, type StorageHealth } from '@tichet-albastru/event-log/database/storage-health';
import { invalidField } from './invalid';
import { problemOfServerError } from './server-errors';
import { localeOf } from './language';
import { askedBy, noteRefused } from './note-refused';
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

/** While the tables of a former version are read, until those of this one are filled. */
const fillingSeconds = 60;

/** A person has to look first. */
const readOnlySeconds = 300;

/** Which stream cannot be read, or not whole, and why. */
const damageIn = (error: unknown): { readonly stream: string; readonly how: StreamDamage['how'] | 'acknowledged-missing' } | undefined => {
  if (error instanceof AcknowledgedGone) return { stream: error.stream, how: 'acknowledged-missing' };
  return error instanceof EventLogCorrupt ? error.damage : undefined;
};

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
  if (error instanceof UnknownColumn) return new HttpProblem({ code: 'unavailable', retryAfterSeconds: fillingSeconds });
  if (error instanceof InvalidCursor) return invalidField('cursor', inBoth.api.invalid.cursor);
  if (error instanceof IssuerUnavailable)
    return new HttpProblem({
      code: 'unavailable',
      detail: inBoth.api.problemFilter[error.reason === clientRefused ? 'issuerRefusesUs' : 'issuerSilent'],
      retryAfterSeconds: error.retryAfterSeconds,
    });
  // what was sealed is read on the way to an answer as well
  if (error instanceof LogReadOnly || error instanceof LogNotAsSigned)
    return new HttpProblem({ code: 'read-only', retryAfterSeconds: readOnlySeconds });
  if (damageIn(error) !== undefined) return new HttpProblem({ code: 'record-damaged', retryAfterSeconds: readOnlySeconds });
  if (outageOf(error) !== undefined) return new HttpProblem({ code: 'unavailable', retryAfterSeconds: outageSeconds });
  return problemOfServerError(statusOfError(error) ?? 500);
};

/** The kind of a fault and where it happened; never its message, which may repeat what a person typed. */
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

/** Everything that is no success leaves as RFC 9457 problem details, in the language asked for. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  constructor(
    @Inject(portsToken) private readonly ports: Ports,
    @Optional() @Inject(portToken.storage) private readonly storage?: Pick<StorageHealth, 'heard'>,
  ) {}

  catch(error: unknown, host: ArgumentsHost): void {
    this.tell(error, host.switchToHttp().getRequest<FastifyRequest>(), host.switchToHttp().getResponse<FastifyReply>());
  }

  tell(error: unknown, request: FastifyRequest, reply: FastifyReply): void {
    // data that was opened for an answer that is not given was not shown
    shownTo(request).clear();
    const { problem, headers } = problemOf(error);
    const { logger } = this.ports;
    const asked = askedBy(request);
    if (problem.code === 'internal') logger.error('http.failed', { ...asked, ...traceOf(error) });
    noteRefused(logger, request, problem.code);
    const damage = damageIn(error);
    if (damage !== undefined) logger.error('http.damaged', { ...asked, stream: damage.stream, kind: damage.how });
    const outage = outageOf(error);
    if (outage !== undefined) {
      logger.error('http.unavailable', { ...asked, code: outage });
      this.storage?.heard(error);
    }
    if (error instanceof RegisterUnavailable) {
      logger.warn('register.silent', { step: error.operation, reason: error.reason });
    }
    if (reply.sent) return;
    sendProblem(request, reply, new HttpProblem(problem, headers), this.ports.cityHall.informationCentre);
  }
}

export const sendProblem = (request: FastifyRequest, reply: FastifyReply, httpProblem: HttpProblem, centre?: InformationCentre): void => {
  const { problem, headers } = httpProblem;
  const page = problemPageFor(request);
  if (page) {
    page(request, reply, httpProblem);
    return;
  }
  const { status, body, headers: own } = writtenProblem(problem, localeOf(request.headers['accept-language']), centre);
  void reply
    .code(status)
    .headers({ ...headers, ...own, Vary: 'Accept-Language' })
    .send(body);
};
