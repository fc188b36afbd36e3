import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { from, type Observable, switchMap } from 'rxjs';
import { Sessions } from '../session/sessions';
import type { Answer } from './answer';
import { PageDesk } from './page-desk';

/** Where every answer of a page's handler is rendered and sent on. */
@Injectable()
export class PageInterceptor implements NestInterceptor<Answer | undefined> {
  constructor(
    private readonly pages: PageDesk,
    private readonly sessions: Sessions,
  ) {}

  intercept(context: ExecutionContext, next: CallHandler<Answer | undefined>): Observable<unknown> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    return next.handle().pipe(
      // a stream writes to its reply by itself
      switchMap((answer) => (answer === undefined ? [undefined] : from(this.#sent(request, reply, answer)))),
    );
  }

  #sent(request: FastifyRequest, reply: FastifyReply, answer: Answer): Promise<unknown> {
    this.sessions.giveCookie(request, reply);
    return this.pages.prepare(reply, answer);
  }
}
