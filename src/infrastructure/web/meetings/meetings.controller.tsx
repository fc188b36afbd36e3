import { Get, Inject, Param, Post, Query, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { whoseOf } from '../../api/access/viewer';
import { tellChanges } from '../../api/calendar-live';
import { LiveStreams } from '../../api/live-streams';
import { HttpProblem } from '../../api/problem/problem';
import { positionPattern } from '../../api/commands/reached-position';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { KeepsTyped } from '../forms/stored-form';
import { type Answer, view } from '../page/answer';
import { localeOfPage } from '../page/locale-of-page';
import { ActService } from './act-service';
import { type Act, actOfPath, isAct } from './acts';
import { CalendarPage } from './calendar-page';
import { calendarQuery, type View } from './calendar-days';
import { CalendarService } from './calendar-service';

const changes: readonly (Act | undefined)[] = ['reschedule', 'cancel'];
/** What needs the head's right, or the right to change a ticket, has a route of its own. */
const actAt = (path: string): Act => {
  const act = actOfPath(path);
  if (act === undefined || act === 'reassign' || changes.includes(act)) throw new HttpProblem({ code: 'not-found' });
  return act;
};
/** By the route that was found: the address itself may be written otherwise (`%61nulare`). */
const changeAt = ({ routeOptions: { url } }: FastifyRequest): Act => (url?.endsWith('/anulare') === true ? 'cancel' : 'reschedule');

/** Art. 5–8: the card of one meeting, and each act around it on a page of its own. */
@Pages('programari/:id')
export class CardController {
  constructor(private readonly acts: ActService) {}

  @Get()
  @ForOfficials('ticket.handle', 'ticket')
  show(@Req() request: FastifyRequest, @Param('id') id: string, @Query('facut') done: unknown): Promise<Answer> {
    return this.acts.show(request, id, isAct(done) ? { done } : {});
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

  @Get(['reprogramare', 'anulare'])
  @ForOfficials('ticket.handle', 'ticket')
  openChange(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    return this.acts.open(request, id, changeAt(request));
  }
  @Post(['reprogramare', 'anulare'])
  @KeepsTyped()
  @ForOfficials('ticket.handle', 'ticket')
  change(@Req() request: FastifyRequest, @Param('id') id: string): Promise<Answer> {
    return this.acts.carryOut(request, id, changeAt(request));
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

type CalendarAddress = { readonly data?: unknown; readonly staffId?: unknown };

/** Art. 4, VEZI PROGRAMĂRI WEBEX: the civil servant's week, day and list, and a head's department. */
@Pages('programari')
export class MeetingsController {
  constructor(
    private readonly calendar: CalendarService,
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
    const one = typeof staffId === 'string' && staffId !== '' ? staffId : undefined;
    const whose = 'staffId' in whoseOf(request, one) ? 'one' : 'department';
    const asked = calendarQuery(seen, this.ports.clock.now(), data, one, whose);
    return view(<CalendarPage asked={asked} found={await this.calendar.calendar(request, asked, localeOfPage(request))} />);
  }
}
