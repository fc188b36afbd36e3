import type { ComponentChildren, VNode } from 'preact';
import type { ReportFigures } from '../../../application/reports/report-figures';
import type { Locale } from '../../../domain/ticket/facts';
import { Document } from '../page/document';
import type { PageContext } from '../page/page-context';
import { ErrorSummary, type Fault } from '../parts/fields';
import { AlsoCounted } from './also';
import { Cards, cardsOf } from './cards';
import { delayColumns, departmentColumns, meetingColumns } from './columns';
import { plainDays } from './days';
import { DelayLine } from './delay-line';
import { FiguresTable } from './figures-table';
import { fileLink } from './files';
import { type PeriodTyped, periodQuery } from './period';
import { PeriodForm } from './period-form';
import { minutesShown } from './shares';
import { WeekBars } from './week-bars';
import { WeekSection } from './week-section';
import { sentences } from '../../phrasing/sentences';

type Shown = { readonly context: PageContext; readonly figures: ReportFigures; readonly department: string | undefined };

const Legend = ({ locale }: { readonly locale: Locale }): VNode => (
  <ul class="chart-legend">
    {(['held', 'recorded', 'unrecorded'] as const).map((kind) => (
      <li>
        <svg class="chart" width="18" height="18" aria-hidden="true">
          <rect class={kind} x="2" y="2" width="14" height="14" />
        </svg>{' '}
        {sentences[locale].figures.legend[kind]}
      </li>
    ))}
  </ul>
);

const Weeks = ({ context: { locale }, figures, department, targetMinutes }: Shown & { readonly targetMinutes: number }): VNode => {
  const words = sentences[locale].figures;
  const { weeks } = figures;
  const shared = { figures, department, locale };
  return (
    <>
      <WeekSection
        {...shared}
        id="intalniri"
        title={words.meetings.title}
        about={words.meetings.about}
        legend={<Legend locale={locale} />}
        picture={<WeekBars weeks={weeks} title={words.meetings.title} describedBy="intalniri-tabel" locale={locale} />}
        columns={meetingColumns}
        file="intalniri"
      />
      <WeekSection
        {...shared}
        id="rezolutii"
        title={words.delays.title}
        about={words.delays.about}
        picture={
          <DelayLine
            weeks={weeks}
            title={words.delays.title}
            describedBy="rezolutii-tabel"
            target={{ minutes: targetMinutes, text: `${words.target} ${minutesShown(targetMinutes, locale)}` }}
            locale={locale}
          />
        }
        columns={delayColumns}
        file="rezolutii"
      />
    </>
  );
};

const Departments = ({ context: { locale }, figures, department }: Shown): VNode => {
  const words = sentences[locale].figures;
  return (
    <section class="card" aria-labelledby="servicii">
      <h2 id="servicii">{words.departments.title}</h2>
      <p class="hint">{words.departments.about}</p>
      <FiguresTable
        id="servicii-tabel"
        caption={words.departments.title}
        first={words.columns.department}
        columns={departmentColumns}
        rows={figures.departments.map(({ key, ...counted }) => ({
          head: (
            <a href={`/rapoarte${periodQuery(figures, key)}`} aria-current={key === department ? 'true' : undefined}>
              {key}
            </a>
          ),
          figures: counted,
        }))}
        total={{ head: department === undefined ? words.total : `${words.shownAbove}: ${department}`, figures: figures.total }}
        locale={locale}
        stacked
      />
      <p>
        <a href={fileLink('servicii', figures, undefined)} download>
          {words.download}
          <span class="unseen">: {words.departments.title}</span>
        </a>
      </p>
    </section>
  );
};

const Frame = ({ context, faulty = false, children }: FrameParts): VNode => (
  <Document context={context} title={sentences[context.locale].figures.title} side="office" faulty={faulty}>
    {children}
  </Document>
);
type FrameParts = { readonly context: PageContext; readonly faulty?: boolean; readonly children: ComponentChildren };

/** The manager's page: what became of the meetings of a period. */
export const FiguresPage = ({ targetMinutes, ...shown }: Shown & { readonly targetMinutes: number }): VNode => {
  const { context, figures, department } = shown;
  const { locale } = context;
  const words = sentences[locale].figures;
  const { total, before, departments } = figures;
  return (
    <Frame context={context}>
      <h1>{words.title}</h1>
      <p class="lead">
        {plainDays(figures, locale)} · {department ?? words.everywhere}
      </p>
      <PeriodForm context={context} typed={figures} faults={[]} department={department} departments={departments.map(({ key }) => key)} />
      {total.tickets === 0 ? (
        <section class="notice" aria-labelledby="gol">
          <h2 id="gol">{words.emptyTitle}</h2>
          <p>{words.empty}</p>
        </section>
      ) : (
        <>
          <section aria-labelledby="pe-scurt">
            <h2 id="pe-scurt">{words.inShort}</h2>
            <Cards cards={cardsOf(figures, locale)} />
            <AlsoCounted total={total} locale={locale} />
            <p class="hint compare">
              {words.comparedWith} {plainDays(before, locale)}.
            </p>
          </section>
          <Weeks {...shown} targetMinutes={targetMinutes} />
        </>
      )}
      {departments.length === 0 ? null : <Departments {...shown} />}
    </Frame>
  );
};

/** Nothing is counted before the period is one. */
export const FaultyPeriodPage = ({
  context,
  typed,
  faults,
  department,
}: {
  readonly context: PageContext;
  readonly typed: PeriodTyped;
  readonly faults: readonly Fault[];
  readonly department: string | undefined;
}): VNode => (
  <Frame context={context} faulty>
    <ErrorSummary title={sentences[context.locale].figures.faulty} faults={faults} />
    <h1>{sentences[context.locale].figures.title}</h1>
    <PeriodForm context={context} typed={typed} faults={faults} department={department} departments={[]} />
  </Frame>
);
