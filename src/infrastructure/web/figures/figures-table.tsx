import type { ComponentChildren, VNode } from 'preact';
import type { Figures } from '../../../application/reports/counted-tickets';
import type { Locale } from '../../../domain/ticket/facts';
import type { Column } from './columns';

export type TableRow = { readonly head: ComponentChildren; readonly figures: Figures };

const Cells = ({
  columns,
  figures,
  locale,
}: {
  readonly columns: readonly Column[];
  readonly figures: Figures;
  readonly locale: Locale;
}): VNode => (
  <>
    {columns.map(({ title, shown }) => (
      <td class="numeric" data-title={title(locale)} role="cell">
        {shown(figures, locale)}
      </td>
    ))}
  </>
);

/**
 * Rows of numbers with their sum below. A `stacked` table becomes a list of its rows on a narrow screen; its roles say that it is
 * a table all the same, which some browsers forget once its display is another.
 */
export const FiguresTable = ({
  id,
  caption,
  first,
  columns,
  rows,
  total,
  locale,
  stacked = false,
}: {
  readonly id: string;
  readonly caption: string;
  /** title of the first column */
  readonly first: string;
  readonly columns: readonly Column[];
  readonly rows: readonly TableRow[];
  readonly total: TableRow;
  readonly locale: Locale;
  readonly stacked?: boolean;
}): VNode => (
  <table id={id} class={stacked ? 'counts stacked' : 'counts'} role="table">
    <caption class="unseen">{caption}</caption>
    <thead role="rowgroup">
      <tr role="row">
        <th scope="col" role="columnheader">
          {first}
        </th>
        {columns.map(({ title }) => (
          <th scope="col" class="numeric" role="columnheader">
            {title(locale)}
          </th>
        ))}
      </tr>
    </thead>
    <tbody role="rowgroup">
      {rows.map(({ head, figures }) => (
        <tr role="row">
          <th scope="row" role="rowheader">
            {head}
          </th>
          <Cells columns={columns} figures={figures} locale={locale} />
        </tr>
      ))}
    </tbody>
    <tfoot role="rowgroup">
      <tr role="row">
        <th scope="row" role="rowheader">
          {total.head}
        </th>
        <Cells columns={columns} figures={total.figures} locale={locale} />
      </tr>
    </tfoot>
  </table>
);
