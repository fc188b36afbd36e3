import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/ports/ports';
import { problemCatalogue } from '../../http/problem/catalogue';
import { statusOf, type HttpProblem } from '../../http/problem/problem';
import { portsToken } from '../../nest/use-case';
import { Document } from '../page/document';
import { PageDesk } from '../page/page-desk';
import { problemWords } from './words';

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
    const { code, article, errors = [], detail, retryAfterSeconds } = problem;
    const context = await this.pages.contextOf(request);
    const { locale } = context;
    const words = problemWords[locale];
    const { title, detail: sentence } = problemCatalogue[code];
    void reply.headers({ ...headers, ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }) });
    await this.pages.show(
      reply,
      <Document context={context} title={title[locale]} side={context.official ? 'office' : 'public'}>
        <h1>{title[locale]}</h1>
        <p class="lead">{(detail ?? sentence)[locale]}</p>
        {article === undefined ? null : (
          <p>
            {words.rule} <a href={`/procedura#art-${article.split(' ')[0] ?? article}`}>{`Art. ${article}`}</a>
          </p>
        )}
        {errors.length === 0 ? null : (
          <ul>
            {errors.map(({ field, message }) => (
              <li>
                {field}: {message[locale]}
              </li>
            ))}
          </ul>
        )}
        {retryAfterSeconds === undefined ? null : <p>{words.later}</p>}
        <p>{words.next}</p>
        <ul>
          <li>
            <a href="/">{words.start}</a>
          </li>
          <li>
            <a href="/procedura">{words.procedure}</a>
          </li>
        </ul>
      </Document>,
      statusOf(code),
    );
  }
}
