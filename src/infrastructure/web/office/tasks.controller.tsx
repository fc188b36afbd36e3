import { Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { ListOpenTasks } from '../../../application/staff/open-tasks';
import { AbsenceCalendars } from '../../nest/absence-calendars';
import { defined } from '../../../domain/kernel/defined';
import { officialOf, whoseOf } from '../../api/access/viewer';
import { ReadDesk } from '../../api/commands/read-desk';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { PageDesk } from '../page/page-desk';
import { peopleOf } from './people';
import { TasksPage } from './tasks-page';
import { type Answer, view } from '../page/answer';

const tasksOnAPage = 50;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What is still to be done (Art. 5 to 8): one's own, or a head's whole department. */
@Pages('sarcini')
export class TasksController {
  constructor(
    private readonly pages: PageDesk,
    private readonly reads: ReadDesk,
    private readonly calendars: AbsenceCalendars,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('calendar.read', 'staff-in-query')
  async tasks(@Req() request: FastifyRequest, @Query('staffId') person: unknown, @Query('cursor') after: unknown): Promise<Answer> {
    const [staffId, cursor] = [textOf(person), textOf(after)];
    const [context, shown, people] = await Promise.all([
      this.pages.contextOf(request),
      this.reads.ask(ListOpenTasks, {
        whose: whoseOf(request, staffId),
        limit: tasksOnAPage,
        ...defined({ cursor }),
      }),
      peopleOf(this.ports, officialOf(request)),
    ]);
    const own = officialOf(request).staffId;
    const seen = staffId === undefined && people.length > 0 ? people.map((person) => person.staffId) : [staffId ?? own ?? ''];
    const unread = (await this.calendars.unread(seen)).map((id) => people.find((person) => person.staffId === id) ?? { staffId: id });
    return view(<TasksPage context={context} shown={shown} people={people} staffId={staffId} unread={unread} />);
  }
}
