import { Get, Inject, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { type CitizenTicket, GetCitizenTicket } from '../../../application/booking/citizen-ticket';
import type { Ports } from '../../../application/kernel/ports/ports';
import { findNewHour, type NewHourFound } from '../../../application/requests/find-new-hour';
import { defined } from '@tichet-albastru/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';
import { QueryService } from '../../api/commands/query-service';
import { statusOf } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { dateAndHour } from '../../phrasing/words/dates';
import { ForTicketHolder, Pages } from '../access/page-access';
import { BookingService } from '../booking/booking-service';
import { type Draft, draftExpiry } from '../booking/draft';
import { lookupFaults } from '../booking/request-step.controller';
import { PlainForm } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, formView, seeOther, view } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import { ticketIdOf } from './holder';
import { ChangePage } from './ticket-parts';
import { needsOf } from '../../../domain/ticket/facts';

const NewHourPage = ({ ticket }: { readonly ticket: CitizenTicket }): VNode => {
  const { locale } = usePage();
  const words = useWords().ticket.changes;
  const { reference, slot } = ticket;
  const lead = words.newHourLead({ when: dateAndHour(slot.startsAt, locale) });
  return (
    <ChangePage ticket={ticket} title={`${words.newHourTitle}: ${reference}`} heading={words.newHourTitle} lead={lead}>
      <PlainForm action={`/tichet/${reference}/ora-noua`} novalidate>
        <button id="requestNumber">{words.newHourButton}</button>
      </PlainForm>
    </ChangePage>
  );
};

/**
 * Earlier answers are kept, except the consent to be recorded online: the citizen agrees to that anew (A14). A clerk goes through the
 * contact once more, and says how the citizen asks.
 */
export const newHourDraft = (
  { request, ground, meetWith, modes, applicantName, mode, email, phone, postalAddress }: NewHourFound,
  expiresAt: string,
  by: 'citizen' | 'clerk',
): Draft => ({
  request,
  requestNumber: request.number,
  applicantName,
  ground: ground.kind,
  ...(ground.kind === 'clarification' ? { until: ground.enforcedUntil } : {}),
  person: meetWith.name,
  department: meetWith.department,
  modes,
  expiresAt,
  ...defined({ email, phone }),
  ...(by === 'clerk' ? defined({ postalAddress }) : {}),
  ...(needsOf(mode).recording ? {} : { mode, ...(by === 'citizen' ? { contactFor: mode } : {}) }),
});

/** Art. 8: a new hour in place of the one that we cancelled. A citizen who has opened the ticket need not name the request again. */
@Pages('tichet/:reference/ora-noua')
export class NewHourController {
  constructor(
    private readonly reads: QueryService,
    private readonly booking: BookingService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForTicketHolder('ticket.change')
  async form(@Req() request: FastifyRequest): Promise<Answer> {
    const ticket = await this.#ticket(request);
    return ticket.newHour?.stage === 'owed' ? view(<NewHourPage ticket={ticket} />) : seeOther(`/tichet/${ticket.reference}`);
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForTicketHolder('ticket.change')
  async begin(@Req() request: FastifyRequest): Promise<Answer> {
    const ticket = await this.#ticket(request);
    if (ticket.newHour?.stage !== 'owed') return seeOther(`/tichet/${ticket.reference}`);
    const found = await findNewHour(this.ports)(ticket.ticketId, 'citizen');
    if (!isRefusal(found)) return this.booking.begin(request, newHourDraft(found, draftExpiry(this.ports.clock.now()), 'citizen'));
    return formView(<NewHourPage ticket={ticket} />, lookupFaults(found, localeOfPage(request)), statusOf(found.code));
  }

  #ticket(request: FastifyRequest): Promise<CitizenTicket> {
    return this.reads.ask(GetCitizenTicket, { ticketId: ticketIdOf(request) });
  }
}
