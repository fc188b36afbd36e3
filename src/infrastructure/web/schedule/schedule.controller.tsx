import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { WithdrawAbsence } from '../../../application/staff/record-absence';
import { GetStaffSchedule } from '../../../application/staff/staff-schedule';
import { isRefusal } from '../../../domain/kernel/refusal';
import { AbsenceCalendars } from '../../nest/absence-calendars';
import { officialOf, staffIdOf } from '../../api/access/viewer';
import { QueryService } from '../../api/commands/query-service';
import { HttpProblem, problemOfRefusal } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { FormService } from '../forms/form-service';
import { PageService } from '../page/page-service';
import { queryParametersOf } from './query';
import { peopleOf } from './people';
import { SchedulePage } from './schedule-page';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences } from '../../phrasing/sentences';
import { KeepsNothing } from '../forms/stored-form';

/** A civil servant's own time (A16); for a head, that of the department as well. */
@Pages('program')
export class SchedulePages {
  constructor(
    private readonly pages: PageService,
    private readonly forms: FormService,
    private readonly reads: QueryService,
    private readonly calendars: AbsenceCalendars,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('staff.schedule')
  async own(@Req() request: FastifyRequest, @Query() query: unknown): Promise<Answer> {
    return this.#show(request, staffIdOf(request), query);
  }

  @Get(':id')
  @ForOfficials('staff.schedule', 'staff')
  async of(@Req() request: FastifyRequest, @Param('id') staffId: string, @Query() query: unknown): Promise<Answer> {
    return this.#show(request, staffId, query);
  }

  @Post(':id/absente/:absenceId/retrage')
  @KeepsNothing('nothing-typed')
  @ForOfficials('staff.schedule', 'staff')
  async withdraw(@Req() request: FastifyRequest, @Param('id') staffId: string, @Param('absenceId') absenceId: string): Promise<Answer> {
    const outcome = await this.forms.carryOut(request, { useCase: WithdrawAbsence, command: () => ({ staffId, absenceId }) });
    if (isRefusal(outcome)) throw new HttpProblem(problemOfRefusal(outcome));
    return seeOther(`/program/${staffId}?facut=retrasa`);
  }

  async #show(request: FastifyRequest, staffId: string, query: unknown): Promise<Answer> {
    const [context, schedule, people, unread] = await Promise.all([
      this.pages.contextOf(request),
      this.reads.ask(GetStaffSchedule, { staffId }),
      peopleOf(this.ports, officialOf(request)),
      this.calendars.unread([staffId]),
    ]);
    const told = new Map(Object.entries(sentences[context.locale].office.schedule.done));
    return view(
      <SchedulePage
        context={context}
        schedule={schedule}
        people={people}
        own={officialOf(request).staffId === staffId}
        calendarUnread={unread.length > 0}
        done={told.get(queryParametersOf(query)('facut'))}
      />,
    );
  }
}
