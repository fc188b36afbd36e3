import { Get, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { CancelTicket } from '../../../application/booking/cancel-ticket';
import { type CitizenTicket, GetCitizenTicket } from '../../../application/booking/citizen-ticket';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import type { ChangeReason } from '../../../domain/ticket/facts';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { statusOf } from '../../api/problem/problem';
import { dateAndHour } from '../../phrasing/words/dates';
import { ForTicketHolder, Pages } from '../access/page-access';
import { TypedForm } from '../forms/forms-view';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { Radios } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { ticketIdOf } from './holder';
import { ChangePage } from './ticket-parts';

/** What a citizen may give as a reason, out of A20's. */
type CitizenReason = Extract<ChangeReason, 'illness' | 'leave' | 'technical' | 'other'>;
const citizenReasons: readonly CitizenReason[] = ['illness', 'leave', 'technical', 'other'];

const CancelPage = ({ ticket }: { readonly ticket: CitizenTicket }): VNode => {
  const { locale } = usePage();
  const words = useWords().ticket.changes;
  const { reference, slot } = ticket;
  const here = `/tichet/${reference}`;
  const lead = words.cancelLead({ when: dateAndHour(slot.startsAt, locale) });
  return (
    <ChangePage ticket={ticket} title={`${words.cancelTitle} ${reference}`} heading={words.cancelTitle} lead={lead}>
      <p>{words.after}</p>
      <TypedForm action={`${here}/anulare`} novalidate={false}>
        <Radios
          name="reason"
          label={words.why}
          hint={words.whyHint}
          value=""
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
    </ChangePage>
  );
};

/** A19: until the start, and without having to say why. */
@Pages('tichet/:reference/anulare')
export class CancelController {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
  ) {}

  @Get()
  @ForTicketHolder('ticket.change')
  async form(@Req() request: FastifyRequest): Promise<Answer> {
    const ticket = await this.reads.ask(GetCitizenTicket, { ticketId: ticketIdOf(request) });
    if (!ticket.allowed.includes('cancel')) return seeOther(`/tichet/${ticket.reference}`);
    return view(<CancelPage ticket={ticket} />);
  }

  @Post()
  @KeepsTyped()
  @ForTicketHolder('ticket.change')
  async cancel(@Req() request: FastifyRequest): Promise<Answer> {
    const ticketId = ticketIdOf(request);
    const reason = citizenReasons.find((one) => one === formOf(request).text('reason'));
    const cancelled = await this.commands.carryOut(request, {
      useCase: CancelTicket,
      command: () => ({ ticketId, by: 'citizen' as const, ...defined({ reason }) }),
      ticketId,
    });
    const ticket = await this.reads.ask(GetCitizenTicket, { ticketId });
    if (!isRefusal(cancelled)) return seeOther(`/tichet/${ticket.reference}?facut=anulat`);
    return formView(<CancelPage ticket={ticket} />, faultsOf(cancelled, localeOfPage(request), 'reason'), statusOf(cancelled.code));
  }
}
