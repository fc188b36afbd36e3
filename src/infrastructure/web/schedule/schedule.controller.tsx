import { Get, Inject, Param, Post, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { ComponentChildren, VNode } from 'preact';
import type { Ports } from '../../../application/kernel/ports/ports';
import { WithdrawAbsence } from '../../../application/staff/record-absence';
import { type DeputiesView, GetDeputies } from '../../../application/staff/deputies';
import { type AbsenceView, GetStaffSchedule, type StaffSchedule } from '../../../application/staff/staff-schedule';
import { officialOf, staffIdOf } from '../../api/access/viewer';
import { CommandService } from '../../api/commands/command-service';
import { QueryService } from '../../api/commands/query-service';
import { answered } from '../../api/problem/problem';
import { AbsenceCalendars } from '../../nest/absence-calendars';
import { portsToken } from '../../nest/tokens';
import { longDate } from '../../phrasing/words/dates';
import { ForOfficials, Pages } from '../access/page-access';
import { PlainForm } from '../forms/forms-view';
import { KeepsNothing } from '../forms/stored-form';
import { type Answer, seeOther, view } from '../page/answer';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { Article } from '../parts/article';
import type { Colleague } from '../registry/request-parts';
import { daysInWords } from './deputies.controller';
import { CalendarTrouble, PeopleLinks, peopleOf, spanInWords, WeekList } from './schedule-parts';

const pastView = 5;

const Absence = ({ absence, children }: { readonly absence: AbsenceView; readonly children?: ComponentChildren }): VNode => (
  <li class="absence">
    <div>
      <h3>{spanInWords(absence, usePage().locale)}</h3>
      <p>
        {useWords().office.schedule.reason}: <bdi>{absence.reason}</bdi>
      </p>
    </div>
    {children}
  </li>
);

const Absences = ({ schedule }: Pick<SchedulePageParts, 'schedule'>): VNode => {
  const { locale } = usePage();
  const words = useWords().office.schedule;
  const { staffId, absences, past } = schedule;
  return (
    <section aria-labelledby="absente">
      <h2 id="absente">{words.absences}</h2>
      {absences.length === 0 ? <p>{words.noAbsences}</p> : null}
      <ul class="absences">
        {absences.map((absence) => (
          <Absence absence={absence}>
            <a href={`/program/${staffId}/absente/${absence.absenceId}`}>{words.itsMeetings}</a>
            <PlainForm action={`/program/${staffId}/absente/${absence.absenceId}/retrage`}>
              <button class="second">
                {words.withdraw}
                <span class="unseen">{`: ${spanInWords(absence, locale)}`}</span>
              </button>
            </PlainForm>
          </Absence>
        ))}
      </ul>
      <p class="actions">
        <a class="button" href={`/program/${staffId}/absenta`}>
          {words.addAbsence}
        </a>
        <a href={`/program/${staffId}/calendar`}>{words.fromCalendar}</a>
      </p>
      {past.length === 0 ? null : (
        <details>
          <summary>{words.past}</summary>
          <ul class="absences">
            {past.slice(0, pastView).map((absence) => (
              <Absence absence={absence} />
            ))}
          </ul>
          {past.length <= pastView ? null : <p>{words.pastLeft({ count: past.length - pastView })}</p>}
        </details>
      )}
    </section>
  );
};

const Hours = ({ schedule, own }: Pick<SchedulePageParts, 'schedule' | 'own'>): VNode => {
  const { locale } = usePage();
  const { schedule: words, letters } = useWords().office;
  const { staffId, since, week, coming } = schedule;
  return (
    <section aria-labelledby="ore">
      <h2 id="ore">{words.hours}</h2>
      <p>{since === undefined ? words.usual : `${words.since} ${longDate(since, locale)}.`}</p>
      <WeekList week={week} />
      {coming.map((later) => (
        <>
          <h3>{`${words.coming} ${longDate(later.from, locale)}`}</h3>
          <WeekList week={later.week} />
        </>
      ))}
      <p class="actions">
        <a class="button second" href={`/program/${staffId}/ore`}>
          {words.changeHours}
        </a>
        {own ? <a href={`/program/${staffId}/scrisori`}>{letters.link}</a> : null}
      </p>
    </section>
  );
};

const Deputies = ({ schedule: { staffId }, deputies: { own, department } }: Pick<SchedulePageParts, 'schedule' | 'deputies'>): VNode => {
  const { locale } = usePage();
  const words = useWords().office.deputies;
  const named = [...own.map((one) => ({ one, whom: '' })), ...department.map((one) => ({ one, whom: ` (${words.all})` }))];
  return (
    <section aria-labelledby="inlocuitori">
      <h2 id="inlocuitori">{words.title}</h2>
      {named.length === 0 ? (
        <p>{words.none}</p>
      ) : (
        <ul>
          {named.map(({ one, whom }) => (
            <li>
              <bdi>{one.name}</bdi>
              {`${whom}: ${daysInWords(one, locale)}`}
            </li>
          ))}
        </ul>
      )}
      <p>
        <a href={`/program/${staffId}/inlocuitori`}>{words.link}</a>
      </p>
    </section>
  );
};

type SchedulePageParts = {
  readonly schedule: StaffSchedule;
  readonly deputies: DeputiesView;
  /** of a head's department; empty for those who see only themselves */
  readonly people: readonly Colleague[];
  readonly own: boolean;
  /** for a day, the calendar from which absences come could not be read */
  readonly calendarUnread: boolean;
};

/** A16: when a person can be met, and when not. */
const SchedulePage = ({ schedule, deputies, people, own, calendarUnread }: SchedulePageParts): VNode => {
  const { locale } = usePage();
  const { schedule: words, departure } = useWords().office;
  const { name, department, leftOn } = schedule;
  const lead = (
    <>
      {words.lead} <Article article="4" locale={locale} />
    </>
  );
  return (
    <HeadedPage title={own ? words.title : `${words.titleOf} ${name}`} done={words.done} lead={lead}>
      <PeopleLinks label={words.whose} people={people} shown={schedule.staffId} hrefOf={(id) => `/program/${id}`} />
      {own ? null : <p>{department}</p>}
      {people.length === 0 ? null : (
        <p>
          <a href="/pauze">{words.pauses}</a>
        </p>
      )}
      {calendarUnread ? <CalendarTrouble of={[{ staffId: schedule.staffId }]} /> : null}
      {leftOn === undefined ? null : (
        <p class="notice notice-warn">
          {`${words.left} ${longDate(leftOn, locale)}. `}
          {people.length === 0 ? null : <a href={`/program/${schedule.staffId}/plecare`}>{departure.link}</a>}
        </p>
      )}
      <div class="schedule">
        <Absences schedule={schedule} />
        <Hours schedule={schedule} own={own} />
        <Deputies schedule={schedule} deputies={deputies} />
      </div>
    </HeadedPage>
  );
};

/** A civil servant's own time (A16); for a head, that of the department as well. */
@Pages('program')
export class SchedulePages {
  constructor(
    private readonly commands: CommandService,
    private readonly reads: QueryService,
    private readonly calendars: AbsenceCalendars,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('staff.schedule')
  async own(@Req() request: FastifyRequest): Promise<Answer> {
    return this.#show(request, staffIdOf(request));
  }

  @Get(':id')
  @ForOfficials('staff.schedule', 'staff')
  async of(@Req() request: FastifyRequest, @Param('id') staffId: string): Promise<Answer> {
    return this.#show(request, staffId);
  }

  @Post(':id/absente/:absenceId/retrage')
  @KeepsNothing('nothing-typed')
  @ForOfficials('staff.schedule', 'staff')
  async withdraw(@Req() request: FastifyRequest, @Param('id') staffId: string, @Param('absenceId') absenceId: string): Promise<Answer> {
    answered(await this.commands.carryOut(request, { useCase: WithdrawAbsence, command: () => ({ staffId, absenceId }) }));
    return seeOther(`/program/${staffId}?facut=retrasa`);
  }

  async #show(request: FastifyRequest, staffId: string): Promise<Answer> {
    const [schedule, deputies, people, unread] = await Promise.all([
      this.reads.ask(GetStaffSchedule, { staffId }),
      this.reads.ask(GetDeputies, { staffId }),
      peopleOf(this.ports, officialOf(request)),
      this.calendars.unread([staffId]),
    ]);
    return view(
      <SchedulePage
        schedule={schedule}
        deputies={deputies}
        people={people}
        own={officialOf(request).staffId === staffId}
        calendarUnread={unread.length > 0}
      />,
    );
  }
}
