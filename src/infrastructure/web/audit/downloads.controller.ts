import { Get, Inject, Param, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { Readable } from 'node:stream';
import type { Ports } from '../../../application/ports/ports';
import { streamLog } from '../../../application/queries/event-log';
import type { Instant } from '../../../domain/kernel/instant';
import { ticketStream } from '../../../domain/ticket/facts';
import { referenceOf } from '../../../domain/ticket/reference';
import { auditCsv } from '../../export/audit-csv';
import { ReadDesk } from '../../http/commands/read-desk';
import { TicketPath } from '../../http/dto/paths';
import { HttpProblem } from '../../http/problem/problem';
import { StrictInput } from '../../http/validation/strict-input';
import { auditRows } from '../../nest/audit-rows';
import { questions } from '../../nest/questions';
import { portsToken } from '../../nest/use-case';
import { ForOfficials, Pages } from '../access/page-access';
import { localeOfPage } from '../page/page-desk';
import { checksCsv, historyCsv, listJson } from './files';
import { listAsked } from './list-asked';
import { ticketAsked } from './ticket-asked';

type Asked = Readonly<Record<string, unknown>>;

const types = { json: 'application/json', csv: 'text/csv', ndjson: 'application/x-ndjson' } as const;

/** The file is named after the ticket, so that its id must be one. */
const ofATicket = new StrictInput();

/** A file to keep: nobody else's copy, and never shown as a page. */
const send = (reply: FastifyReply, name: string, content: string | Readable): void => {
  const ending = name.split('.').at(-1);
  const type = ending === 'json' || ending === 'csv' || ending === 'ndjson' ? types[ending] : 'application/octet-stream';
  void reply
    .headers({
      'content-type': `${type}; charset=utf-8`,
      'content-disposition': `attachment; filename="${name}"`,
      'cache-control': 'no-store',
    })
    .send(content);
};

/** What is to be known, as the address says it. @throws HttpProblem `invalid` for a moment that is none */
const until = (query: Asked): { readonly asOf?: Instant } => {
  const { faulty, until: asOf } = ticketAsked(query);
  if (faulty) throw new HttpProblem({ code: 'invalid' });
  return asOf === undefined ? {} : { asOf };
};

const indented = (value: object): string => `${JSON.stringify(value, null, 2)}\n`;

/** The proof to take along: the answers of the API as files, personal data sealed. */
@Pages('audit')
export class AuditDownloadsController {
  constructor(
    private readonly reads: ReadDesk,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('lista.csv')
  @ForOfficials('audit.read')
  listAsCsv(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: Asked): void {
    send(reply, 'audit.csv', Readable.from(auditCsv(this.#rows(request, query))));
  }

  @Get('lista.json')
  @ForOfficials('audit.read')
  listAsJson(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query() query: Asked): void {
    send(reply, 'audit.json', Readable.from(listJson(this.#rows(request, query))));
  }

  @Get(':id/istoric.json')
  @ForOfficials('audit.read')
  async historyAsJson(@Res() reply: FastifyReply, @Param(ofATicket) { id }: TicketPath, @Query() query: Asked): Promise<void> {
    send(reply, `${referenceOf(id)}-istoric.json`, indented(await this.#history(id, query)));
  }

  @Get(':id/istoric.csv')
  @ForOfficials('audit.read')
  async historyAsCsv(@Res() reply: FastifyReply, @Param(ofATicket) { id }: TicketPath, @Query() query: Asked): Promise<void> {
    send(reply, `${referenceOf(id)}-istoric.csv`, historyCsv(await this.#history(id, query)));
  }

  @Get(':id/dosar.json')
  @ForOfficials('audit.read')
  async auditAsJson(@Res() reply: FastifyReply, @Param(ofATicket) { id }: TicketPath, @Query() query: Asked): Promise<void> {
    send(reply, `${referenceOf(id)}-dosar.json`, indented(await this.#audited(id, query)));
  }

  @Get(':id/dosar.csv')
  @ForOfficials('audit.read')
  async auditAsCsv(
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
    @Param(ofATicket) { id }: TicketPath,
    @Query() query: Asked,
  ): Promise<void> {
    send(reply, `${referenceOf(id)}-dosar.csv`, checksCsv(await this.#audited(id, query), localeOfPage(request)));
  }

  @Get(':id/evenimente.ndjson')
  @ForOfficials('audit.read')
  events(@Res() reply: FastifyReply, @Param(ofATicket) { id }: TicketPath): void {
    const lines = streamLog(this.ports)(ticketStream(id));
    const withEnds = async function* (): AsyncGenerator<string> {
      for await (const line of lines) yield `${line}\n`;
    };
    send(reply, `${referenceOf(id)}-evenimente.ndjson`, Readable.from(withEnds()));
  }

  #rows(request: FastifyRequest, query: Asked): ReturnType<typeof auditRows> {
    const { faults, verdict, check, scope } = listAsked(query, localeOfPage(request));
    if (faults.length > 0) throw new HttpProblem({ code: 'invalid' });
    return auditRows(this.ports, {
      ...scope,
      ...(verdict === undefined ? {} : { verdict }),
      ...(check === undefined ? {} : { check }),
    });
  }

  #history(ticketId: string, query: Asked) {
    return this.reads.ask(questions.ticketHistory, { ticketId, ...until(query) });
  }

  #audited(ticketId: string, query: Asked) {
    return this.reads.ask(questions.auditTicket, { ticketId, ...until(query) });
  }
}
