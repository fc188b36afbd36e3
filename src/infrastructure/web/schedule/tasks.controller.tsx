import { Get, Inject, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { Ports } from '../../../application/kernel/ports/ports';
import { ListOpenTasks, type TasksView } from '../../../application/staff/open-tasks';
import { AbsenceCalendars } from '../../nest/absence-calendars';
import { defined } from '@tichet-albastru/kernel/defined';
import { officialOf, whoseOf } from '../../api/access/viewer';
import { QueryService } from '../../api/commands/query-service';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import type { Colleague } from '../registry/request-parts';
import { CalendarTrouble, PeopleLinks, peopleOf } from './schedule-parts';
import { type Answer, view } from '../page/answer';
import type { VNode } from 'preact';
import { deadlineOf, type TaskRow } from '../../../application/kernel/ports/tables';
import { articleOfTask } from '../../../domain/audit/history';
import type { Deadline } from '../../../domain/ticket/deadlines';
import type { Instant } from '../../../domain/kernel/fact';
import { civilDateOf, dayOfDue, minutesBetween } from '../../../domain/time/civil-time';
import { HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { dateAndHour } from '../../phrasing/words/dates';
import { Article } from '../parts/article';
import { Deadlines } from '../parts/deadlines';
import { cardPath, offerPath } from '../meetings/acts';
import { sentences } from '../../phrasing/sentences';
import type { Locale } from '../../../domain/ticket/facts';

/** How long between two moments, in the largest unit that says enough: `2 ore`, `20 de minute`. */
export const howLong = (from: Instant, to: Instant, locale: Locale): string => {
  const minutes = Math.max(1, Math.round(Math.abs(minutesBetween(from, to))));
  if (minutes < 90) return sentences[locale].office.timeLeft.minutes({ count: minutes });
  const hours = Math.round(minutes / 60);
  return hours < 48
    ? sentences[locale].office.timeLeft.hours({ count: hours })
    : sentences[locale].office.timeLeft.days({ count: Math.round(hours / 24) });
};

type Group = 'overdue' | 'today' | 'later' | 'open';
const groups: readonly Group[] = ['overdue', 'today', 'later', 'open'];

/** What comes next, the target or the limit; the limit once both have passed. */
const nextDue = ({ targetAt, limitAt }: Deadline, at: Instant): Instant => (targetAt !== undefined && targetAt >= at ? targetAt : limitAt);

const groupOf = (task: TaskRow, at: Instant): Group => {
  const deadline = deadlineOf(task);
  if (deadline === undefined) return 'open';
  if (deadline.limitAt < at) return 'overdue';
  return dayOfDue(nextDue(deadline, at)) === civilDateOf(at) ? 'today' : 'later';
};

const Due = ({ task }: { readonly task: TaskRow }): VNode => {
  const { locale, at } = usePage();
  const words = useWords().office.tasks;
  const deadline = deadlineOf(task);
  if (deadline === undefined) return <span class="tag tag-quiet">{words.noDue}</span>;
  const { targetAt, limitAt } = deadline;
  const tag = (kind: 'bad' | 'warn', text: string, moment: Instant): VNode => (
    <span class={`tag tag-${kind}`}>
      {text} {howLong(at, moment, locale)}
    </span>
  );
  return (
    <>
      {limitAt < at
        ? tag('bad', words.overdueBy, limitAt)
        : targetAt !== undefined && targetAt < at
          ? tag('warn', words.targetOverdueBy, targetAt)
          : tag('warn', words.left, nextDue(deadline, at))}
      <Deadlines {...deadline} />
    </>
  );
};

const Task = ({ task, person }: { readonly task: TaskRow; readonly person: string | undefined }): VNode => {
  const { locale } = usePage();
  const words = useWords().office.tasks;
  const { what, how } = task.waiting === true ? words.waiting : words.kinds[task.kind];
  return (
    <li class="task">
      <h3>
        <a href={task.kind === 'accept-move' ? offerPath(task.ticketId) : cardPath(task.ticketId)}>
          {what}
          <span class="unseen">{`, ${words.ticket} ${task.reference ?? ''}`}</span>
        </a>
      </h3>
      <p>{how}</p>
      <p class="task-about">
        {task.reference === null ? null : `${words.ticket} ${task.reference}, `}
        {words.meetingOf} {dateAndHour(task.startsAt, locale)}
        {person === undefined ? null : ` · ${person}`}
      </p>
      <p class="task-due">
        <Due task={task} />
        <span>
          {words.rule} <Article article={articleOfTask(task.kind)} locale={locale} />
        </span>
      </p>
    </li>
  );
};

type TasksPageParts = {
  readonly shown: TasksView;
  readonly people: readonly Colleague[];
  /** whose tasks a head has chosen; all of the department otherwise */
  readonly staffId: string | undefined;
  /** whose calendar could not be read for a day; named where it is another's */
  readonly unread: readonly Partial<Colleague>[];
};

const pathOf = (staffId: string | undefined, cursor?: string): string => {
  const query = new URLSearchParams(defined({ staffId, cursor })).toString();
  return query === '' ? '/sarcini' : `/sarcini?${query}`;
};

/** What is still to be done, the most urgent first, each leading to its meeting. */
const TasksPage = ({ shown: { tasks, parked, next }, people, staffId, unread }: TasksPageParts): VNode => {
  const { at } = usePage();
  const words = useWords().office.tasks;
  const nameOf = (task: TaskRow): string | undefined =>
    people.length === 0 ? undefined : (people.find((person) => person.staffId === task.staffId)?.name ?? task.staffId);
  return (
    <HeadedPage title={words.title} lead={words.lead}>
      <PeopleLinks
        label={words.department}
        all={{ href: '/sarcini', text: words.everybody }}
        people={people}
        shown={staffId}
        hrefOf={(id) => pathOf(id)}
      />
      <CalendarTrouble of={unread} />
      {tasks.length === 0 ? (
        <div class="notice notice-good">
          <h2>{words.none}</h2>
          <p>
            {words.noneText} <a href="/programari">{words.meetings}</a>
          </p>
        </div>
      ) : null}
      {groups.map((group) => {
        const those = tasks.filter((task) => groupOf(task, at) === group);
        return those.length === 0 ? null : (
          <section aria-labelledby={group} class={`tasks tasks-${group}`}>
            <h2 id={group}>
              {words.groups[group]} <small>{words.count({ count: those.length })}</small>
            </h2>
            <ul>
              {those.map((task) => (
                <Task task={task} person={nameOf(task)} />
              ))}
            </ul>
          </section>
        );
      })}
      {parked === 0 ? null : <p class="notice notice-warn">{words.parked({ count: parked })}</p>}
      {next === undefined ? null : (
        <p>
          <a class="button second" href={pathOf(staffId, next)}>
            {words.more}
          </a>
        </p>
      )}
    </HeadedPage>
  );
};

const tasksOnAPage = 50;
const textOf = (value: unknown): string | undefined => (typeof value === 'string' && value !== '' ? value : undefined);

/** What is still to be done (Art. 5 to 8): one's own, or a head's whole department. */
@Pages('sarcini')
export class TasksController {
  constructor(
    private readonly reads: QueryService,
    private readonly calendars: AbsenceCalendars,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('calendar.read', 'staff-in-query')
  async tasks(@Req() request: FastifyRequest, @Query('staffId') person: unknown, @Query('cursor') after: unknown): Promise<Answer> {
    const [staffId, cursor] = [textOf(person), textOf(after)];
    const [shown, people] = await Promise.all([
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
    return view(<TasksPage shown={shown} people={people} staffId={staffId} unread={unread} />);
  }
}
