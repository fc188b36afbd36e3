import { Body, Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import type { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { GetCalendarEntry, GetTicket, type TicketView } from '../../../application/booking/ticket-view';
import { BookAtCounter } from '../../../application/booking/counter';
import { CancelTicket } from '../../../application/booking/cancel-ticket';
import { CorrectContact, VerifyContact } from '../../../application/booking/correct-contact';
import { WantEarlierHour } from '../../../application/booking/earlier-hours';
import { RequestTicket } from '../../../application/booking/request-ticket';
import { RescheduleTicket } from '../../../application/booking/move-meeting';
import { DisputeCorrection } from '../../../application/resolution/objections';
import { SendNewCode, VerifyEmail } from '../../../application/booking/verify-email';
import { GetSlots } from '../../../application/booking/slots';
import { defined } from '@tichet-albastru/kernel/defined';
import { portsToken } from '../../nest/tokens';
import { Access } from '../access/access-decorator';
import { bookingOf, sideOf, throughClerk, viewerOf } from '../access/viewer';
import { Api, CommandOperation, Operation, type Plain } from '../api-decorator';
import { SlotsAnswer, TicketAnswer, TicketAtCounter, TicketRequested } from '../dto/answers';
import { order, type Order } from '../commands/command-interceptor';
import type { Telling } from '../commands/command-service';
import { QueryService } from '../commands/query-service';
import {
  CancelBody,
  ContactBody,
  CounterTicketBody,
  EarlierHourBody,
  ObjectionBody,
  RequestTicketBody,
  RescheduleBody,
  SlotsQuery,
  VerificationBody,
  withCompanion,
} from '../dto/citizen';
import { TicketPath } from '../dto/paths';
import { invalidField } from '../problem/invalid';
import { inBoth } from '../../phrasing/sentences';

/** What a booking can be refused for, for any caller. */
const bookingRefusals = [
  'request-not-found',
  'slot-taken',
  'active-ticket-exists',
  'wrong-state',
  'too-soon',
  'beyond-horizon',
  'window-expired',
  'not-eligible',
  'not-working-time',
  'paused',
  'no-time-for-link',
  'notice-not-accepted',
] as const;

/** What a citizen does with a ticket; civil servants share some of it (Art. 3, Art. 8, A19). */
@Api('', 'Citizen')
export class TicketsController {
  constructor(
    private readonly reads: QueryService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('slots')
  @Access('slots.read', 'ticket-in-query')
  @Operation('Art. 3 c, Art. 4: days and free slots of the person whom the citizen meets', { 200: SlotsAnswer }, ['not-eligible'])
  listSlots(@Req() request: FastifyRequest, @Query() { from, to, ticketId, mode }: SlotsQuery): Promise<Plain<SlotsAnswer>> {
    const whose = ticketId === undefined ? { request: bookingOf(request).request } : { ticketId };
    return this.reads.ask(GetSlots, { from, to, ...whose, ...defined({ mode }) });
  }

  @Post('tickets')
  @Access('ticket.request')
  @CommandOperation('Art. 3: ask for a blue ticket', { 201: TicketRequested }, bookingRefusals)
  requestTicket(@Req() request: FastifyRequest, @Body() { ...body }: RequestTicketBody): Order {
    return order(
      RequestTicket,
      ({ commandId, ids: [ticketId = commandId, holdId = commandId] }) => ({
        ...withCompanion(body),
        request: bookingOf(request).request,
        address: request.ip,
        ticketId,
        holdId,
      }),
      { answer: async ({ ticketId }, known) => ({ status: 201, body: await this.#made(await this.#view(ticketId, known)) }) },
    );
  }

  @Post('counter/tickets')
  @Access('counter.book')
  @CommandOperation(
    'Art. 3 at the counter: a clerk asks for a blue ticket for a citizen who gives the three data',
    { 201: TicketAtCounter },
    bookingRefusals,
  )
  bookAtCounter(@Req() request: FastifyRequest, @Body() { channel, ...body }: CounterTicketBody): Order {
    return order(
      BookAtCounter,
      ({ commandId, ids: [ticketId = commandId, holdId = commandId] }) => ({
        ...withCompanion(body),
        askedThrough: throughClerk(request, channel),
        ticketId,
        holdId,
      }),
      {
        answer: async ({ ticketId }, known) => {
          const { reference, status, heldUntil, codeExpiresAt } = await this.#view(ticketId, known);
          return { status: 201, body: { ticketId, reference, status, ...defined({ heldUntil, codeExpiresAt }) } };
        },
      },
    );
  }

  @Post('tickets/:id/verification')
  @Access('ticket.verify', 'ticket')
  @CommandOperation('Art. 3 e: enter the code that came by e-mail', { 200: TicketAnswer }, [
    'slot-taken',
    'same-hour',
    'too-many-tickets',
    'wrong-state',
    'code-expired',
    'wrong-code',
  ])
  verifyEmail(@Param() { id }: TicketPath, @Body() { code }: VerificationBody): Order {
    return order(VerifyEmail, { ticketId: id, code }, this.#shown(id));
  }

  @Post('tickets/:id/verification/new-code')
  @Access('ticket.verify', 'ticket')
  @CommandOperation('A9: a new code replaces the old one', { 202: 'no-body' }, ['wrong-state', 'code-expired'])
  sendNewCode(@Req() request: FastifyRequest, @Param() { id }: TicketPath): Order {
    return order(SendNewCode, { ticketId: id, address: request.ip }, { answer: () => ({ status: 202 }) });
  }

  @Get('tickets/:id')
  @Access('ticket.read', 'ticket')
  @Operation('The ticket as it stands, from the log itself', { 200: TicketAnswer })
  getTicket(@Req() request: FastifyRequest, @Param() { id }: TicketPath): Promise<Plain<TicketAnswer>> {
    return this.reads.ask(GetTicket, { ticketId: id, viewer: viewerOf(request) });
  }

  @Post('tickets/:id/reschedule')
  @Access('ticket.change', 'ticket')
  @CommandOperation('A19 (citizen), Art. 8 (civil servant): another hour, mode or (heads) person, in one step', { 200: TicketAnswer }, [
    'slot-taken',
    'notice-not-accepted',
    'same-hour',
    'wrong-state',
    'too-soon',
    'beyond-horizon',
    'not-working-time',
    'paused',
    'no-time-for-link',
    'reschedule-limit',
  ])
  rescheduleTicket(@Req() request: FastifyRequest, @Param() { id }: TicketPath, @Body() { channel, ...body }: RescheduleBody): Order {
    return order(
      RescheduleTicket,
      ({ commandId, ids: [holdId = commandId] }) => ({
        ...body,
        ...sideOf(request, { ...body, ...defined({ channel }) }),
        ticketId: id,
        holdId,
      }),
      this.#shown(id),
    );
  }

  @Post('tickets/:id/cancel')
  @Access('ticket.change', 'ticket')
  @CommandOperation('A19 (citizen), Art. 8 (civil servant): cancel', { 200: TicketAnswer }, ['wrong-state'])
  cancelTicket(@Req() request: FastifyRequest, @Param() { id }: TicketPath, @Body() { channel, ...body }: CancelBody): Order {
    return order(CancelTicket, { ...body, ...sideOf(request, { ...body, ...defined({ channel }) }), ticketId: id }, this.#shown(id));
  }

  @Post('tickets/:id/contact')
  @Access('ticket.contact', 'ticket')
  @CommandOperation(
    'Art. 3 e, Art. 8 (GDPR 16): another phone number, which holds at once, or e-mail address, to which a code goes',
    { 200: TicketAnswer },
    ['wrong-state'],
  )
  correctContact(@Req() request: FastifyRequest, @Param() { id }: TicketPath, @Body() { channel, shown, ...body }: ContactBody): Order {
    const { askedThrough } = sideOf(request, defined({ channel }));
    if (askedThrough === undefined && shown !== undefined) throw invalidField('shown', inBoth.api.invalid.clerks);
    const command = { ...body, ...defined({ askedThrough, shown }), ticketId: id, address: request.ip };
    return order(CorrectContact, command, this.#shown(id));
  }

  @Post('tickets/:id/contact/verification')
  @Access('ticket.contact', 'ticket')
  @CommandOperation('Art. 3 e: enter the code that came to the new address: letters go there from here on', { 200: TicketAnswer }, [
    'same-hour',
    'too-many-tickets',
    'wrong-state',
    'code-expired',
    'wrong-code',
  ])
  verifyContact(@Param() { id }: TicketPath, @Body() { code }: VerificationBody): Order {
    return order(VerifyContact, { ticketId: id, code }, this.#shown(id));
  }

  @Post('tickets/:id/objection')
  @Access('ticket.object', 'ticket')
  @CommandOperation('Art. 7: the citizen objects to a correction; a person has to answer', { 200: TicketAnswer }, ['wrong-state'])
  disputeCorrection(@Param() { id }: TicketPath, @Body() { ...body }: ObjectionBody): Order {
    return order(DisputeCorrection, { ...body, ticketId: id }, this.#shown(id));
  }

  @Post('tickets/:id/earlier-hour')
  @Access('ticket.wish', 'ticket')
  @CommandOperation('A19: be told when an earlier hour becomes free, or no longer', { 200: TicketAnswer }, [
    'wrong-state',
    'reschedule-limit',
  ])
  wantEarlierHour(@Param() { id }: TicketPath, @Body() { wanted }: EarlierHourBody): Order {
    return order(WantEarlierHour, { ticketId: id, wanted }, this.#shown(id));
  }

  @Get('tickets/:id/invitation.ics')
  @Access('ticket.read', 'ticket')
  @Operation('The meeting as a calendar entry', { 200: { text: ['text/calendar'] } }, ['wrong-state'])
  async getInvitation(@Res() reply: FastifyReply, @Param() { id }: TicketPath): Promise<void> {
    const { method, content } = await this.reads.ask(GetCalendarEntry, { ticketId: id });
    void reply.headers({ 'Content-Type': `text/calendar; charset=utf-8; method=${method}`, 'Cache-Control': 'no-store' }).send(content);
  }

  #view(ticketId: string, known: StreamCache): Promise<TicketView> {
    return this.reads.ask(GetTicket, { ticketId, viewer: 'citizen', known });
  }
  #shown(ticketId: string): Pick<Telling<unknown>, 'answer'> {
    return { answer: async (_, known) => ({ body: await this.#view(ticketId, known) }) };
  }
  async #made({ ticketId, reference, status, heldUntil, codeExpiresAt }: TicketView): Promise<Plain<TicketRequested>> {
    return {
      ticketId,
      reference,
      status,
      ...defined({ heldUntil, codeExpiresAt }),
      manageToken: await this.ports.personalData.manageToken(ticketId),
    };
  }
}
