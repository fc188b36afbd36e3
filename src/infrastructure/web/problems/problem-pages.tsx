import { Inject, Injectable } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { defined } from '@tichet-albastru/kernel/defined';
import { localeOf } from '../../api/problem/language';
import { statusOf, type HttpProblem, type Problem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { view } from '../page/answer';
import { type PageContext, usePage } from '../page/page-context';
import { PageService } from '../page/page-service';
import { addressToRepeat, pathHere } from '../page/path-here';
import type { VNode } from 'preact';
import type { Locale } from '../../../domain/ticket/facts';
import { problemCatalogue, type ProblemCode, sentenceOf } from '../../phrasing/problems/catalogue';
import { Document } from '../page/document';
import { Article } from '../parts/article';
import { InformationCentreLine } from '../parts/information-centre';
import { sentences } from '../../phrasing/sentences';
import type { Role } from '../../../application/kernel/access';
import { navigationOf } from '../page/navigation';

type NextStep = { readonly href: string; readonly text: string };

/** Where a visitor who meets a problem can go: an official to the pages of their role, a citizen to the beginning. */
const nextSteps = (role: Role | undefined, locale: Locale): readonly NextStep[] => {
  const words = sentences[locale].problems.page;
  if (role !== undefined) {
    return [...navigationOf(role).map(({ href, label }) => ({ href, text: label[locale] })), { href: '/', text: words.start }];
  }
  return [
    { href: '/', text: words.start },
    { href: '/tichet', text: words.ticket },
    { href: '/procedura', text: words.procedure },
    { href: '/intra', text: words.signIn },
  ];
};

const secondsAMinute = 60;

/** `Încercați din nou peste 42 de secunde.` */
const whenAgain = (seconds: number, locale: Locale): string => {
  const words = sentences[locale].problems.page;
  return seconds < 2 * secondsAMinute ? words.seconds({ count: seconds }) : words.minutes({ count: Math.ceil(seconds / secondsAMinute) });
};

/** For people, where the catalogue of problems speaks to programs; `forOfficials` where they have to know more. */
type Said = { readonly title: string; readonly detail: string; readonly forOfficials?: string };
const saidOfProblem = (locale: Locale): Readonly<Partial<Record<ProblemCode, Said>>> => sentences[locale].problems.page.said;

/** What happened, in a sentence, and what can be done now. */
const ProblemPage = ({
  problem: { code, article, details, errors = [], detail, retryAfterSeconds },
  asked,
}: {
  readonly problem: Problem;
  /** the page was only asked for: asking again does nothing twice */
  readonly asked: boolean;
}): VNode => {
  const { locale, official, url } = usePage();
  const words = sentences[locale].problems.page;
  const said = saidOfProblem(locale)[code];
  const title = said?.title ?? problemCatalogue[code].title[locale];
  return (
    <Document title={title} side={official ? 'office' : 'public'}>
      <h1>{title}</h1>
      <p class="lead">{detail?.[locale] ?? (official && said?.forOfficials) ?? said?.detail ?? sentenceOf(code, details)[locale]}</p>
      {article === undefined ? null : (
        <p>
          {words.rule} <Article article={article} locale={locale} />
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
      {retryAfterSeconds === undefined ? null : (
        <>
          <p>
            {whenAgain(retryAfterSeconds, locale)} {words.nothingLost}
          </p>
          {asked ? (
            <p class="actions">
              <a class="button" href={pathHere(url)}>
                {words.again}
              </a>
            </p>
          ) : null}
        </>
      )}
      {official === undefined ? null : (
        <p>
          {words.enteredAs} <strong>{official.name ?? sentences[locale].frame.roles[official.role]}</strong>
        </p>
      )}
      {official === undefined ? <InformationCentreLine asks /> : null}
      <h2>{words.next}</h2>
      <ul>
        {nextSteps(official?.role, locale).map(({ href, text }) => (
          <li>
            <a href={href}>{text}</a>
          </li>
        ))}
      </ul>
      <p>
        <small>
          {words.code} {statusOf(code)}
        </small>
      </p>
    </Document>
  );
};

/** What a person sees where a program gets problem details: what happened, and what can be done now. */
@Injectable()
export class ProblemPages {
  constructor(
    private readonly pages: PageService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  show(request: FastifyRequest, reply: FastifyReply, { problem, headers }: HttpProblem): void {
    this.#render(request, reply, problem, headers).catch((error: unknown) => {
      this.ports.logger.error('page.failed', { route: request.routeOptions.url, kind: error instanceof Error ? error.name : 'unknown' });
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
    const page = view(<ProblemPage problem={problem} asked={request.method === 'GET'} />, statusOf(code), {
      headers: { ...headers, ...(retryAfterSeconds === undefined ? {} : { 'retry-after': String(retryAfterSeconds) }) },
    });
    await reply.send(await this.pages.prepare(reply, page, { context: await this.#contextOf(request) }));
  }

  /** A page about an outage must not need what is out: without its session, it is a page for any visitor. */
  async #contextOf(request: FastifyRequest): Promise<PageContext> {
    try {
      return await this.pages.contextOf(request);
    } catch {
      const { url, headers } = request;
      const { clock, policies, cityHall } = this.ports;
      const locale = localeOf(headers['accept-language']);
      return {
        locale,
        url: addressToRepeat(url),
        at: clock.now(),
        policies,
        ...defined({ informationCentre: cityHall.informationCentre }),
        development: false,
      };
    }
  }
}
