import { Get, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { HttpProblem } from '../../api/problem/problem';
import { ForOfficials, Pages } from '../access/page-access';
import { ActDesk } from './act-desk';
import { type Act, actOfPath, isAct } from './acts';
import { CardDesk } from './card-desk';

/** What needs the head's right, or the right to change a ticket, has a route of its own. */
const actAt = (path: string): Act => {
  const act = actOfPath(path);
  if (act === undefined || act === 'reassign' || act === 'reschedule' || act === 'cancel') throw new HttpProblem({ code: 'not-found' });
  return act;
};

/** Art. 5–8: the card of one meeting, and each act around it on a page of its own. */
@Pages('programari/:id')
export class CardController {
  constructor(
    private readonly cards: CardDesk,
    private readonly acts: ActDesk,
  ) {}

  @Get()
  @ForOfficials('ticket.handle', 'ticket')
  show(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Query('facut') done: unknown): Promise<void> {
    return this.cards.show(request, reply, id, { done: isAct(done) ? done : undefined });
  }

  @Get('repartizare')
  @ForOfficials('ticket.reassign', 'ticket')
  openReassign(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    return this.acts.open(request, reply, id, 'reassign');
  }
  @Post('repartizare')
  @ForOfficials('ticket.reassign', 'ticket')
  reassign(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    return this.acts.carryOut(request, reply, id, 'reassign');
  }

  @Get('reprogramare')
  @ForOfficials('ticket.change', 'ticket')
  openReschedule(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    return this.acts.open(request, reply, id, 'reschedule');
  }
  @Post('reprogramare')
  @ForOfficials('ticket.change', 'ticket')
  reschedule(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    return this.acts.carryOut(request, reply, id, 'reschedule');
  }

  @Get('anulare')
  @ForOfficials('ticket.change', 'ticket')
  openCancel(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    return this.acts.open(request, reply, id, 'cancel');
  }
  @Post('anulare')
  @ForOfficials('ticket.change', 'ticket')
  cancel(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string): Promise<void> {
    return this.acts.carryOut(request, reply, id, 'cancel');
  }

  @Get(':act')
  @ForOfficials('ticket.handle', 'ticket')
  open(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Param('act') act: string): Promise<void> {
    return this.acts.open(request, reply, id, actAt(act));
  }
  @Post(':act')
  @ForOfficials('ticket.handle', 'ticket')
  carryOut(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Param('id') id: string, @Param('act') act: string): Promise<void> {
    return this.acts.carryOut(request, reply, id, actAt(act));
  }
}
