import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { localeOf } from '../../api/problem/language';
import { statusOf, type HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { view } from '../page/answer';
import type { PageContext } from '../page/page-context';
import { PageDesk } from '../page/page-desk';
import { addressToRepeat } from '../page/path-here';
import { ProblemPage } from './problem-page';

/** What a person sees where a program gets problem details: what happened, and what can be done now. */
@Injectable()
export class ProblemPages {
  constructor(
    private readonly pages: PageDesk,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  show(request: FastifyRequest, reply: FastifyReply, { problem, headers }: HttpProblem): void {
    this.#render(request, reply, problem, headers).catch((error: unknown) => {
      this.ports.journal.error('page.failed', { route: request.routeOptions.url, kind: error instanceof Error ? error.name : 'unknown' });
      if (!reply.sent) void reply.code(500).header('content-type', 'text/plain; charset=utf-8').send('Eroare / Error');
    });
  }

  async #render(
    request: FastifyRequest,
    reply: FastifyReply,
    problem: HttpProblem['problem'],
    headers: HttpProblem['headers'],
  ): Promise<void> {
    const { code, retryAfterSeconds } = problem;
    const context = await this.#contextOf(request);
    const page = view(<ProblemPage context={context} problem={problem} asked={request.method === 'GET'} />, statusOf(code), {
      headers: { ...headers, ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }) },
    });
    await reply.send(await this.pages.prepare(reply, page));
  }

  /** A page about an outage must not need what is out: without its session, it is a page for anybody. */
  async #contextOf(request: FastifyRequest): Promise<PageContext> {
    try {
      return await this.pages.contextOf(request);
    } catch {
      const { url, headers } = request;
      return { locale: localeOf(headers['accept-language']), url: addressToRepeat(url), at: this.ports.clock.now(), development: false };
    }
  }
}
