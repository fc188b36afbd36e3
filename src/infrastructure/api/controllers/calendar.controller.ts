import { Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { GetStaffCalendar } from '../../../application/staff/staff-calendar';
import { ListOpenTasks } from '../../../application/staff/open-tasks';
import { wholeDays } from '../../../domain/time/civil-time';
import { portsToken } from '../../nest/tokens';
import { Access } from '../access/access-decorator';
import { inBoth } from '../../phrasing/sentences';
import { whoseOf } from '../access/viewer';
import { Api, Operation, type Plain } from '../api-decorator';
import { CalendarAnswer, TasksAnswer } from '../dto/answers';
import { QueryService } from '../commands/query-service';
import { CalendarQuery, TasksQuery } from '../dto/staff';
import { LiveStreams } from '../live-streams';
import { tellChanges } from '../calendar-live';

/** Art. 4, VEZI PROGRAMĂRI WEBEX, and what is still to be done. */
@Api('', 'Staff')
export class CalendarController {
  constructor(
    private readonly reads: QueryService,
    private readonly streams: LiveStreams,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('calendar')
  @Access('calendar.read', 'staff-in-query')
  @Operation('Art. 4: booked meetings and closed times', { 200: CalendarAnswer })
  async getCalendar(
    @Req() request: FastifyRequest,
    @Query() { from, to, staffId, ...page }: CalendarQuery,
  ): Promise<Plain<CalendarAnswer>> {
    const whose = whoseOf(request, staffId);
    const asked = { whose, ...wholeDays({ from, to }), ...page };
    const { meetings, ...calendar } = await this.reads.ask(GetStaffCalendar, asked);
    return {
      ...calendar,
      meetings: meetings.map(({ closed, ...meeting }) => ({
        ...meeting,
        ...(closed && { closed: { of: closed, text: { ...inBoth.meetings.list.closedRecord[closed] } } }),
      })),
    };
  }

  @Get('calendar/live')
  @Access('calendar.read')
  @Operation('Server-sent events: `changed` with ticket id and position', { 200: { text: ['text/event-stream'] } })
  followCalendar(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return tellChanges(this.ports, this.streams, whoseOf(request, undefined), request, reply);
  }

  @Get('tasks')
  @Access('calendar.read', 'staff-in-query')
  @Operation('What is still to be done, with due times', { 200: TasksAnswer })
  listTasks(@Req() request: FastifyRequest, @Query() { staffId, ...page }: TasksQuery): Promise<Plain<TasksAnswer>> {
    return this.reads.ask(ListOpenTasks, { whose: whoseOf(request, staffId), ...page });
  }
}
