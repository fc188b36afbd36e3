import { usePage, useWords } from '../page/page-context';
import { Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { ListAuditedTickets } from '../../../application/audit/audit-list';
import { ticketNamed } from '../../../application/audit/ticket-named';
import { QueryService } from '../../api/commands/query-service';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { localeOfPage } from '../page/locale-of-page';
import { queryParametersOf } from '../page/query-parameters';
import { confirmable, listQuery, overallCounts, parkedEvidence, questionOf } from './list-query';
import { AuditListPage } from './list-page';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import type { VNode } from 'preact';
import { auditChecks, checkIds } from '../../../domain/audit/judge';
import { HeadedPage } from '../page/document';
import { Article } from '../parts/article';
import { VerdictLegend } from './verdict-tag';

/** What each check asks, with the article that it is about. */
const ChecksPage = (): VNode => {
  const { locale } = usePage();
  const words = useWords().audit.list;
  return (
    <HeadedPage title={words.checksTitle} back={{ href: '/audit', text: words.toList }} lead={words.checksLead}>
      <ol class="meanings">
        {checkIds.map((id) => {
          const { name, article, holds } = auditChecks[id];
          return (
            <li id={id} class="card">
              <h2>
                {id} · {name[locale]}
              </h2>
              <p>{holds[locale]}</p>
              <p>
                <Article article={article} locale={locale} /> · <a href={`/audit?verificare=${id}&verdict=fail`}>{words.failing}</a>
              </p>
            </li>
          );
        })}
      </ol>
      <VerdictLegend />
    </HeadedPage>
  );
};

/** Every ticket with its verdicts, and what each check asks (rulebook, section 5). */
@Pages('audit')
export class AuditPagesController {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('audit.read')
  async list(@Req() request: FastifyRequest, @Query() query: unknown): Promise<Answer> {
    const typed = queryParametersOf(query)('tichet');
    const found = await ticketNamed(this.ports, typed);
    if (found !== undefined) return seeOther(`/audit/${found}`);
    const locale = localeOfPage(request);
    const notFound = typed === '' ? [] : [{ field: 'tichet', message: sentences[locale].audit.list.notFound }];
    const asked = listQuery(query, locale);
    const shown = await this.reads.ask(ListAuditedTickets, questionOf(asked));
    const ofNow =
      asked.asOf === undefined
        ? { counts: await overallCounts(this.ports, asked.scope), first: await confirmable(this.ports, asked.scope) }
        : undefined;
    const evidence = await parkedEvidence(this.ports);
    return formView(<AuditListPage {...{ asked, shown, ofNow, searched: typed, evidence }} />, [...notFound, ...asked.faults]);
  }

  @Get('verificari')
  @ForOfficials('audit.read')
  checks(): Answer {
    return view(<ChecksPage />);
  }
}
