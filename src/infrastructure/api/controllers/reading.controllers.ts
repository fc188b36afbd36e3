import { inBoth } from '../../phrasing/sentences';
import { Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Ports } from '../../../application/kernel/ports/ports';
import { eventLog } from '../../../application/kernel/event-log';
import { AuditTicket } from '../../../application/audit/audit-ticket';
import { ListAuditedTickets } from '../../../application/audit/audit-list';
import { GetEligibility, ListExpiringRequests } from '../../../application/requests/eligibility';
import { GetReportSummary } from '../../../application/reports/report-figures';
import { ExplainTicket, GetTicketHistory } from '../../../application/audit/ticket-history';
import { defined } from '../../../domain/kernel/defined';
import { parseInstant, startOfDay, startOfNextDay } from '../../../domain/time/civil-time';
import { portsToken } from '../../nest/tokens';
import { Access } from '../access/access-decorator';
import { Api, Operation, type Plain } from '../api-decorator';
import {
  AuditListAnswer,
  AuditedTicketAnswer,
  EligibilityAnswer,
  ExpiringAnswer,
  ExplainedAnswer,
  HistoryAnswer,
  SummaryAnswer,
} from '../dto/audit-answers';
import { QueryService } from '../commands/query-service';
import { csvOf } from '../../runtime/csv';
import { TicketPath } from '../dto/paths';
import { AsOfQuery, AuditQuery, EligibilityQuery, EventsQuery, HistoryQuery, SummaryQuery } from '../dto/reading';
import { invalidField } from '../problem/invalid';

/** Moments compare as strings in their canonical form only. */
const asOfMoment = (text: string | undefined): { readonly asOf?: string } => {
  const asOf = text === undefined ? undefined : parseInstant(text);
  return defined({ asOf });
};

/** The 30-day view (Art. 2 b). */
@Api('eligibility', 'Reading')
export class EligibilityController {
  constructor(private readonly reads: QueryService) {}

  @Get()
  @Access('eligibility.read')
  @Operation(
    'One request (`number` and `filedOn`), or those whose window ends before a date (`expiringBefore`)',
    { 200: [EligibilityAnswer, ExpiringAnswer] },
    ['not-found'],
  )
  readEligibility(
    @Query() { number, filedOn, asOf, expiringBefore, ...page }: EligibilityQuery,
  ): Promise<Plain<EligibilityAnswer> | Plain<ExpiringAnswer>> {
    if (expiringBefore !== undefined) return this.reads.ask(ListExpiringRequests, { expiringBefore, ...page });
    if (number === undefined) throw invalidField('number', inBoth.api.invalid.missing);
    if (filedOn === undefined) throw invalidField('filedOn', inBoth.api.invalid.missing);
    return this.reads.ask(GetEligibility, { number, filedOn, ...asOfMoment(asOf) });
  }
}

/** The audit trail with its verdicts (rulebook, section 5). */
@Api('audit/tickets', 'Reading')
export class AuditController {
  constructor(private readonly reads: QueryService) {}

  @Get()
  @Access('audit.read')
  @Operation('One row a ticket with its verdicts', { 200: AuditListAnswer })
  listAudited(@Query() { from, to, ...asked }: AuditQuery): Promise<Plain<AuditListAnswer>> {
    return this.reads.ask(ListAuditedTickets, {
      ...asked,
      ...(from === undefined ? {} : { from: startOfDay(from) }),
      ...(to === undefined ? {} : { before: startOfNextDay(to) }),
    });
  }

  @Get(':id')
  @Access('audit.read')
  @Operation('Every check of one ticket, as of a moment', { 200: AuditedTicketAnswer }, ['not-found'])
  auditTicket(@Param() { id }: TicketPath, @Query() { asOf }: AsOfQuery): Promise<Plain<AuditedTicketAnswer>> {
    return this.reads.ask(AuditTicket, { ticketId: id, ...asOfMoment(asOf) });
  }

  @Get(':id/history')
  @Access('audit.read')
  @Operation(
    'The ticket’s life step by step; `explain=true`: with what changed, the checks as they stood then, and refused attempts',
    { 200: [HistoryAnswer, ExplainedAnswer] },
    ['not-found'],
  )
  readHistory(
    @Param() { id }: TicketPath,
    @Query() { asOf, explain }: HistoryQuery,
  ): Promise<Plain<HistoryAnswer> | Plain<ExplainedAnswer>> {
    if (explain === 'true') return this.reads.ask(ExplainTicket, { ticketId: id, ...asOfMoment(asOf) });
    return this.reads.ask(GetTicketHistory, { ticketId: id, ...asOfMoment(asOf) });
  }
}

/** The log itself, and numbers for the dashboard. */
@Api('', 'Reading')
export class LogController {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('events')
  @Access('events.read')
  @Operation('The log as NDJSON, personal data sealed', { 200: { text: ['application/x-ndjson'] } })
  readEvents(@Res() reply: FastifyReply, @Query() { after, limit = 1000 }: EventsQuery): void {
    const lines = eventLog(this.ports)({ limit, ...defined({ after }) });
    const withEnds = async function* (): AsyncGenerator<string> {
      for await (const line of lines) yield `${line}\n`;
    };
    void reply
      .headers({ 'Content-Type': 'application/x-ndjson; charset=utf-8', 'Cache-Control': 'no-store' })
      .send(Readable.from(withEnds()));
  }

  @Get('reports/summary')
  @Access('reports.read')
  @Operation('Meetings of a period, counted; CSV by `Accept: text/csv`', { 200: { json: SummaryAnswer, text: ['text/csv'] } })
  async summarise(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() { ...asked }: SummaryQuery): Promise<void> {
    const summary = await this.reads.ask(GetReportSummary, { ...asked });
    void reply.header('Cache-Control', 'no-store').header('Vary', 'Accept');
    if (!/\btext\/csv\b/.test(request.headers.accept ?? '')) {
      void reply.send(summary);
      return;
    }
    void reply.header('Content-Type', 'text/csv; charset=utf-8').send(csvOf(summary.rows));
  }
}
