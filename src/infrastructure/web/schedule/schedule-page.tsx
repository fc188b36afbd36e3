import type { ComponentChildren, VNode } from 'preact';
import type { AbsenceView, StaffSchedule } from '../../../application/staff/staff-schedule';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { Article } from '../parts/article';
import { DoneNotice } from '../parts/done-notice';
import { Heading } from '../parts/heading';
import { longDate } from '../../phrasing/words/dates';
import { CalendarTrouble } from './calendar-trouble';
import type { Colleague } from './people';
import { PeopleLinks } from './people-links';
import { spanInWords } from './span';
import { WeekList } from './week-list';
import { sentences } from '../../phrasing/sentences';
import { OnceField } from '../forms/forms-view';

const pastView = 5;

const Absence = ({
  absence,
  context,
  children,
}: {
  readonly absence: AbsenceView;
  readonly context: PageContext;
  readonly children?: ComponentChildren;
}): VNode => (
  <li class="absence">
    <div>
      <h3>{spanInWords(absence, context.locale)}</h3>
      <p>
        {sentences[context.locale].office.schedule.reason}: <bdi>{absence.reason}</bdi>
      </p>
    </div>
    {children}
  </li>
);

const Absences = ({ schedule, context }: Pick<SchedulePageParts, 'schedule' | 'context'>): VNode => {
  const words = sentences[context.locale].office.schedule;
  const { staffId, absences, past } = schedule;
  return (
    <section aria-labelledby="absente">
      <h2 id="absente">{words.absences}</h2>
      {absences.length === 0 ? <p>{words.noAbsences}</p> : null}
      <ul class="absences">
        {absences.map((absence) => (
          <Absence absence={absence} context={context}>
            <form method="post" action={`/program/${staffId}/absente/${absence.absenceId}/retrage`}>
              <OnceField />
              <button class="second">
                {words.withdraw}
                <span class="unseen">{`: ${spanInWords(absence, context.locale)}`}</span>
              </button>
            </form>
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
              <Absence absence={absence} context={context} />
            ))}
          </ul>
          {past.length <= pastView ? null : <p>{words.pastLeft({ count: past.length - pastView })}</p>}
        </details>
      )}
    </section>
  );
};

const Hours = ({ schedule, context }: Pick<SchedulePageParts, 'schedule' | 'context'>): VNode => {
  const words = sentences[context.locale].office.schedule;
  const { staffId, since, week, coming } = schedule;
  return (
    <section aria-labelledby="ore">
      <h2 id="ore">{words.hours}</h2>
      <p>{since === undefined ? words.usual : `${words.since} ${longDate(since, context.locale)}.`}</p>
      <WeekList week={week} locale={context.locale} />
      {coming.map((later) => (
        <>
          <h3>{`${words.coming} ${longDate(later.from, context.locale)}`}</h3>
          <WeekList week={later.week} locale={context.locale} />
        </>
      ))}
      <p class="actions">
        <a class="button second" href={`/program/${staffId}/ore`}>
          {words.changeHours}
        </a>
      </p>
    </section>
  );
};

export type SchedulePageParts = {
  readonly context: PageContext;
  readonly schedule: StaffSchedule;
  /** of a head's department; nobody for those who see only themselves */
  readonly people: readonly Colleague[];
  readonly own: boolean;
  /** for a day, the calendar from which absences come could not be read */
  readonly calendarUnread: boolean;
  /** what was just done */
  readonly done: string | undefined;
};

/** A16: when somebody can be met, and when not. */
export const SchedulePage = ({ context, schedule, people, own, calendarUnread, done }: SchedulePageParts): VNode => {
  const words = sentences[context.locale].office.schedule;
  const { name, department, leftOn } = schedule;
  const title = own ? words.title : `${words.titleOf} ${name}`;
  return (
    <Document context={context} title={title} side="office">
      <DoneNotice text={done} />
      <Heading
        lead={
          <>
            {words.lead} <Article article="4" locale={context.locale} />
          </>
        }
      >
        {title}
      </Heading>
      <PeopleLinks label={words.whose} people={people} shown={schedule.staffId} hrefOf={(id) => `/program/${id}`} />
      {own ? null : <p>{department}</p>}
      {calendarUnread ? <CalendarTrouble of={[{ staffId: schedule.staffId }]} locale={context.locale} /> : null}
      {leftOn === undefined ? null : <p class="notice notice-warn">{`${words.left} ${longDate(leftOn, context.locale)}.`}</p>}
      <div class="schedule">
        <Absences schedule={schedule} context={context} />
        <Hours schedule={schedule} context={context} />
      </div>
    </Document>
  );
};
