import { Body, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { ArrangeAbsence, FollowAbsence, PlanAbsence } from '../../../application/booking/absence-plan';
import { ArrangeDeparture, FollowDeparture, PlanDeparture } from '../../../application/booking/departure-plan';
import { sentences } from '../../phrasing/sentences';
import { Access } from '../access/access-decorator';
import { officialOf } from '../access/viewer';
import { Api, CommandOperation, Operation, type Plain } from '../api-decorator';
import { created, order, type Order } from '../commands/command-interceptor';
import { QueryService } from '../commands/query-service';
import {
  AbsenceArrangedAnswer,
  DepartureArrangedAnswer,
  DeparturePlanAnswer,
  FollowedMeetingsAnswer,
  MeetingsToMoveAnswer,
} from '../dto/answers';
import { AbsencePath, StaffPath } from '../dto/paths';
import { AbsencePlanBody, AbsencePlanQuery, confirmedMovesOf, DeparturePlanBody } from '../dto/staff';

/** A3: only heads give meetings to others. */
const mayHandOn = (request: FastifyRequest): boolean => officialOf(request).role === 'head';

/** Art. 8: a staff member is away, or leaves: where their meetings go, in one act, and what became of them. */
@Api('staff/:id', 'Staff')
export class AbsencePlansController {
  constructor(private readonly reads: QueryService) {}

  @Get('absence-plan')
  @Access('staff.schedule', 'staff')
  @Operation('Art. 8: where each meeting in the way of this absence might go; nothing is changed', { 200: MeetingsToMoveAnswer })
  async planAbsence(
    @Req() request: FastifyRequest,
    @Param() { id }: StaffPath,
    @Query() { from, to }: AbsencePlanQuery,
  ): Promise<Plain<MeetingsToMoveAnswer>> {
    return { meetings: await this.reads.ask(PlanAbsence, { staffId: id, from, to, mayHandOn: mayHandOn(request) }) };
  }

  @Post('absence-plan')
  @Access('staff.schedule', 'staff')
  @CommandOperation('Art. 8: not there, and in the same act where each meeting in the way goes', { 201: AbsenceArrangedAnswer })
  arrangeAbsence(@Param() { id }: StaffPath, @Body() { from, to, reason, because, moves }: AbsencePlanBody): Order {
    const becauseInWords = sentences.ro.letters.reasons[because];
    return order(ArrangeAbsence, { staffId: id, from, to, reason, because, becauseInWords, moves: confirmedMovesOf(moves) }, created);
  }

  @Get('absences/:absenceId/meetings')
  @Access('staff.schedule', 'staff')
  @Operation('What became of the meetings of this absence, and whom somebody has to call', { 200: FollowedMeetingsAnswer })
  async followAbsence(@Param() { id, absenceId }: AbsencePath): Promise<Plain<FollowedMeetingsAnswer>> {
    const { meetings } = await this.reads.ask(FollowAbsence, { staffId: id, absenceId });
    return { meetings };
  }

  @Get('departure-plan')
  @Access('ticket.reassign', 'staff')
  @Operation('Art. 8: where each meeting of somebody who leaves might go; nothing is changed', { 200: DeparturePlanAnswer }, ['not-found'])
  planDeparture(@Req() request: FastifyRequest, @Param() { id }: StaffPath): Promise<Plain<DeparturePlanAnswer>> {
    return this.reads.ask(PlanDeparture, { staffId: id, mayHandOn: mayHandOn(request) });
  }

  @Post('departure-plan')
  @Access('ticket.reassign', 'staff')
  @CommandOperation('Art. 8: where each meeting of somebody who leaves goes, in one act', { 200: DepartureArrangedAnswer }, ['not-found'])
  arrangeDeparture(@Param() { id }: StaffPath, @Body() { because, moves }: DeparturePlanBody): Order {
    return order(ArrangeDeparture, { staffId: id, because: 'other', becauseInWords: because, moves: confirmedMovesOf(moves) });
  }

  @Get('departure-plan/meetings')
  @Access('ticket.reassign', 'staff')
  @Operation('What became of the meetings of somebody who leaves, and whom somebody has to call', { 200: FollowedMeetingsAnswer }, [
    'not-found',
  ])
  async followDeparture(@Param() { id }: StaffPath): Promise<Plain<FollowedMeetingsAnswer>> {
    const { meetings } = await this.reads.ask(FollowDeparture, { staffId: id });
    return { meetings };
  }
}
