import type { ListedDuty } from '../../../application/reports/list-duties';
import { shapeOfDuty } from '../../../domain/duties/duty-kinds';
import { type FileColumn, titled, wordIn, yesOrNo } from './table';

/** Of the list of duties. They stay what they are, and new ones come behind them. */
export const dutyColumns: readonly FileColumn<ListedDuty>[] = [
  { name: 'ticketId', title: titled('ticketId'), kind: 'text', cell: (row) => row.ticketId },
  { name: 'reference', title: titled('reference'), kind: 'text', cell: (row) => row.reference },
  { name: 'departmentCode', title: titled('departmentCode'), kind: 'text', cell: (row) => row.departmentCode },
  { name: 'startsAt', title: titled('startsAt'), kind: 'instant', cell: (row) => row.startsAt },
  { name: 'dutyId', title: titled('dutyId'), kind: 'text', cell: (row) => row.dutyId },
  {
    name: 'kind',
    title: titled('duty'),
    kind: 'word',
    cell: (row) => row.kind,
    inWords: (_, locale, { kind }) => shapeOfDuty(kind).name[locale],
  },
  { name: 'article', title: titled('article'), kind: 'text', cell: (row) => row.article },
  { name: 'owedBy', title: titled('owedBy'), kind: 'word', cell: (row) => row.owedBy, inWords: wordIn((all) => all.audit.duties.owers) },
  { name: 'staffId', title: titled('staffId'), kind: 'text', cell: (row) => row.staffId },
  { name: 'since', title: titled('since'), kind: 'instant', cell: (row) => row.since },
  { name: 'targetAt', title: titled('targetAt'), kind: 'due', cell: (row) => row.targetAt ?? null },
  { name: 'limitAt', title: titled('limitAt'), kind: 'due', cell: (row) => row.limitAt },
  { name: 'state', title: titled('status'), kind: 'word', cell: (row) => row.state, inWords: wordIn((all) => all.audit.duties.states) },
  { name: 'metAt', title: titled('metAt'), kind: 'instant', cell: (row) => row.metAt ?? null },
  {
    name: 'overdue',
    title: titled('overdue'),
    kind: 'word',
    cell: (row) => String(row.overdue),
    inWords: yesOrNo,
  },
];
