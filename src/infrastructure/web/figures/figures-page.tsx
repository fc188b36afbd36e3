import type { VNode } from 'preact';
import type { DepartmentRow, ReportFiguresNow, WeekFigures } from '../../../application/reports/report-figures';
import { Document, HeadedPage } from '../page/document';
import { usePage, useWords } from '../page/page-context';
import { Select, TextField } from '../parts/fields';
import { Cards, cardsOf, FigureFiles, FiguresTable, WeekSection } from './figures-table';
import { averageDaysAhead, delayColumns, departmentColumns, meetingColumns, minutesView, nothing } from './columns';
import { Chart, heightOf, isDense, labelClass, middleOf, percent, plainDays, scaleFor, WeekBars } from './chart';
import { type PeriodTyped, periodQuery, type ReadyPeriod, readyPeriods, samePeriod } from './period';
import { sentences } from '../../phrasing/sentences';
import type { Figures } from '../../../application/reports/counted-tickets';
import { numberInWords } from '../../phrasing/words/dates';

const readyNames: readonly ReadyPeriod[] = ['latest', 'month', 'year'];

/** Whose figures are shown: those of all, of a department that was chosen, or of the only one that the reader may see. */
export type Whose =
  | { readonly kind: 'all' }
  | { readonly kind: 'chosen'; readonly value: string; readonly name: string }
  | { readonly kind: 'own'; readonly name: string };
/** What an address says of it. */
const chosenIn = (whose: Whose): string | undefined => (whose.kind === 'chosen' ? whose.value : undefined);

/** Departments of one name are told apart by their codes. */
const titleAmong =
  (all: readonly DepartmentRow[]) =>
  ({ key, departmentCode }: DepartmentRow): string =>
    all.some((other) => other.key === key && other.departmentCode !== departmentCode) ? `${key} · ${departmentCode}` : key;

/** The days, and the department where there are several to choose from; the periods that are asked for most are links. */
const PeriodForm = ({
  typed,
  whose,
  departments,
}: {
  readonly typed: PeriodTyped;
  readonly whose: Whose;
  readonly departments: readonly DepartmentRow[];
}): VNode => {
  const { at } = usePage();
  const words = useWords().figures;
  const listed = departments.map((row) => ({ value: row.departmentCode, label: titleAmong(departments)(row) }));
  const value = chosenIn(whose);
  const unlisted = whose.kind === 'chosen' && listed.every((one) => one.value !== value) ? [{ value: whose.value, label: whose.name }] : [];
  return (
    <form method="get" action="/rapoarte" class="card period" novalidate>
      <TextField name="from" label={words.from} type="date" value={typed.from} width="middle" />
      <TextField name="to" label={words.to} type="date" value={typed.to} width="middle" />
      {whose.kind === 'own' ? null : (
        <Select
          name="department"
          label={words.department}
          value={value ?? ''}
          options={[{ value: '', label: words.everywhere }, ...listed, ...unlisted]}
        />
      )}
      <button>{words.show}</button>
      <p class="ready">
        {words.readyTitle}:{' '}
        {readyNames.map((name, index) => {
          const period = readyPeriods[name](at);
          return (
            <>
              {index === 0 ? null : ' · '}
              <a href={`/rapoarte${periodQuery(period, value)}`} aria-current={samePeriod(period, typed) ? 'true' : undefined}>
                {words.ready[name]}
              </a>
            </>
          );
        })}
      </p>
    </form>
  );
};

type Point = { readonly index: number; readonly minutes: number };

/** Weeks that follow one another and have a number: between others there is no line, for nothing is known there. */
const pairsOf = (points: readonly Point[]): readonly (readonly [Point, Point])[] =>
  points.flatMap((point, place): readonly (readonly [Point, Point])[] => {
    const next = points[place + 1];
    return next?.index === point.index + 1 ? [[point, next]] : [];
  });

/** Half of each week's resolutions left sooner than the point; the broken line is the target of A17. */
const DelayLine = ({
  weeks,
  title,
  describedBy,
  target,
}: {
  readonly weeks: readonly WeekFigures[];
  readonly title: string;
  readonly describedBy: string;
  /** in minutes, and in words */
  readonly target: { readonly minutes: number; readonly text: string };
}): VNode => {
  const { locale } = usePage();
  const points = weeks.flatMap(({ figures: { medianResolutionMinutes: minutes } }, index) =>
    minutes === null ? [] : [{ index, minutes }],
  );
  const scale = scaleFor([target.minutes, ...points.map(({ minutes }) => minutes)]);
  const xOf = ({ index }: Point): string => percent(middleOf(index, weeks.length));
  const dense = isDense(weeks.length);
  const targetY = heightOf(target.minutes, scale);
  return (
    <Chart id="rezolutii-titlu" title={title} describedBy={describedBy} scale={scale} weeks={weeks}>
      <line class="target" x1="12%" x2="100%" y1={targetY} y2={targetY} />
      {pairsOf(points).map(([from, to]) => (
        <line class="course" x1={xOf(from)} x2={xOf(to)} y1={heightOf(from.minutes, scale)} y2={heightOf(to.minutes, scale)} />
      ))}
      {points.map((point) => {
        const y = heightOf(point.minutes, scale);
        const shown = labelClass(point.index, weeks.length);
        return (
          <>
            <circle class="point" cx={xOf(point)} cy={y} r={dense ? 3.5 : 5} />
            {dense ? null : (
              <text class={`value ${shown}`} x={xOf(point)} y={y - 12} text-anchor="middle">
                {numberInWords(Math.round(point.minutes), locale)}
              </text>
            )}
          </>
        );
      })}
      <text class="target-text" x="100%" y={targetY - 7} text-anchor="end">
        {target.text}
      </text>
    </Chart>
  );
};

