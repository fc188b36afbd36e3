import { usePage, useWords } from '../page/page-context';
import { Get, Query, Req, Post } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type CitizenTicket, GetCitizenTicket } from '../../../application/booking/citizen-ticket';
import { RescheduleTicket } from '../../../application/booking/move-meeting';
import type { Instant } from '../../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { slotStarting } from '../../../domain/time/slot';
import { QueryService } from '../../api/commands/query-service';
import { statusOf } from '../../api/problem/problem';
import { ForTicketHolder, Pages } from '../access/page-access';
import { HourService, type HoursView } from '../hours/hour-service';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { PageService } from '../page/page-service';
import { type Fault, ErrorSummary, faultOf } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { hour, dateAndHour } from '../../phrasing/words/dates';
import { ticketIdOf } from './holder';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsNothing } from '../forms/stored-form';
import type { VNode } from 'preact';
import type { TicketView } from '../../../application/booking/ticket-view';
import { HourPicker } from '../hours/hour-picker';
import { Document } from '../page/document';
import { Heading } from '../parts/heading';
import { TicketCard } from './ticket-card';

/** A19: the hours of the person whom the citizen meets, as in the booking. */
const MovePage = ({
  ticket,
  hours,
  faults,
}: {
  readonly ticket: TicketView;
  readonly hours: HoursView;
  readonly faults: readonly Fault[];
}): VNode => {
  const context = usePage();
  const words = useWords().ticket.changes;
  const here = `/tichet/${ticket.reference}`;
  return (
    <Document title={`${words.moveTitle}: ${ticket.reference}`} side="public" faulty={faults.length > 0}>
      <div class="with-ticket">
        <div>
          <a class="back" href={here}>
            {words.back}
          </a>
          <ErrorSummary title={words.summary} faults={faults} />
          <Heading lead={words.now({ when: dateAndHour(ticket.slot.startsAt, context.locale) })}>{words.moveTitle}</Heading>
          <HourPicker hours={hours} path={`${here}/muta`} submit={words.moveButton} fault={faultOf(faults, 'startsAt')} />
        </div>
        <TicketCard ticket={ticket} />
      </div>
    </Document>
  );
};

type Asked = {
  readonly day?: unknown;
  readonly week?: unknown;
  readonly lost?: Instant;
  readonly faults?: readonly Fault[];
  readonly status?: number;
};
const textOf = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

const faultsOfMove = (refusal: Refusal, startsAt: Instant, locale: Locale): readonly Fault[] =>
  refusal.code === 'slot-taken'
    ? [{ field: 'startsAt', message: sentences[locale].booking.hour.taken({ hour: hour(startsAt) }) }]
    : faultsOf(refusal, locale, 'startsAt');

/** A19: another hour, chosen as the first one was. */
@Pages('tichet/:reference/muta')
export class MoveController {
  constructor(
    private readonly pages: PageService,
    private readonly forms: CommandService,
    private readonly reads: QueryService,
    private readonly hours: HourService,
  ) {}

  @Get()
  @ForTicketHolder('ticket.change')
  async form(@Req() request: FastifyRequest, @Query('zi') day: unknown, @Query('sapt') week: unknown): Promise<Answer> {
    const ticket = await this.#ticket(request);
    if (ticket.allowed.includes('reschedule')) return this.#show(request, ticket, { day, week });
    else return seeOther(`/tichet/${ticket.reference}`);
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForTicketHolder('ticket.change')
  async move(@Req() request: FastifyRequest): Promise<Answer> {
    const ticketId = ticketIdOf(request);
    const form = formOf(request);
    const { locale } = await this.pages.contextOf(request);
    const day = form.optional('zi');
    const slot = slotStarting(form.text('startsAt'));
    if (isRefusal(slot)) {
      const faults = [{ field: 'startsAt', message: sentences[locale].hours.choose }];
      return this.#show(request, await this.#ticket(request), { day, faults, status: 422 });
    }
    const { startsAt } = slot;
    const moved = await this.forms.carryOut(request, {
      useCase: RescheduleTicket,
      command: ({ commandId, ids: [holdId = commandId] }) => ({ ticketId, holdId, startsAt, by: 'citizen' as const }),
      ticketId,
    });
    const ticket = await this.#ticket(request);
    if (!isRefusal(moved)) {
      return seeOther(`/tichet/${ticket.reference}?facut=mutat`);
    }
    const faults = faultsOfMove(moved, startsAt, locale);
    const gone = moved.code === 'slot-taken' ? { lost: startsAt } : { day };
    return this.#show(request, ticket, { ...gone, faults, status: statusOf(moved.code) });
  }

  #ticket(request: FastifyRequest): Promise<CitizenTicket> {
    return this.reads.ask(GetCitizenTicket, { ticketId: ticketIdOf(request) });
  }

  async #show(request: FastifyRequest, ticket: CitizenTicket, asked: Asked): Promise<Answer> {
    const { day, week, lost, faults = [], status = 200 } = asked;
    const hours = await this.hours.look({ ticketId: ticket.ticketId }, { day: textOf(day), week: textOf(week), lost });
    return view(<MovePage ticket={ticket} hours={hours} faults={faults} />, status);
  }
}
