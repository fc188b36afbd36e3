import { Get, Query, Req, Post } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { type CitizenTicket, GetCitizenTicket } from '../../../application/booking/citizen-ticket';
import { RescheduleTicket } from '../../../application/booking/move-meeting';
import type { Instant } from '../../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { Locale } from '../../../domain/ticket/facts';
import { slotStarting } from '../../../domain/time/slot';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { statusOf } from '../../api/problem/problem';
import { sentences } from '../../phrasing/sentences';
import { dateAndHour, hour } from '../../phrasing/words/dates';
import { ForTicketHolder, Pages } from '../access/page-access';
import { KeepsNothing } from '../forms/stored-form';
import { HourPicker } from '../hours/hour-picker';
import { HourService, type HoursView } from '../hours/hour-service';
import { type Answer, formView, seeOther } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { ticketIdOf } from './holder';
import { ChangePage } from './ticket-parts';

/** A19: the hours of the person whom the citizen meets, as in the booking. */
const MovePage = ({ ticket, hours }: { readonly ticket: CitizenTicket; readonly hours: HoursView }): VNode => {
  const { locale } = usePage();
  const words = useWords().ticket.changes;
  const { reference, slot } = ticket;
  const lead = words.now({ when: dateAndHour(slot.startsAt, locale) });
  return (
    <ChangePage ticket={ticket} title={`${words.moveTitle}: ${reference}`} heading={words.moveTitle} lead={lead}>
      <HourPicker hours={hours} path={`/tichet/${reference}/muta`} submit={words.moveButton} />
    </ChangePage>
  );
};

type Asked = {
  readonly day?: unknown;
  readonly week?: unknown;
  readonly lost?: Instant;
  readonly faults?: readonly Fault[];
  readonly status?: number;
};

const faultsOfMove = (refusal: Refusal, startsAt: Instant, locale: Locale): readonly Fault[] =>
  refusal.code === 'slot-taken'
    ? [{ field: 'startsAt', message: sentences[locale].booking.hour.taken({ hour: hour(startsAt) }) }]
    : faultsOf(refusal, locale, 'startsAt');

/** A19: another hour, chosen as the first one was. */
@Pages('tichet/:reference/muta')
export class MoveController {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    private readonly hours: HourService,
  ) {}

  @Get()
  @ForTicketHolder('ticket.change')
  async form(@Req() request: FastifyRequest, @Query('zi') day: unknown, @Query('sapt') week: unknown): Promise<Answer> {
    const ticket = await this.#ticket(request);
    if (ticket.allowed.includes('reschedule')) return this.#show(ticket, { day, week });
    return seeOther(`/tichet/${ticket.reference}`);
  }

  @Post()
  @KeepsNothing('nothing-typed')
  @ForTicketHolder('ticket.change')
  async move(@Req() request: FastifyRequest): Promise<Answer> {
    const ticketId = ticketIdOf(request);
    const form = formOf(request);
    const locale = localeOfPage(request);
    const day = form.optional('zi');
    const slot = slotStarting(form.text('startsAt'));
    if (isRefusal(slot)) {
      const faults = [{ field: 'startsAt', message: sentences[locale].hours.choose }];
      return this.#show(await this.#ticket(request), { day, faults, status: 422 });
    }
    const { startsAt } = slot;
    const moved = await this.commands.carryOut(request, {
      useCase: RescheduleTicket,
      command: ({ commandId, ids: [holdId = commandId] }) => ({ ticketId, holdId, startsAt, by: 'citizen' as const }),
      ticketId,
    });
    const ticket = await this.#ticket(request);
    if (!isRefusal(moved)) return seeOther(`/tichet/${ticket.reference}?facut=mutat`);
    const faults = faultsOfMove(moved, startsAt, locale);
    const gone = moved.code === 'slot-taken' ? { lost: startsAt } : { day };
    return this.#show(ticket, { ...gone, faults, status: statusOf(moved.code) });
  }

  #ticket(request: FastifyRequest): Promise<CitizenTicket> {
    return this.reads.ask(GetCitizenTicket, { ticketId: ticketIdOf(request) });
  }

  async #show(ticket: CitizenTicket, { day, week, lost, faults, status }: Asked): Promise<Answer> {
    const hours = await this.hours.look({ ticketId: ticket.ticketId }, { day, week, lost });
    return formView(<MovePage ticket={ticket} hours={hours} />, faults, status);
  }
}
