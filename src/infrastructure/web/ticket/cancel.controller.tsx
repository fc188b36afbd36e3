import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { ReadDesk } from '../../api/commands/read-desk';
import { statusOf } from '../../api/problem/problem';
import { ForTicketHolder, Pages } from '../access/page-access';
import { formOf } from '../forms/form';
import { FormDesk } from '../forms/form-desk';
import { PageDesk } from '../page/page-desk';
import { faultsOf } from '../parts/refusal-shown';
import { CancelPage } from './cancel-page';
import { citizenReasons } from './change-words';
import { ticketIdOf } from './holder';
import { CancelTicket } from '../../../application/booking/cancel-ticket';
import { GetCitizenTicket } from '../../../application/booking/citizen-ticket';
import { type Answer, seeOther, view } from '../page/answer';
import { KeepsTyped } from '../forms/kept-form';

/** A19: until the start, and without having to say why. */
@Pages('tichet/:reference/anulare')
export class CancelController {
  constructor(
    private readonly pages: PageDesk,
    private readonly forms: FormDesk,
    private readonly reads: ReadDesk,
  ) {}

  @Get()
  @ForTicketHolder('ticket.change')
  async form(@Req() request: FastifyRequest): Promise<Answer> {
    const ticket = await this.reads.ask(GetCitizenTicket, { ticketId: ticketIdOf(request) });
    if (!ticket.allowed.includes('cancel')) {
      return seeOther(`/tichet/${ticket.reference}`);
    }
    const context = await this.pages.contextOf(request);
    return view(<CancelPage context={context} ticket={ticket} faults={[]} />);
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
    return view(<CancelPage context={context} ticket={ticket} faults={faults} />, statusOf(cancelled.code));
  }
}
