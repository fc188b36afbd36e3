import { Get, Inject, Query, Req, Res } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProduces } from '@nestjs/swagger';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { GetStaffCalendar } from '../../../application/staff/staff-calendar';
import { ListOpenTasks } from '../../../application/staff/open-tasks';
import { startOfDay, startOfNextDay } from '../../../domain/time/civil-time';
import { portsToken } from '../../nest/tokens';
import { Access } from '../access/access-decorator';
import { whoseOf } from '../access/viewer';
import { Api } from '../api-decorator';
import { ReadDesk } from '../commands/read-desk';
import { CalendarQuery, TasksQuery } from '../dto/staff';
import { LiveStreams } from '../live-streams';
import { tellChanges } from '../calendar-live';

/** Art. 4, VEZI PROGRAMĂRI WEBEX, and what is still to be done. */
@Api('', 'Staff')
export class CalendarController {
  constructor(
    private readonly reads: ReadDesk,
    private readonly streams: LiveStreams,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get('calendar')
  @Access('calendar.read', 'staff-in-query')
  @ApiOperation({ summary: 'Art. 4: booked meetings and closed times' })
  @ApiOkResponse()
  calendar(@Req() request: FastifyRequest, @Query() { from, to, staffId, ...page }: CalendarQuery): Promise<object> {
    const whose = whoseOf(request, staffId);
    return this.reads.ask(GetStaffCalendar, { whose, from: startOfDay(from), before: startOfNextDay(to), ...page });
  }

  @Get('calendar/live')
  @Access('calendar.read')
  @ApiOperation({ summary: 'Server-sent events: `changed` with ticket id and position' })
  @ApiProduces('text/event-stream')
  live(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return tellChanges(this.ports, this.streams, whoseOf(request, undefined), request, reply);
  }

  @Get('tasks')
  @Access('calendar.read', 'staff-in-query')
  @ApiOperation({ summary: 'What is still to be done, with due times' })
  @ApiOkResponse()
  tasks(@Req() request: FastifyRequest, @Query() { staffId, ...page }: TasksQuery): Promise<object> {
    return this.reads.ask(ListOpenTasks, { whose: whoseOf(request, staffId), ...page });
  }
}
