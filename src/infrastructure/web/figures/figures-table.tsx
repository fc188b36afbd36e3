import { usePage, useWords } from '../page/page-context';
import type { AriaRole, ComponentChildren, VNode } from 'preact';
import type { Figures } from '../../../application/reports/counted-tickets';
import type { ReportFigures } from '../../../application/reports/report-figures';
import type { Locale } from '../../../domain/ticket/facts';
import { sentences } from '../../phrasing/sentences';
import { numberInWords } from '../../phrasing/words/dates';
import { shortDays } from './chart';
import {
  absentIn,
  type Column,
  hoursComeIn,
  minutesView,
  percentOf,
  percentView,
  pointsBetween,
  recordingAwaitedIn,
  unrecordedIn,
} from './columns';
import type { Period } from '../../../application/reports/counted-tickets';
import { fileLink, type FileName } from './files';

type TableRow = { readonly head: ComponentChildren; readonly figures: Figures };

type CellsOf = { readonly columns: readonly Column[]; readonly figures: Figures; readonly stacked: boolean };

const Cells = ({ columns, figures, stacked }: CellsOf): VNode => {
  const { locale } = usePage();
  return (
    <>
      {columns.map(({ title, shown }) => (
        <td {...(stacked && { role: 'cell', 'data-title': title(locale) })}>{shown(figures, locale)}</td>
      ))}
    </>
  );
};

/**
 * Rows of numbers with their sum below. A `stacked` table becomes a list of its rows on a narrow screen; its roles say that it is
 * a table all the same, which some browsers forget once its display is another. A table that stays one says none: of a year it has 53 rows.
 */
export const FiguresTable = ({
  id,
  caption,
  first,
  columns,
  rows,
  total,
  stacked = false,
}: {
  readonly id: string;
  readonly caption: string;
  /** title of the first column */
  readonly first: string;
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
  readonly total: TableRow;
  readonly stacked?: boolean;
}): VNode => {
  const { locale } = usePage();
  const role = (name: AriaRole): { readonly role?: AriaRole } => (stacked ? { role: name } : {});
  return (
    <table id={id} class={stacked ? 'counts stacked' : 'counts'} {...role('table')}>
      <caption class="unseen">{caption}</caption>
      <thead {...role('rowgroup')}>
        <tr {...role('row')}>
          <th scope="col" {...role('columnheader')}>
            {first}
          </th>
          {columns.map(({ title }) => (
            <th scope="col" class="numeric" {...role('columnheader')}>
              {title(locale)}
            </th>
          ))}
        </tr>
      </thead>
      <tbody {...role('rowgroup')}>
        {rows.map(({ head, figures }) => (
          <tr {...role('row')}>
            <th scope="row" {...role('rowheader')}>
              {head}
            </th>
            <Cells columns={columns} figures={figures} stacked={stacked} />
          </tr>
        ))}
      </tbody>
      <tfoot {...role('rowgroup')}>
        <tr {...role('row')}>
          <th scope="row" {...role('rowheader')}>
            {total.head}
          </th>
          <Cells columns={columns} figures={total.figures} stacked={stacked} />
        </tr>
      </tfoot>
    </table>
  );
};

/** More rows than these stay closed until they are asked for, below a picture that has the whole width. */
const mostRowsOpen = 14;

/** The numbers of a table as files: a workbook, for an Excel set up in Romanian, and for programs. */
export const FigureFiles = ({
  name,
  period,
  department,
  about,
}: {
  readonly name: FileName;
  readonly period: Period;
  readonly department: string | undefined;
  readonly about: string;
}): VNode => {
  const { figures, audit } = useWords();
  const forms = [
    ['.xlsx', 'Excel'],
    ['-excel.csv', audit.list.excelCsv],
    ['.csv', figures.download],
  ] as const;
  return (
    <>
      {forms.map(([ending, words], place) => (
        <>
          {place === 0 ? '' : ' · '}
          <a href={fileLink(name, period, department, ending)} download>
            {words}
            <span class="unseen">: {about}</span>
          </a>
        </>
      ))}
    </>
  );
};

/** A picture by weeks, the same data as a table beside it, and as a file. */
export const WeekSection = ({
  id,
  title,
  about,
  legend,
  picture,
  columns,
  figures,
  department,
  file,
}: {
  readonly id: string;
  readonly title: string;
  readonly about: string;
  readonly legend?: ComponentChildren;
  readonly picture: VNode;
  readonly columns: readonly Column[];
  readonly figures: ReportFigures;
  readonly department: string | undefined;
  readonly file: FileName;
}): VNode => {
  const { locale } = usePage();
  const words = useWords().figures;
  const { weeks, total } = figures;
  const isShort = weeks.length <= mostRowsOpen;
  return (
    <section class="card" aria-labelledby={id}>
      <h2 id={id}>{title}</h2>
      <p class="hint">{about}</p>
      <div class={isShort ? 'beside' : undefined}>
        <div>
          {legend}
          {picture}
        </div>
        <div>
          <details open={isShort}>
            <summary>{words.table}</summary>
            <FiguresTable
              id={`${id}-tabel`}
              caption={title}
              first={words.columns.week}
              columns={columns}
              rows={weeks.map((week) => ({ head: shortDays(week, locale), figures: week.figures }))}
              total={{ head: words.total, figures: total }}
            />
          </details>
          <p>
            <FigureFiles name={file} period={figures} department={department} about={title} />
          </p>
        </div>
      </div>
    </section>
  );
};

