import { Get, Inject, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { whoseOf } from '../../api/access/viewer';
import { tellChanges } from '../../api/calendar-live';
import { LiveStreams } from '../../api/live-streams';
import { positionPattern } from '../../api/validation/position';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { PageService } from '../page/page-service';
import { calendarQuery, type View } from './calendar-query';
import { CalendarService } from './calendar-service';
import { CalendarPage } from './calendar-page';
import { type Answer, view } from '../page/answer';

type CalendarAddress = { readonly data?: unknown; readonly staffId?: unknown };

/** Art. 4, VEZI PROGRAMĂRI WEBEX: the civil servant's week, day and list, and a head's department. */
@Pages('programari')
export class MeetingsController {
  constructor(
    private readonly pages: PageService,
    private readonly desk: CalendarService,
    private readonly streams: LiveStreams,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('calendar.read', 'staff-in-query')
  week(@Req() request: FastifyRequest, @Query() query: CalendarAddress): Promise<Answer> {
    return this.#show(request, 'week', query);
  }

  @Get('zi')
  @ForOfficials('calendar.read', 'staff-in-query')
  day(@Req() request: FastifyRequest, @Query() query: CalendarAddress): Promise<Answer> {
    return this.#show(request, 'day', query);
  }

  @Get('lista')
  @ForOfficials('calendar.read', 'staff-in-query')
  list(@Req() request: FastifyRequest, @Query() query: CalendarAddress): Promise<Answer> {
    return this.#show(request, 'list', query);
  }

  /** Tells that something changed, and nothing of what: the page is fetched again. */
  @Get('live')
  @ForOfficials('calendar.read')
  live(@Req() request: FastifyRequest, @Res() reply: FastifyReply, @Query('de') since: unknown): Promise<void> {
    const read = typeof since === 'string' && positionPattern.test(since) ? since : undefined;
    return tellChanges(this.ports, this.streams, whoseOf(request, undefined), request, reply, read);
  }

  async #show(request: FastifyRequest, seen: View, { data, staffId }: CalendarAddress): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const one = typeof staffId === 'string' && staffId !== '' ? staffId : undefined;
    const asked = calendarQuery(seen, context.at, data, one, 'staffId' in whoseOf(request, one) ? 'one' : 'department');
    const found = await this.desk.calendar(request, asked, context.locale);
    return view(<CalendarPage context={context} asked={asked} found={found} />);
  }
}
