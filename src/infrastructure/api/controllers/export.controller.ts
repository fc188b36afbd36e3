import { inBoth } from '../../phrasing/sentences';
import { Get, Inject, Query, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { defined } from '@tichet-albastru/kernel/defined';
import { wholeDays } from '../../../domain/time/civil-time';
import { auditColumns } from '../../export/table/audit-columns';
import { csvFile } from '../../export/table/csv-files';
import { ticketOnPaper } from '../../export/paper/ticket-on-paper';
import { sendExport, sendLines, type ExportFormat } from '../../export/send-export';
import { auditRows } from '../../nest/audit-rows';
import type { OpenedPorts } from '../../nest/provided';
import { openedToken } from '../../nest/tokens';
import { writeExport } from '../../proof/export/write-export';
import { Access } from '../access/access-decorator';
import { Api, Operation } from '../api-decorator';
import { ExportQuery } from '../dto/reading';
import { answered } from '../problem/problem';
import { invalidField } from '../problem/invalid';

/** The audit trail as files, personal data sealed: streamed, and never stored by a cache. */
@Api('audit/export', 'Reading')
export class ExportController {
  constructor(@Inject(openedToken) private readonly opened: OpenedPorts) {}

  @Get()
  @Access('audit.read')
  @Operation(
    'JSON Lines with events, proofs and a signed manifest, or CSV with a line a ticket; or the PDF of one ticket',
    { 200: { text: ['application/x-ndjson', 'text/csv', 'application/pdf'] } },
    ['not-found'],
  )
  async exportAudit(@Res() reply: FastifyReply, @Query() { format = 'jsonl', ticket, from, to }: ExportQuery): Promise<void> {
    if (format === 'pdf') {
      if (from !== undefined || to !== undefined) throw invalidField(from === undefined ? 'to' : 'from', inBoth.api.invalid.pdfOfOneTicket);
      await this.#paper(reply, ticket);
      return;
    }
    if (ticket !== undefined) throw invalidField('ticket', inBoth.api.invalid.pdfOnly);
    if (from !== undefined && to !== undefined && to < from) throw invalidField('to', inBoth.api.invalid.endsFirst);
    await sendLines(reply, nameOf(format, from, to), format, this.#lines(format, from, to));
  }

  #lines(format: 'jsonl' | 'csv', from: string | undefined, to: string | undefined): AsyncGenerator<string> {
    const { ports, sealing } = this.opened;
    if (format === 'jsonl') return writeExport(ports, defined({ from, to, signer: sealing?.key }));
    return csvFile(auditColumns, auditRows(ports, { ...wholeDays({ from, to }), order: 'earliest' }));
  }

  async #paper(reply: FastifyReply, ticketId: string | undefined): Promise<void> {
    if (ticketId === undefined) throw invalidField('ticket', inBoth.api.invalid.missing);
    const drawn = answered(await ticketOnPaper(this.opened.ports, { ticketId }, { locale: 'ro', small: 'en' }));
    sendExport(reply, `${drawn.reference}.pdf`, 'pdf', drawn.bytes);
  }
}

const nameOf = (format: ExportFormat, from?: string, to?: string): string =>
  `audit${from === undefined ? '' : `-${from}`}${to === undefined ? '' : `-${to}`}.${format}`;
