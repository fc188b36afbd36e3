import { type CallHandler, type ExecutionContext, Injectable, type NestInterceptor } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { catchError, from, type Observable, of, switchMap } from 'rxjs';
import { FormKeeping } from '../forms/form-keeping';
import { Sessions } from '../session/sessions';
import type { Answer } from './answer';
import { PageService } from './page-service';

/** Where every answer of a page's handler is rendered and sent on, and what was typed into its form is kept or forgotten. */
@Injectable()
export class PageInterceptor implements NestInterceptor<Answer | undefined> {
  constructor(
    private readonly pages: PageService,
    private readonly sessions: Sessions,
    private readonly forms: FormKeeping,
  ) {}

  async intercept(context: ExecutionContext, next: CallHandler<Answer | undefined>): Promise<Observable<unknown>> {
    const request = context.switchToHttp().getRequest<FastifyRequest>();
    const reply = context.switchToHttp().getResponse<FastifyReply>();
    const handler = context.getHandler();
    const sent = async (answer: Answer): Promise<unknown> => {
      this.sessions.giveCookie(request, reply);
      return this.pages.prepare(reply, answer, { handler });
    };
    const instead = await this.forms.instead(request, handler);
    if (instead !== undefined) return from(sent(instead));
    return next.handle().pipe(
      catchError(async (error: unknown) => {
        await this.forms.settle(request, handler, false);
        throw error;
      }),
      switchMap((answer) => {
        // a stream writes to its reply by itself
        if (answer === undefined) return of(undefined);
        const leaves = answer.kind === 'see-other';
        const settled = this.forms.settle(request, handler, leaves && !answer.unfinished);
        // a page that shows the form has what was typed
        return from(settled.then((instead) => sent((leaves ? instead : undefined) ?? answer)));
      }),
    );
  }
}
