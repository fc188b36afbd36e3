import { usePage, useWords } from '../page/page-context';
import { Get, Inject, Param, Post, Query, Req } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { currentCalendar } from '../../../application/kernel/streams';
import type { Ports } from '../../../application/kernel/ports/ports';
import { DeclareBridgeDay, DeclareWorkingDay, RestoreDay } from '../../../application/staff/declare-day';
import { isRefusal } from '../../../domain/kernel/refusal';
import { civilDateOf, isCivilDate, yearOf } from '../../../domain/time/civil-time';
import { DayBody } from '../../validation/administration';
import { HttpProblem } from '../../api/problem/problem';
import { portsToken } from '../../nest/tokens';
import { ForOfficials, Pages } from '../access/page-access';
import { formOf } from '../../api/body/form';
import { CommandService } from '../../api/commands/command-service';
import { PageService } from '../page/page-service';
import { type Fault, ErrorSummary, faultOf, Radios, TextField } from '../parts/fields';
import { faultsOf } from '../parts/refusal-view';
import { checkedForm, type Typed, withLabels } from '../forms/checked';
import { daysOfYear, type DayView } from './days-of-year';
import { type Answer, seeOther, view } from '../page/answer';
import { sentences, type Sentences } from '../../phrasing/sentences';
import { KeepsNothing, KeepsTyped } from '../forms/stored-form';
import type { VNode } from 'preact';
import { Document } from '../page/document';
import { DoneNotice } from '../parts/heading';
import { Heading } from '../parts/heading';
import { dayAndMonth, longDate } from '../../phrasing/words/dates';
import { OnceField, TypedForm } from '../forms/forms-view';

type CalendarView = {
  readonly year: number;
  readonly years: readonly number[];
  readonly days: readonly DayView[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
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
        <form method="post" action={`/administrare/calendar/${date}/revenire`}>
          <OnceField />
          <button class="link">
            {words.restore}
            <span class="unseen">: {longDate(date, locale)}</span>
          </button>
        </form>
      )}
    </li>
  );
};

/** The calendar of a year, and the form for a decision. */
const CalendarPage = ({
  shown: { year, years, days, typed, faults },
  done,
}: {
  readonly shown: CalendarView;
  readonly done: string | undefined;
}): VNode => {
  const words = useWords().administration.calendar;
  const { labels, kinds, kindHints } = words;
  const field = (name: keyof typeof labels) => ({ name, label: labels[name], value: typed[name], fault: faultOf(faults, name) });
  return (
    <Document title={words.title({ year })} side="office" faulty={faults.length > 0}>
      <ErrorSummary title={words.summary} faults={withLabels(faults, labels)} />
      <DoneNotice text={done} />
      <Heading back={{ href: '/administrare', text: words.back }} lead={words.lead}>
        {words.title({ year })}
      </Heading>
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
            <Radios
              {...field('kind')}
              options={(['bridge-day', 'working-day'] as const).map((kind) => ({ value: kind, label: kinds[kind], hint: kindHints[kind] }))}
            />
            <TextField {...field('date')} type="date" width="middle" />
            <TextField {...field('decision')} hint={words.decisionHint} autocomplete="off" />
            <button>{words.declare}</button>
          </TypedForm>
        </section>
      </div>
    </Document>
  );
};

const isDone = (word: unknown): word is keyof Sentences['administration']['calendar']['done'] =>
  word === 'declarata' || word === 'revenita';
/** The years for which the law’s holidays were checked. */
const isKnownYear = (text: unknown): text is string => typeof text === 'string' && /^20(?:1[5-9]|2\d|3[0-5])$/.test(text);

/** Days declared free or working by a dated decision. */
@Pages('administrare/calendar')
export class CalendarPagesController {
  constructor(
    private readonly pages: PageService,
    private readonly desk: CommandService,
    @Inject(portsToken) private readonly ports: Ports,
  ) {}

  @Get()
  @ForOfficials('day.declare')
  async year(@Req() request: FastifyRequest, @Query('an') asked: unknown, @Query('facut') word: unknown): Promise<Answer> {
    return this.#show(request, isKnownYear(asked) ? Number(asked) : undefined, {}, [], word);
  }

  @Post()
  @KeepsTyped()
  @ForOfficials('day.declare')
  async declare(@Req() request: FastifyRequest): Promise<Answer> {
    const form = formOf(request);
    const typed = { kind: form.optional('kind'), date: form.optional('date'), decision: form.optional('decision') };
    const { locale } = await this.pages.contextOf(request);
    const { kind, ...day } = typed;
    const checked = checkedForm(DayBody, day, locale);
    const isKind = kind === 'bridge-day' || kind === 'working-day';
    if ('faults' in checked || !isKind) {
      const missing = isKind ? [] : [{ field: 'kind', message: sentences[locale].administration.calendar.kindMissing }];
      return this.#show(request, undefined, typed, [...missing, ...('faults' in checked ? checked.faults : [])]);
    }
    const { date, decision } = checked.value;
    const useCase = kind === 'bridge-day' ? DeclareBridgeDay : DeclareWorkingDay;
    const outcome = await this.desk.carryOut(request, { useCase, command: () => ({ date, decision }) });
    if (isRefusal(outcome)) return this.#show(request, yearOf(date), typed, faultsOf(outcome, locale, 'date'));
    else return seeOther(`/administrare/calendar?an=${yearOf(date)}&facut=declarata`);
  }

  @Post(':date/revenire')
  @KeepsNothing('nothing-typed')
  @ForOfficials('day.declare')
  async restore(@Req() request: FastifyRequest, @Param('date') date: string): Promise<Answer> {
    if (!isCivilDate(date)) throw new HttpProblem({ code: 'not-found' });
    const outcome = await this.desk.carryOut(request, { useCase: RestoreDay, command: () => ({ date }) });
    const { locale } = await this.pages.contextOf(request);
    if (isRefusal(outcome)) return this.#show(request, yearOf(date), {}, faultsOf(outcome, locale, 'date'));
    else return seeOther(`/administrare/calendar?an=${yearOf(date)}&facut=revenita`);
  }

  async #show(request: FastifyRequest, asked: number | undefined, typed: Typed, faults: readonly Fault[], word?: unknown): Promise<Answer> {
    const context = await this.pages.contextOf(request);
    const thisYear = yearOf(civilDateOf(context.at));
    const year = asked ?? thisYear;
    const shown = {
      year,
      years: [...new Set([thisYear - 1, thisYear, thisYear + 1, year])].sort(),
      days: daysOfYear(await currentCalendar(this.ports), year),
      typed,
      faults,
    };
    const done = isDone(word) ? sentences[context.locale].administration.calendar.done[word] : undefined;
    return view(<CalendarPage shown={shown} done={done} />, faults.length === 0 ? 200 : 422);
  }
}
