import type { VNode } from 'preact';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { DoneNotice } from '../parts/done-notice';
import { ErrorSummary, type Fault, faultOf, Radios, TextField } from '../parts/fields';
import { Heading } from '../parts/heading';
import { type Typed, withLabels } from '../forms/checked';
import { dayAndMonth, longDate } from '../../phrasing/words/dates';
import type { DayShown } from './days-of-year';
import { sentences } from '../../phrasing/sentences';
import { OnceField, TypedForm } from '../forms/forms-shown';

export type CalendarShown = {
  readonly year: number;
  readonly years: readonly number[];
  readonly days: readonly DayShown[];
  readonly typed: Typed;
  readonly faults: readonly Fault[];
};

const Day = ({ context, day }: { readonly context: PageContext; readonly day: DayShown }): VNode => {
  const { locale } = context;
  const words = sentences[locale].administration.calendar;
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
export const CalendarPage = ({
  context,
  shown: { year, years, days, typed, faults },
  done,
}: {
  readonly context: PageContext;
  readonly shown: CalendarShown;
  readonly done: string | undefined;
}): VNode => {
  const words = sentences[context.locale].administration.calendar;
  const { labels, kinds, kindHints } = words;
  const field = (name: keyof typeof labels) => ({ name, label: labels[name], value: typed[name], fault: faultOf(faults, name) });
  return (
    <Document context={context} title={words.title({ year })} side="office" faulty={faults.length > 0}>
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
              <Day context={context} day={day} />
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
