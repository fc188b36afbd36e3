import { inBoth } from '../../phrasing/sentences';
import { Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { eventLog } from '../../../application/kernel/event-log';
import { mayEver } from '../../../application/kernel/rights';
import { AuditTicket } from '../../../application/audit/audit-ticket';
import { ListAuditedTickets } from '../../../application/audit/audit-list';
import { GetEligibility, ListExpiringRequests } from '../../../application/requests/eligibility';
import { GetReportSummary } from '../../../application/reports/report-figures';
import { ListWhoLooked } from '../../../application/audit/who-looked';
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
  WhoLookedAnswer,
} from '../dto/audit-answers';
import { QueryService } from '../commands/query-service';
import { csvOf } from '../../runtime/csv';
import { bitByBit } from '../../runtime/opened-for';
import { PersonPath, TicketPath } from '../dto/paths';
import { AsOfQuery, AuditQuery, EligibilityQuery, EventsQuery, HistoryQuery, SummaryQuery, WhoLookedQuery } from '../dto/reading';
import { invalidField } from '../problem/invalid';
import { officialOf } from '../access/viewer';

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
  @Operation('One row a ticket with its verdicts, as of now or of a moment', { 200: AuditListAnswer })
  listAudited(@Query() { from, to, asOf, ...asked }: AuditQuery): Promise<Plain<AuditListAnswer>> {
    return this.reads.ask(ListAuditedTickets, {
      ...asked,
      ...asOfMoment(asOf),
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

/** Who was shown personal data. Asking is a reading itself. */
@Api('audit', 'Reading')
export class WhoLookedController {
  constructor(private readonly reads: QueryService) {}

  @Get('tickets/:id/readings')
  @Access('audit.read')
  @Operation('Which officials were shown the data of a ticket and its request', { 200: WhoLookedAnswer }, ['not-found'])
  listReadingsOfTicket(@Param() { id }: TicketPath, @Query() { ...asked }: WhoLookedQuery): Promise<Plain<WhoLookedAnswer>> {
    return this.reads.ask(ListWhoLooked, { ...asked, ticketId: id });
  }

  @Get('people/:person/readings')
  @Access('audit.read')
  @Operation('What one official was shown: by staff id or pseudonym, or `service.NAME` of a program', { 200: WhoLookedAnswer })
  listReadingsOfPerson(@Param() { person }: PersonPath, @Query() { ...asked }: WhoLookedQuery): Promise<Plain<WhoLookedAnswer>> {
    return this.reads.ask(ListWhoLooked, { ...asked, person });
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
  @Operation('The log as NDJSON, personal data sealed; who looked is told to auditors only', { 200: { text: ['application/x-ndjson'] } })
  readEvents(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() { after, limit = 1000 }: EventsQuery): void {
    const withoutReadings = !mayEver(officialOf(request), 'audit.read');
    const lines = eventLog(this.ports)({ limit, withoutReadings, ...defined({ after }) });
    const withEnds = async function* (): AsyncGenerator<string> {
      for await (const line of lines) yield `${line}\n`;
    };
    void reply.headers({ 'Content-Type': 'application/x-ndjson; charset=utf-8', 'Cache-Control': 'no-store' }).send(bitByBit(withEnds()));
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
