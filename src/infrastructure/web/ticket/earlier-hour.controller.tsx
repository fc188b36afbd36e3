import { Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { type CitizenTicket, GetCitizenTicket } from '../../../application/booking/citizen-ticket';
import { WantEarlierHour } from '../../../application/booking/earlier-hours';
import { isRefusal } from '../../../domain/kernel/refusal';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { ForTicketHolder, Pages } from '../access/page-access';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, seeOther } from '../page/answer';
import { ticketIdOf } from './holder';

/** A19: the citizen would come sooner, or no longer would; said on the ticket's page. */
@Pages('tichet/:reference/devreme')
export class EarlierHourController {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
  ) {}

  @Post()
  @KeepsNothing('nothing-typed')
  @ForTicketHolder('ticket.wish')
  async want(@Req() request: FastifyRequest): Promise<Answer> {
    const ticketId = ticketIdOf(request);
    const wanted = formOf(request).text('doresc') === 'da';
    const said = await this.commands.carryOut(request, { useCase: WantEarlierHour, command: () => ({ ticketId, wanted }), ticketId });
    const ticket: CitizenTicket = await this.reads.ask(GetCitizenTicket, { ticketId });
    // what was possible a moment ago and no longer is: the page says how it stands now
    const done = isRefusal(said) ? '' : `?facut=${wanted ? 'devreme' : 'nudevreme'}`;
    return seeOther(`/tichet/${ticket.reference}${done}`);
  }
}
