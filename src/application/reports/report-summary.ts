import type { Ports } from '../kernel/ports/ports';
import type { TicketFactsRow } from '../kernel/ports/tables';
import { type Figures, figuresOf } from './counted-tickets';
import { type Period, ticketsOfPeriod } from './tickets-of-period';
import { Query } from '../kernel/message';

export const summaryDimensions = ['department', 'mode', 'week', 'staff'] as const;
export type SummaryDimension = (typeof summaryDimensions)[number];

export type SummaryAsked = Period & { readonly by: SummaryDimension };
export type SummaryRow = Figures & { readonly key: string };
export type Summary = Period & { readonly by: SummaryDimension; readonly rows: readonly SummaryRow[] };

const keyOf: Readonly<Record<SummaryDimension, (row: TicketFactsRow) => string>> = {
  department: ({ department }) => department,
  mode: ({ mode }) => mode,
  week: ({ week }) => week ?? '',
  staff: ({ staffId }) => staffId,
};

/** The tickets counted by one of their sides, in the order of its values. */
export const countedBy = (by: SummaryDimension, rows: readonly TicketFactsRow[]): readonly SummaryRow[] => {
  const groups = new Map<string, TicketFactsRow[]>();
  for (const row of rows) {
    const key = keyOf[by](row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => ({ key, ...figuresOf(group) }));
};

export class GetReportSummary extends Query<SummaryAsked, Summary> {}

/** For programs: scheduled meetings of a period, counted. */
export const reportSummary =
  (ports: Ports) =>
  async ({ from, to, by }: SummaryAsked): Promise<Summary> => ({
    from,
    to,
    by,
    rows: countedBy(by, await ticketsOfPeriod(ports, { from, to })),
  });
