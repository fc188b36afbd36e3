import type { ComponentChildren, VNode } from 'preact';
import type { ReportFigures } from '../../../application/reports/report-figures';
import type { Locale } from '../../../domain/ticket/facts';
import type { Column } from './columns';
import { shortDays } from './days';
import { FiguresTable } from './figures-table';
import { type FileName, fileLink } from './files';
import { sentences } from '../../phrasing/sentences';

/** More rows than these stay closed until they are asked for, below a picture that has the whole width. */
const mostRowsOpen = 14;

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
  locale,
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
  readonly locale: Locale;
}): VNode => {
  const words = sentences[locale].figures;
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
              locale={locale}
            />
          </details>
          <p>
            <a href={fileLink(file, figures, department)} download>
              {words.download}
              <span class="unseen">: {title}</span>
            </a>
          </p>
        </div>
      </div>
    </section>
  );
};
