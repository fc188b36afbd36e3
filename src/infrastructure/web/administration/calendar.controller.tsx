import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import type { VNode } from 'preact';
import { currentCalendar } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { DeclareBridgeDay, DeclareWorkingDay, RestoreDay } from '../../../application/staff/declare-day';
import { isRefusal } from '../../../domain/kernel/refusal';
import { civilDateOf, isCivilDate, yearOf } from '../../../domain/time/civil-time';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { sentences, type Sentences } from '../../phrasing/sentences';
import { dayAndMonth, longDate } from '../../phrasing/words/dates';
import { DayBody } from '../../validation/administration';
import { ForOfficials, Pages } from '../access/page-access';
import { FormFields, type FormPart, readForm } from '../forms/form-fields';
import { PlainForm, TypedForm } from '../forms/forms-view';
import { KeepsNothing, KeepsTyped } from '../forms/stored-form';
import { type Answer, formView, seeOther } from '../page/answer';
import { HeadedPage } from '../page/document';
import { localeOfPage } from '../page/locale-of-page';
import { usePage, useWords } from '../page/page-context';
import type { Fault } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { daysOfYear, type DayView } from './days-of-year';

type CalendarView = {
  readonly year: number;
  readonly years: readonly number[];
  readonly days: readonly DayView[];
};

const Day = ({ day }: { readonly day: DayView }): VNode => {
  const { locale } = usePage();
  const words = useWords().administration.calendar;
  const { date, kind, name, decision } = day;
  return (
    <li>
      <time class="entry-name" dateTime={date}>
        {dayAndMonth(date, locale)}
      </time>
      <span>
        {name?.[locale]}
        {name === undefined || decision === undefined ? '' : '; '}
        <bdi>{decision}</bdi>
      </span>
      <span class={kind === 'holiday' ? 'tag tag-quiet' : kind === 'bridge-day' ? 'tag' : 'tag tag-warn'}>
        {sentences[locale].administration.dayKinds[kind]}
      </span>
      {decision === undefined ? null : (
        <PlainForm action={`/administrare/calendar/${date}/revenire`}>
          <button class="link">
            {words.restore}
            <span class="unseen">: {longDate(date, locale)}</span>
          </button>
        </PlainForm>
      )}
    </li>
  );
};

const dayFields = ({
  labels,
  kinds,
  kindHints,
  kindMissing,
  decisionHint,
}: Sentences['administration']['calendar']): readonly FormPart[] => [
  {
    kind: 'radios',
    name: 'kind',
    label: labels.kind,
    options: (['bridge-day', 'working-day'] as const).map((kind) => ({ value: kind, label: kinds[kind], hint: kindHints[kind] })),
    missing: kindMissing,
  },
  { name: 'date', label: labels.date, type: 'date', width: 'middle' },
  { name: 'decision', label: labels.decision, hint: decisionHint, autocomplete: 'off' },
];

/** The calendar of a year, and the form for a decision. */
const CalendarPage = ({ year, years, days }: CalendarView): VNode => {
  const words = useWords().administration.calendar;
  return (
    <HeadedPage
      title={words.title({ year })}
      summary={words.summary}
      labels={words.labels}
      done={words.done}
      back={{ href: '/administrare', text: words.back }}
      lead={words.lead}
    >
      <nav class="actions" aria-label={words.years}>
        {years.map((other) => (
          <a class="year" href={`/administrare/calendar?an=${other}`} aria-current={other === year ? 'page' : undefined}>
            {other}
          </a>
        ))}
      </nav>
      <div class="with-ticket">
        <section aria-labelledby="zile">
          <h2 id="zile">{words.daysTitle}</h2>
          <ol class="entries days">
            {days.map((day) => (
              <Day day={day} />
            ))}
          </ol>
        </section>
        <section aria-labelledby="hotarare">
          <h2 id="hotarare">{words.declareTitle}</h2>
          <p>{words.declareLead}</p>
          <TypedForm action="/administrare/calendar">
            <FormFields parts={dayFields(words)} />
            <button>{words.declare}</button>
          </TypedForm>
        </section>
      </div>
    </HeadedPage>
  );
};

/** The years for which the law’s holidays were checked. */
const isKnownYear = (text: unknown): text is string => typeof text === 'string' && /^20(?:1[5-9]|2\d|3[0-5])$/.test(text);

/** Days declared free or working by a dated decision. */
@Pages('administrare/calendar')
export class CalendarPagesController {
  constructor(
    private readonly commands: CommandService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('day.declare')
  async year(@Query('an') asked: unknown): Promise<Answer> {
    return this.#show(isKnownYear(asked) ? Number(asked) : undefined);
  }

  @Post()
  @KeepsTyped()
  @ForOfficials('day.declare')
  async declare(@Req() request: FastifyRequest): Promise<Answer> {
    const locale = localeOfPage(request);
    const parts = dayFields(sentences[locale].administration.calendar);
    const { typed, value, faults } = readForm(DayBody, parts, formOf(request), locale, ['kind']);
    if (faults.length > 0) return this.#show(undefined, faults);
    const { date, decision } = value;
    const useCase = typed['kind'] === 'bridge-day' ? DeclareBridgeDay : DeclareWorkingDay;
    const outcome = await this.commands.carryOut(request, { useCase, command: () => ({ date, decision }) });
    if (isRefusal(outcome)) return this.#show(yearOf(date), faultsOf(outcome, locale, 'date'));
    return seeOther(`/administrare/calendar?an=${yearOf(date)}&facut=declarata`);
  }

  @Post(':date/revenire')
  @KeepsNothing('nothing-typed')
  @ForOfficials('day.declare')
  async restore(@Req() request: FastifyRequest, @Param('date') date: string): Promise<Answer> {
    if (!isCivilDate(date)) throw new HttpProblem({ code: 'not-found' });
    const outcome = await this.commands.carryOut(request, { useCase: RestoreDay, command: () => ({ date }) });
    if (isRefusal(outcome)) return this.#show(yearOf(date), faultsOf(outcome, localeOfPage(request), 'date'));
    return seeOther(`/administrare/calendar?an=${yearOf(date)}&facut=revenita`);
  }

  async #show(asked: number | undefined, faults?: readonly Fault[]): Promise<Answer> {
    const thisYear = yearOf(civilDateOf(this.ports.clock.now()));
    const year = asked ?? thisYear;
    const years = [...new Set([thisYear - 1, thisYear, thisYear + 1, year])].sort();
    const days = daysOfYear(await currentCalendar(this.ports), year);
    return formView(<CalendarPage {...{ year, years, days }} />, faults);
  }
}
