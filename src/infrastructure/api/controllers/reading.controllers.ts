import { inBoth } from '../../phrasing/sentences';
import { Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { eventLog } from '../../../application/kernel/event-log';
import { mayEver } from '../../../application/kernel/rights';
import { AuditTicket } from '../../../application/audit/audit-ticket';
import { ListAuditedTickets } from '../../../application/audit/audit-list';
import { type EligibilityListQuery, GetEligibility, ListEligibility } from '../../../application/requests/eligibility';
import { GetReportSummary } from '../../../application/reports/report-figures';
import { ListMeetingsWithoutNames } from '../../../application/staff/staff-calendar';
import { ListWhoLooked } from '../../../application/audit/who-looked';
import { ExplainTicket, GetTicketHistory } from '../../../application/audit/ticket-history';
import { defined } from '@tichet-albastru/kernel/defined';
import { parseInstant, wholeDays } from '../../../domain/time/civil-time';
import { portsToken } from '../../nest/tokens';
import { Access } from '../access/access-decorator';
import { Api, Operation, type Plain } from '../api-decorator';
import {
  AuditListAnswer,
  AuditedTicketAnswer,
  EligibilityAnswer,
  EligibilityListAnswer,
  ExplainedAnswer,
  HistoryAnswer,
  MeetingsAnswer,
  SummaryAnswer,
  WhoLookedAnswer,
} from '../dto/audit-answers';
import { QueryService } from '../commands/query-service';
import { bitByBit } from '../../runtime/opened-for';
import { PersonPath, TicketPath } from '../dto/paths';
import { scopeIn } from '../dto/list-scope';
import {
  AsOfQuery,
  AuditFileQuery,
  AuditQuery,
  EligibilityFileQuery,
  EligibilityQuery,
  EventsQuery,
  HistoryQuery,
  MeetingsFileQuery,
  MeetingsQuery,
  SummaryQuery,
  WhoLookedQuery,
} from '../dto/reading';
import { answerFile, fileTypes, formatOf } from '../file-answers';
import { auditFile, eligibilityFile, meetingsFile, summaryFile } from '../files-of-lists';
import { invalidField } from '../problem/invalid';
import { departmentIn, officialOf } from '../access/viewer';

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
  @Operation('One request (`number` and `filedOn`), or a list of them', { 200: [EligibilityAnswer, EligibilityListAnswer] }, ['not-found'])
  async readEligibility(
    @Req() request: FastifyRequest,
    @Query() { number, filedOn, asOf, limit, cursor, ...asked }: EligibilityQuery,
  ): Promise<Plain<EligibilityAnswer> | Plain<EligibilityListAnswer>> {
    const isList = [...Object.values(asked), cursor, ...(number === undefined ? [limit] : [])].some((one) => one !== undefined);
    for (const [field, one] of Object.entries(isList ? { number, filedOn, asOf } : {})) {
      if (one === undefined) continue;
      const { oneRequestOrList, cursor: another } = inBoth.api.invalid;
      throw cursor === undefined ? invalidField(field, oneRequestOrList) : invalidField('cursor', another);
    }
    if (isList) return this.reads.ask(ListEligibility, { ...this.#scope(request, asked), ...defined({ limit, cursor }) });
    if (number === undefined) throw invalidField('number', inBoth.api.invalid.missing);
    if (filedOn === undefined) throw invalidField('filedOn', inBoth.api.invalid.missing);
    return this.reads.ask(GetEligibility, { number, filedOn, ...asOfMoment(asOf) });
  }

  @Get('file')
  @Access('eligibility.read')
  @Operation('The same list as a file', { 200: { text: fileTypes } })
  async downloadEligibility(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() { format, ...asked }: EligibilityFileQuery,
  ): Promise<void> {
    await answerFile(request, reply, format, eligibilityFile(this.reads, this.#scope(request, asked)));
  }

  /** A head who names no department begins with their own. */
  #scope(request: FastifyRequest, asked: Omit<Plain<EligibilityFileQuery>, 'format'>): Omit<EligibilityListQuery, 'limit' | 'cursor'> {
    const { expiringBefore, department, staffId, status, eligible } = asked;
    const { role, departmentCode: own } = officialOf(request);
    return defined({
      expiringBefore,
      departmentCode: department ?? (role === 'head' ? own : undefined),
      staffId,
      status,
      eligible: eligible === undefined ? undefined : eligible === 'true',
    });
  }
}

/** The audit trail with its verdicts (rulebook, section 5). */
@Api('audit', 'Reading')
export class AuditController {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('calendar')
  @Access('audit.read')
  @Operation('The calendar of the staff without any person of the public', { 200: MeetingsAnswer })
  async listMeetings(@Query() { limit, cursor, ...asked }: MeetingsQuery): Promise<Plain<MeetingsAnswer>> {
    return this.reads.ask(ListMeetingsWithoutNames, { ...this.#meetings(asked), ...defined({ limit, cursor }) });
  }

  @Get('calendar/file')
  @Access('audit.read')
  @Operation('The same meetings as a file', { 200: { text: fileTypes } })
  async downloadMeetings(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() { format, ...asked }: MeetingsFileQuery,
  ): Promise<void> {
    await answerFile(request, reply, format, meetingsFile(this.reads, this.#meetings(asked)));
  }

  @Get('tickets')
  @Access('audit.tickets')
  @Operation('One row a ticket with its verdicts, as of now or of a moment; a head sees their own department', { 200: AuditListAnswer })
  async listAudited(@Req() request: FastifyRequest, @Query() { limit, cursor, ...asked }: AuditQuery): Promise<Plain<AuditListAnswer>> {
    return this.reads.ask(ListAuditedTickets, { ...this.#tickets(request, asked), ...defined({ limit, cursor }) });
  }

  @Get('tickets/file')
  @Access('audit.tickets')
  @Operation('The same list as a file, with its seals verified', { 200: { text: fileTypes } })
  async downloadAudited(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Query() { format, ...asked }: AuditFileQuery,
  ): Promise<void> {
    await answerFile(request, reply, format, auditFile(this.ports, this.#tickets(request, asked)));
  }

  #meetings({ from, to, department, staffId }: Omit<Plain<MeetingsFileQuery>, 'format'>) {
    return { ...wholeDays({ from, to }), ...defined({ departmentCode: department, staffId }) };
  }

  #tickets(request: FastifyRequest, { verdict, grade, check, asOf, department, ...asked }: Omit<Plain<AuditFileQuery>, 'format'>) {
    const departmentCode = departmentIn(request, 'audit.tickets', department);
    return { ...scopeIn(asked), ...asOfMoment(asOf), ...defined({ verdict, grade, check, departmentCode }) };
  }

  @Get('tickets/:id')
  @Access('audit.tickets', 'audited')
  @Operation('Every check of one ticket, as of a moment', { 200: AuditedTicketAnswer }, ['not-found'])
  auditTicket(@Param() { id }: TicketPath, @Query() { asOf }: AsOfQuery): Promise<Plain<AuditedTicketAnswer>> {
    return this.reads.ask(AuditTicket, { ticketId: id, ...asOfMoment(asOf) });
  }

  @Get('tickets/:id/history')
  @Access('audit.tickets', 'audited')
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
  @Operation('Meetings of a period, counted, also as a file; a head counts their own department', {
    200: { json: SummaryAnswer, text: fileTypes },
  })
  async summarise(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() { ...query }: SummaryQuery): Promise<void> {
    const { department, format, ...period } = query;
    const asked = { ...period, ...defined({ departmentCode: departmentIn(request, 'reports.read', department) }) };
    const summary = await this.reads.ask(GetReportSummary, asked);
    const form = formatOf(request, format);
    if (form !== 'json') return answerFile(request, reply, form, summaryFile(summary));
    void reply.header('Cache-Control', 'no-store').header('Vary', 'Accept, Accept-Language').send(summary);
  }
}
