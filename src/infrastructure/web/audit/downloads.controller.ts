import { Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { streamLog } from '../../../application/kernel/event-log';
import { AuditTicket, type AuditedTicket } from '../../../application/audit/audit-ticket';
import { GetTicketHistory, type TicketHistory } from '../../../application/audit/ticket-history';
import { defined } from '@tichet-albastru/kernel/defined';
import { ticketStream, type Locale } from '../../../domain/ticket/facts';
import { referenceOf } from '../../../domain/ticket/ticket';
import { sendExport, sendLines } from '../../export/send-export';
import type { Rows } from '../../export/table/table';
import { QueryService } from '../../api/commands/query-service';
import { TicketPath } from '../../api/dto/paths';
import { HttpProblem } from '../../api/problem/problem';
import { formatOfPath, sendFile } from '../../api/file-answers';
import { auditFile } from '../../api/files-of-lists';
import { StrictInput } from '../../api/validation/strict-input';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { localeOfPage } from '../page/locale-of-page';
import { askedOfList } from './list-filter';
import { momentQuery } from './ticket-view';
import type { AuditListed } from '../../../application/audit/audit-list';
import { csvOf } from '../../runtime/csv';
import { bitByBit } from '../../runtime/opened-for';

/** One line a step, as the API tells it. */
export const historyCsv = ({ steps }: TicketHistory): string =>
  csvOf(
    steps.map(({ position, eventId, type, at, actor, article, state, changed }, index) => ({
      step: index + 1,
      at,
      type,
      actorKind: actor.kind,
      actorId: actor.id,
      article,
      state,
      changed: changed.join(' '),
      position,
      eventId,
    })),
  );

/** One line a check, with the moment it was judged at. */
export const checksCsv = ({ ticketId, asOf, facts, overall, checks }: AuditedTicket, locale: Locale): string =>
  csvOf(
    checks.map(({ id, verdict, article, text, evidence, failsAt, grade, observable = [] }) => ({
      ticketId,
      reference: facts.reference,
      asOf,
      overall,
      check: id,
      verdict,
      article,
      text: text[locale],
      failsAt: failsAt ?? null,
      evidence: evidence.join(' '),
      grade: grade ?? null,
      confirmableBy: observable.join(' '),
    })),
  );

/** The same rows as the list of the API has. */
export async function* listJson(rows: Rows<AuditListed>): AsyncGenerator<string> {
  // the beginning comes with the first row: a list that cannot even begin is no file
  const begin = '{"tickets":[';
  let before = begin;
  for await (const row of rows) {
    yield `${before}\n${JSON.stringify(row)}`;
    before = ',';
  }
  yield `${before === begin ? begin : ''}\n]}\n`;
}

/** The file is named after the ticket, so that its id must be one. */
const ofATicket = new StrictInput();

const indented = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

type Content = Parameters<typeof sendExport>[3];

/** A file in the form that its address ends with. */
const sendAs = (
  { url }: FastifyRequest,
  reply: FastifyReply,
  name: string,
  forms: Readonly<Record<'csv' | 'json', () => Content>>,
): void => {
  const form = /^[^?]*\.csv(?:\?|$)/.test(url) ? 'csv' : 'json';
  sendExport(reply, `${name}.${form}`, form, forms[form]());
};

/** The proof to take along: the answers of the API as files, personal data sealed. */
@Pages('audit')
export class AuditDownloadsController {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get(['lista.csv', 'lista-excel.csv', 'lista.xlsx', 'lista.json'])
  @ForOfficials('audit.tickets')
  async list(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: unknown): Promise<void> {
    const { faults, verdict, grade, check, asOf, scope } = await askedOfList(this.ports, request, query);
    if (faults.length > 0) throw new HttpProblem({ code: 'invalid' });
    const file = auditFile(this.ports, { ...scope, ...defined({ verdict, grade, check, asOf }) });
    const format = formatOfPath(request);
    if (format === undefined) await sendLines(reply, 'audit.json', 'json', listJson(file.rows));
    else await sendFile(reply, format, file, localeOfPage(request));
  }

  @Get([':id/istoric.json', ':id/istoric.csv'])
  @ForOfficials('audit.tickets', 'audited')
  async history(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param(ofATicket) { id }: TicketPath,
    @Query() query: unknown,
  ): Promise<void> {
    const history = await this.reads.ask(GetTicketHistory, { ticketId: id, ...momentQuery(query) });
    sendAs(request, reply, `${referenceOf(id)}-istoric`, { csv: () => historyCsv(history), json: () => indented(history) });
  }

  @Get([':id/dosar.json', ':id/dosar.csv'])
  @ForOfficials('audit.tickets', 'audited')
  async checks(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param(ofATicket) { id }: TicketPath,
    @Query() query: unknown,
  ): Promise<void> {
    const audited = await this.reads.ask(AuditTicket, { ticketId: id, ...momentQuery(query) });
    const csv = (): string => checksCsv(audited, localeOfPage(request));
    sendAs(request, reply, `${referenceOf(id)}-dosar`, { csv, json: () => indented(audited) });
  }

  @Get(':id/evenimente.ndjson')
  @ForOfficials('audit.tickets', 'audited')
  events(@Res() reply: FastifyReply, @Param(ofATicket) { id }: TicketPath): void {
    const lines = streamLog(this.ports)(ticketStream(id));
    const withEnds = async function* (): AsyncGenerator<string> {
      for await (const line of lines) yield `${line}\n`;
    };
    sendExport(reply, `${referenceOf(id)}-evenimente.ndjson`, 'ndjson', bitByBit(withEnds()));
  }
}
