import { usePage, useWords } from '../page/page-context';
import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { QueryService } from '../../api/commands/query-service';
import { statusOf } from '../../api/problem/problem';
import { ForTicketHolder, Pages } from '../access/page-access';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { PageService } from '../page/page-service';
import { faultsOf } from '../parts/refusal-view';
import { ticketIdOf } from './holder';
import { CancelTicket } from '../../../application/booking/cancel-ticket';
import { GetCitizenTicket } from '../../../application/booking/citizen-ticket';
import { type Answer, seeOther, view } from '../page/answer';
import { KeepsTyped } from '../forms/stored-form';
import type { VNode } from 'preact';
import type { TicketView } from '../../../application/booking/ticket-view';
import { Document } from '../page/document';
import { ErrorSummary, type Fault, faultOf, Radios } from '../parts/fields';
import { Heading } from '../parts/heading';
import { dateAndHour } from '../../phrasing/words/dates';
import { TicketCard } from './ticket-card';
import { TypedForm } from '../forms/forms-view';
import type { ChangeReason } from '../../../domain/ticket/facts';

/** What a citizen may give as a reason, out of A20's. */
type CitizenReason = Extract<ChangeReason, 'illness' | 'leave' | 'technical' | 'other'>;
const citizenReasons: readonly CitizenReason[] = ['illness', 'leave', 'technical', 'other'];

const CancelPage = ({ ticket, faults }: { readonly ticket: TicketView; readonly faults: readonly Fault[] }): VNode => {
  const context = usePage();
  const words = useWords().ticket.changes;
  const here = `/tichet/${ticket.reference}`;
  return (
    <Document title={`${words.cancelTitle} ${ticket.reference}`} side="public" faulty={faults.length > 0}>
      <div class="with-ticket">
        <div>
          <a class="back" href={here}>
            {words.back}
          </a>
          <ErrorSummary title={words.summary} faults={faults} />
          <Heading lead={words.cancelLead({ when: dateAndHour(ticket.slot.startsAt, context.locale) })}>{words.cancelTitle}</Heading>
          <p>{words.after}</p>
          <TypedForm action={`${here}/anulare`} novalidate={false}>
            <Radios
              name="reason"
              label={words.why}
              hint={words.whyHint}
              value=""
              fault={faultOf(faults, 'reason')}
              options={[
                { value: '', label: words.rather },
                ...citizenReasons.map((reason) => ({ value: reason, label: words.reasons[reason] })),
              ]}
            />
            <p class="actions">
              <button class="grave">{words.yes}</button>
              <a href={here}>{words.no}</a>
            </p>
          </TypedForm>
        </div>
        <TicketCard ticket={ticket} />
      </div>
    </Document>
  );
};

/** A19: until the start, and without having to say why. */
@Pages('tichet/:reference/anulare')
export class CancelController {
  constructor(
    private readonly pages: PageService,
    private readonly forms: CommandService,
    private readonly reads: QueryService,
  ) {}

  @Get()
  @ForTicketHolder('ticket.change')
  async form(@Req() request: FastifyRequest): Promise<Answer> {
    const ticket = await this.reads.ask(GetCitizenTicket, { ticketId: ticketIdOf(request) });
    if (!ticket.allowed.includes('cancel')) {
      return seeOther(`/tichet/${ticket.reference}`);
    }
    return view(<CancelPage ticket={ticket} faults={[]} />);
  }

  @Post()
  @KeepsTyped()
  @ForTicketHolder('ticket.change')
  async cancel(@Req() request: FastifyRequest): Promise<Answer> {
    const ticketId = ticketIdOf(request);
    const reason = citizenReasons.find((one) => one === formOf(request).text('reason'));
    const cancelled = await this.forms.carryOut(request, {
      useCase: CancelTicket,
      command: () => ({ ticketId, by: 'citizen' as const, ...defined({ reason }) }),
      ticketId,
    });
    const ticket = await this.reads.ask(GetCitizenTicket, { ticketId });
    if (!isRefusal(cancelled)) {
      return seeOther(`/tichet/${ticket.reference}?facut=anulat`);
    }
    const context = await this.pages.contextOf(request);
    const faults = faultsOf(cancelled, context.locale, 'reason');
    return view(<CancelPage ticket={ticket} faults={faults} />, statusOf(cancelled.code));
  }
}
