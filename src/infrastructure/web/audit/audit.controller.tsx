import { usePage, useWords } from '../page/page-context';
import { Get, Inject, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { UnknownColumn } from '@tichet-albastru/event-log/ports/read-models';
import { ListAuditedTickets } from '../../../application/audit/audit-list';
import { ticketNamed } from '../../../application/audit/ticket-named';
import { QueryService } from '../../api/commands/query-service';
import { formOf } from '../../api/body/form';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { KeepsNothing } from '../forms/stored-form';
import { localeOfPage } from '../page/locale-of-page';
import { queryParametersOf } from '../page/query-parameters';
import { askedOfList, departmentsToChoose, maySeeAudited } from './list-filter';
import { confirmable, listPath, type ListQuery, overallCounts, parkedVerdicts, questionOf } from './list-query';
import { AuditListPage, type ListParts } from './list-page';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import type { VNode } from 'preact';
import { auditChecks, checkIds } from '../../../domain/audit/judge';
import { HeadedPage } from '../page/document';
import { Article } from '../parts/article';
import type { Fault } from '../parts/fields';
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
  @ForOfficials('audit.tickets')
  async list(@Req() request: FastifyRequest, @Query() query: unknown): Promise<Answer> {
    const typed = queryParametersOf(query)('tichet');
    const found = await ticketNamed(this.ports, typed);
    if (found !== undefined && (await maySeeAudited(this.ports, request, found))) return seeOther(`/audit/${found}`);
    const locale = localeOfPage(request);
    const notFound = typed === '' ? [] : [{ field: 'tichet', message: sentences[locale].audit.list.notFound }];
    return this.#page(request, await askedOfList(this.ports, request, query), typed, notFound);
  }

  /** The filter: where it means a list, it leads to its address, which holds no name. */
  @Post()
  @KeepsNothing('asked-anew')
  @ForOfficials('audit.tickets')
  async filter(@Req() request: FastifyRequest): Promise<Answer> {
    const asked = await askedOfList(this.ports, request, Object.fromEntries(formOf(request).fields), 'name');
    return asked.faults.length === 0 ? seeOther(listPath(asked.fields, {})) : this.#page(request, asked);
  }

  async #page(request: FastifyRequest, asked: ListQuery, searched = '', notFound: readonly Fault[] = []): Promise<Answer> {
    const shown = await this.reads.ask(ListAuditedTickets, questionOf(asked));
    const ofNow = asked.asOf === undefined ? await this.#ofNow(asked) : undefined;
    const departments = await departmentsToChoose(this.ports, request);
    const parked = await parkedVerdicts(this.ports, (ticketId) => maySeeAudited(this.ports, request, ticketId));
    return formView(<AuditListPage {...{ asked, shown, ofNow, searched, parked, departments }} />, [...notFound, ...asked.faults]);
  }

  /** Nothing is counted of columns that the table of a former version has not, which is read until the new one is filled. */
  async #ofNow({ scope }: ListQuery): Promise<ListParts['ofNow']> {
    try {
      return { counts: await overallCounts(this.ports, scope), first: await confirmable(this.ports, scope) };
    } catch (error) {
      if (!(error instanceof UnknownColumn)) throw error;
      return undefined;
    }
  }

  @Get('verificari')
  @ForOfficials('audit.tickets')
  checks(): Answer {
    return view(<ChecksPage />);
  }
}
