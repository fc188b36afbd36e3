import { Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { HttpProblem } from '../../api/problem/problem';
import { ForOfficials, Pages } from '../access/page-access';
import { ActService } from './act-service';
import { type Act, actOfPath, isAct } from './acts';
import { MeetingCardService } from './card-service';
import type { Answer } from '../page/answer';
import { KeepsTyped } from '../forms/stored-form';

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
    private readonly cards: MeetingCardService,
    private readonly acts: ActService,
  ) {}

  @Get()
  @ForOfficials('ticket.handle', 'ticket')
  show(@Req() request: FastifyRequest, @Param('id') id: string, @Query('facut') done: unknown): Promise<Answer> {
    return this.cards.show(request, id, { done: isAct(done) ? done : undefined });
  }

  @Get('repartizare')
  @ForOfficials('ticket.reassign', 'ticket')
  openReassign(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    return this.acts.open(request, id, 'reassign');
  }
  @Post('repartizare')
  @KeepsTyped()
  @ForOfficials('ticket.reassign', 'ticket')
  reassign(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    return this.acts.carryOut(request, id, 'reassign');
  }

  @Get('reprogramare')
  @ForOfficials('ticket.change', 'ticket')
  openReschedule(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    return this.acts.open(request, id, 'reschedule');
  }
  @Post('reprogramare')
  @KeepsTyped()
  @ForOfficials('ticket.change', 'ticket')
  reschedule(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    return this.acts.carryOut(request, id, 'reschedule');
  }

  @Get('anulare')
  @ForOfficials('ticket.change', 'ticket')
  openCancel(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    return this.acts.open(request, id, 'cancel');
  }
  @Post('anulare')
  @KeepsTyped()
  @ForOfficials('ticket.change', 'ticket')
  cancel(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    return this.acts.carryOut(request, id, 'cancel');
  }

  @Get(':act')
  @ForOfficials('ticket.handle', 'ticket')
  open(@Req() request: FastifyRequest, @Param('id') id: string, @Param('act') act: string): Promise<Answer> {
    return this.acts.open(request, id, actAt(act));
  }
  @Post(':act')
  @KeepsTyped()
  @ForOfficials('ticket.handle', 'ticket')
  carryOut(@Req() request: FastifyRequest, @Param('id') id: string, @Param('act') act: string): Promise<Answer> {
    return this.acts.carryOut(request, id, actAt(act));
  }
}
