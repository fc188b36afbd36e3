import { Get, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { QueryService } from '../../api/commands/query-service';
import { ForTicketHolder, Pages } from '../access/page-access';
import { ticketIdOf } from './holder';
import { type Done, TicketPage } from './ticket-page';
import { GetCitizenTicket } from '../../../application/booking/citizen-ticket';
import { GetCalendarEntry } from '../../../application/booking/ticket-view';
import { type Answer, download, view } from '../page/answer';

const dones: readonly Done[] = ['obiectie', 'mutat', 'schimbat', 'contact', 'neschimbat', 'anulat', 'deschis', 'devreme', 'nudevreme'];
const isDone = (text: unknown): text is Done => dones.some((done) => done === text);

/** The page of one ticket, for the browser that has booked or opened it. */
@Pages('tichet/:reference')
export class TicketController {
  constructor(private readonly reads: QueryService) {}

  @Get()
  @ForTicketHolder('ticket.read')
  async ticket(@Req() request: FastifyRequest, @Query('nou') isNew: unknown, @Query('facut') done: unknown): Promise<Answer> {
    const ticket = await this.reads.ask(GetCitizenTicket, { ticketId: ticketIdOf(request) });
    return view(<TicketPage ticket={ticket} isNew={isNew === '1'} done={isDone(done) ? done : undefined} />);
  }

  @Get('invitatie.ics')
  @ForTicketHolder('ticket.read')
  async entry(@Req() request: FastifyRequest): Promise<Answer> {
    const { method, content } = await this.reads.ask(GetCalendarEntry, { ticketId: ticketIdOf(request) });
    return download(content, {
      'content-type': `text/calendar; charset=utf-8; method=${method}`,
      'content-disposition': 'attachment; filename="tichet-albastru.ics"',
    });
  }
}
