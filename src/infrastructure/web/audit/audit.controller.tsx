import { Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { ListAuditedTickets } from '../../../application/audit/audit-list';
import { ReadDesk } from '../../api/commands/read-desk';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { localeOfPage } from '../page/locale-of-page';
import { PageDesk } from '../page/page-desk';
import { ChecksPage } from './checks-page';
import { overallCounts } from './counts';
import type { Searched } from './find-form';
import { ticketNamed } from './find-ticket';
import { listAsked, questionOf } from './list-asked';
import { AuditListPage, type ListParts } from './list-page';
import { parkedEvidence } from './parked-evidence';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';

type Asked = Readonly<Record<string, unknown>>;
const invalid = 422;

/** Every ticket with its verdicts, and what each check asks (rulebook, section 5). */
@Pages('audit')
export class AuditPagesController {
  constructor(
    private readonly pages: PageDesk,
    private readonly reads: ReadDesk,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('audit.read')
  async list(@Req() request: FastifyRequest, @Query() query: Asked): Promise<Answer> {
    const typed = typeof query['tichet'] === 'string' ? query['tichet'].trim() : '';
    const found = typed === '' ? undefined : await ticketNamed(this.ports, typed);
    if (found !== undefined) {
      return seeOther(`/audit/${found}`);
    }
    const locale = localeOfPage(request);
    const searched: Searched = { typed, faults: typed === '' ? [] : [{ field: 'tichet', message: sentences[locale].audit.list.notFound }] };
    const asked = listAsked(query, locale);
    const shown = await this.reads.ask(ListAuditedTickets, questionOf(asked));
    const counts = await overallCounts(this.ports, asked.scope);
    const evidence = await parkedEvidence(this.ports);
    const context = await this.pages.contextOf(request);
    const status = asked.faults.length + searched.faults.length > 0 ? invalid : 200;
    const parts: ListParts = { context, asked, shown, counts, searched, evidence };
    return view(<AuditListPage {...parts} />, status);
  }

  @Get('verificari')
  @ForOfficials('audit.read')
  async checks(@Req() request: FastifyRequest): Promise<Answer> {
    return view(<ChecksPage context={await this.pages.contextOf(request)} />);
  }
}