/** What else was counted, in a row of small numbers. */
const AlsoCounted = ({ total }: { readonly total: Figures }): VNode => {
  const { locale } = usePage();
  const words = useWords().figures;
  const days = averageDaysAhead(total);
  const count = (value: number): string => numberInWords(value, locale);
  const rows: readonly (readonly [string, string])[] = [
    [words.also.byCitizen, count(total.rescheduledByCitizen)],
    [words.also.byStaff, count(total.rescheduledByStaff)],
    [words.also.cancelled, count(total.cancelled)],
    [words.also.waived, count(total.recordingWaived)],
    [words.also.lead, days === null ? nothing : words.days({ count: days })],
    [words.also.minutes, minutesView(total.averageMinutes, locale)],
  ];
  return (
    <dl class="also">
      {rows.map(([label, value]) => (
        <div>
          <dt>{label}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
};

type View = { readonly figures: ReportFiguresNow; readonly whose: Whose };

const Legend = (): VNode => {
  const { locale } = usePage();
  return (
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
};

const Weeks = ({ figures, whose, targetMinutes }: View & { readonly targetMinutes: number }): VNode => {
  const { locale } = usePage();
  const words = useWords().figures;
  const { weeks } = figures;
  const shared = { figures, department: chosenIn(whose), locale };
  return (
    <>
      <WeekSection
        {...shared}
        id="intalniri"
        title={words.meetings.title}
        about={words.meetings.about}
        legend={<Legend />}
        picture={<WeekBars weeks={weeks} title={words.meetings.title} describedBy="intalniri-tabel" />}
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
            target={{ minutes: targetMinutes, text: `${words.target} ${minutesView(targetMinutes, locale)}` }}
          />
        }
        columns={delayColumns}
        file="rezolutii"
      />
    </>
  );
};

const Departments = ({ figures, whose }: View): VNode => {
  const words = useWords().figures;
  return (
    <section class="card" aria-labelledby="servicii">
      <h2 id="servicii">{words.departments.title}</h2>
      <p class="hint">{words.departments.about}</p>
      <FiguresTable
        id="servicii-tabel"
        caption={words.departments.title}
        first={words.columns.department}
        columns={departmentColumns}
        rows={figures.departments.map((row) => ({
          head: (
            <a
              href={`/rapoarte${periodQuery(figures, row.departmentCode)}`}
              aria-current={row.departmentCode === chosenIn(whose) ? 'true' : undefined}
            >
              {titleAmong(figures.departments)(row)}
            </a>
          ),
          figures: row,
        }))}
        total={{ head: whose.kind === 'chosen' ? `${words.shownAbove}: ${whose.name}` : words.total, figures: figures.total }}
        stacked
      />
      <p>
        <FigureFiles name="servicii" period={figures} department={undefined} about={words.departments.title} />
      </p>
    </section>
  );
};

/** The manager's page: what became of the meetings of a period. */
export const FiguresPage = ({ targetMinutes, ...shown }: View & { readonly targetMinutes: number }): VNode => {
  const { figures, whose } = shown;
  const { locale } = usePage();
  const words = sentences[locale].figures;
  const { total, before, departments } = figures;
  return (
    <Document title={words.title} side="office" sheet="charts">
      <h1>{words.title}</h1>
      <p class="lead">
        {plainDays(figures, locale)} · {whose.kind === 'all' ? words.everywhere : whose.name}
      </p>
      <PeriodForm typed={figures} whose={whose} departments={departments} />
      {figures.parked === 0 ? null : <p class="notice notice-warn">{words.parked({ count: figures.parked })}</p>}
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
            <AlsoCounted total={total} />
            <p class="hint">{words.gradesMean}</p>
            <p class="hint compare">
              {words.comparedWith} {plainDays(before, locale)}.
            </p>
          </section>
          <Weeks {...shown} targetMinutes={targetMinutes} />
        </>
      )}
      {departments.length === 0 ? null : <Departments {...shown} />}
    </Document>
  );
};

/** Nothing is counted before the period is one. */
export const FaultyPeriodPage = ({ typed, whose }: { readonly typed: PeriodTyped; readonly whose: Whose }): VNode => {
  const words = useWords().figures;
  return (
    <HeadedPage title={words.title} sheet="charts" summary={words.faulty}>
      <PeriodForm typed={typed} whose={whose} departments={[]} />
    </HeadedPage>
  );
};
