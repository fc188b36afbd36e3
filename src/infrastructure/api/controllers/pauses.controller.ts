import { Body, Delete, Get, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { GetPauses, ListMeetingsInPause, PauseService, ResumeService } from '../../../application/staff/pauses';
import { defined } from '@tichet-albastru/kernel/defined';
import { Access } from '../access/access-decorator';
import { officialOf } from '../access/viewer';
import { Api, CommandOperation, Operation, type Plain } from '../api-decorator';
import { created, order, type Order } from '../commands/command-interceptor';
import { QueryService } from '../commands/query-service';
import { MeetingsInPauseAnswer, PauseNamedAnswer, PausesAnswer } from '../dto/answers';
import { PausePath } from '../dto/paths';
import { MeetingsInPauseQuery, PauseBody } from '../dto/staff';
import { HttpProblem } from '../problem/problem';

/** The department that an official may ask about: a head about their own alone. @throws HttpProblem `forbidden` */
const departmentAsked = (request: FastifyRequest, asked: string | undefined): { readonly departmentCode?: string } => {
  const { role, departmentCode } = officialOf(request);
  if (role !== 'head') return defined({ departmentCode: asked });
  if (departmentCode === undefined || (asked !== undefined && asked !== departmentCode)) throw new HttpProblem({ code: 'forbidden' });
  return { departmentCode };
};

/** A16: days on which the service, or a department, takes no meetings. */
@Api('pauses', 'Administration')
export class PausesController {
  constructor(private readonly reads: QueryService) {}

  @Get()
  @Access('service.pause')
  @Operation('The pauses that are not over, of a head’s department and of the whole service', { 200: PausesAnswer })
  async getPauses(@Req() request: FastifyRequest): Promise<Plain<PausesAnswer>> {
    return { pauses: await this.reads.ask(GetPauses, departmentAsked(request, undefined)) };
  }

  @Get('meetings')
  @Access('service.pause')
  @Operation('Art. 8: the meetings that stand on these days, and stay until somebody moves them', { 200: MeetingsInPauseAnswer })
  async listMeetingsInPause(@Req() request: FastifyRequest, @Query() asked: MeetingsInPauseQuery): Promise<Plain<MeetingsInPauseAnswer>> {
    const { from, to, departmentCode } = asked;
    return { meetings: await this.reads.ask(ListMeetingsInPause, { from, to, ...departmentAsked(request, departmentCode) }) };
  }

  @Post()
  @Access('service.pause')
  @CommandOperation('A16: no meeting is taken on these days; those that stand there become tasks', { 201: PauseNamedAnswer })
  pauseService(@Body() { ...body }: PauseBody): Order {
    return order(PauseService, body, created);
  }

  @Delete(':pauseId')
  @Access('service.pause')
  @CommandOperation('What of the pause is still ahead can be had again', { 200: PauseNamedAnswer }, ['not-found'])
  resumeService(@Param() { pauseId }: PausePath): Order {
    return order(ResumeService, { pauseId });
  }
}
