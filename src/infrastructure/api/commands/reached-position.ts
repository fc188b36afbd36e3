import { inBoth } from '../../phrasing/sentences';
import { type CallHandler, type ExecutionContext, Inject, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Observable } from 'rxjs';
import type { Ports } from '../../../application/kernel/ports/ports';
import { portsToken } from '../../nest/tokens';
import { HttpProblem } from '../problem/problem';
import { invalidField } from '../problem/invalid';

const longestWaitMilliseconds = 5000;

/** `Tichet-After: <position>`: the read models have passed it before the question is asked, or the answer is "later". */
@Injectable()
export class ReachedPosition implements NestInterceptor {
  constructor(@Inject(portsToken) private readonly ports: Ports) {}

  async intercept(context: ExecutionContext, next: CallHandler): Promise<Observable<unknown>> {
    const after = context.switchToHttp().getRequest<FastifyRequest>().headers['tichet-after'];
    if (after === undefined) return next.handle();
    if (typeof after !== 'string' || !positionPattern.test(after)) {
      throw invalidField('Tichet-After', inBoth.api.invalid.after);
    }
    if (!(await this.ports.readModels.reached(after, longestWaitMilliseconds))) {
      throw new HttpProblem({ code: 'unavailable', retryAfterSeconds: 1 });
    }
    return next.handle();
  }
}

/** Twenty digits, as the stores give positions: anything else never came from here, and waiting for it would be in vain. */
export const positionPattern = /^\d{20}$/;