const sentence = (of: 'counts' | 'shares', change: number, by: string, before: string, locale: Locale): string => {
  const words = sentences[locale].figures;
  if (change === 0) return `${words.same} (${before})`;
  return words[of][change > 0 ? 'more' : 'less']({ by, before });
};

/** `cu 18 mai multe decât înainte (229)` */
export const countsCompared = (before: number, now: number, locale: Locale): string =>
  sentence('counts', now - before, numberInWords(Math.abs(now - before), locale), numberInWords(before, locale), locale);

/** `cu 1,2 puncte procentuale mai mult decât înainte (97,2 %)`; percents with nothing under them compare with nothing. */
export const sharesCompared = (before: number | undefined, now: number | undefined, locale: Locale): string | undefined => {
  if (now === undefined) return undefined;
  if (before === undefined) return sentences[locale].figures.nothingBefore;
  const points = pointsBetween(before, now);
  return sentence('shares', points, sentences[locale].figures.points({ count: Math.abs(points) }), percentView(before, locale), locale);
};

type CardView = {
  readonly label: string;
  readonly number: string;
  /** what the number is made of */
  readonly note: string;
  /** how it is known */
  readonly known?: string | undefined;
  readonly compared: string | undefined;
};

const shareCard = (
  label: string,
  share: (figures: Figures) => number | undefined,
  { note, known }: Pick<CardView, 'note' | 'known'>,
  { total, before }: ReportFigures,
  locale: Locale,
): CardView => ({
  label,
  number: percentView(share(total), locale),
  note,
  known,
  compared: sharesCompared(share(before.total), share(total), locale),
});

/** The four numbers that a manager looks at first. */
export const cardsOf = (figures: ReportFigures, locale: Locale): readonly CardView[] => {
  const words = sentences[locale].figures;
  const { total, before } = figures;
  const { held, heldOnline, recorded, recordedDeclared, resolutionsDelivered, resolutionsDeclared, medianResolutionMinutes } = total;
  const awaited = recordingAwaitedIn(total);
  const unrecorded = `${words.unrecorded({ count: unrecordedIn(total) })}${awaited === 0 ? '' : `, ${words.awaited({ count: awaited })}`}`;
  const half = `${words.halfWithin} ${minutesView(medianResolutionMinutes, locale)}`;
  const absences = `${words.citizensAbsent({ count: total.citizenAbsent })}, ${words.staffAbsent({ count: total.staffAbsent })}`;
  return [
    {
      label: words.cards.held,
      number: numberInWords(held, locale),
      note: words.ofTickets({ count: total.tickets }),
      compared: countsCompared(before.total.held, held, locale),
    },
    shareCard(
      words.cards.recorded,
      (one) => percentOf(one.recorded, one.heldOnline),
      heldOnline === 0
        ? { note: words.nothingToSay.recorded }
        : {
            note: `${words.ofOnline({ part: numberInWords(recorded, locale), count: heldOnline })}; ${unrecorded}`,
            known: words.ofRecorded({
              observed: percentView(percentOf(recorded - recordedDeclared, heldOnline), locale),
              declared: percentView(percentOf(recordedDeclared, heldOnline), locale),
              missing: percentView(percentOf(unrecordedIn(total), heldOnline), locale),
            }),
          },
      figures,
      locale,
    ),
    shareCard(
      words.cards.delivered,
      (one) => percentOf(one.resolutionsDelivered, one.held),
      held === 0
        ? { note: words.nothingToSay.delivered }
        : {
            note: `${words.ofHeld({ part: numberInWords(resolutionsDelivered, locale), count: held })}${medianResolutionMinutes === null ? '' : `; ${half}`}`,
            known: words.ofDelivered({
              observed: percentView(percentOf(resolutionsDelivered - resolutionsDeclared, held), locale),
              declared: percentView(percentOf(resolutionsDeclared, held), locale),
            }),
          },
      figures,
      locale,
    ),
    shareCard(
      words.cards.absent,
      (one) => percentOf(absentIn(one), hoursComeIn(one)),
      {
        note:
          hoursComeIn(total) === 0
            ? words.nothingToSay.absent
            : `${words.ofHours({ part: numberInWords(absentIn(total), locale), count: hoursComeIn(total) })}: ${absences}`,
      },
      figures,
      locale,
    ),
  ];
};

export const Cards = ({ cards }: { readonly cards: readonly CardView[] }): VNode => (
  <dl class="figures">
    {cards.map(({ label, number, note, known, compared }) => (
      <div class="card">
        <dt>{label}</dt>
        <dd class="figure">{number}</dd>
        <dd>{note}</dd>
        {known === undefined ? null : <dd>{known}</dd>}
        {compared === undefined ? null : <dd class="compared">{compared}</dd>}
      </div>
    ))}
  </dl>
);
