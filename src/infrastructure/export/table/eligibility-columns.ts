import type { EligibilityListed } from '../../../application/requests/eligibility';
import { type FileColumn, titled, wordIn, yesOrNo } from './table';

/** Of the list of requests (Art. 2). They stay what they are, and new ones come behind them. */
export const eligibilityColumns: readonly FileColumn<EligibilityListed>[] = [
  { name: 'number', title: titled('requestNumber'), kind: 'text', cell: (row) => row.number },
  { name: 'filedOn', title: titled('filedOn'), kind: 'date', cell: (row) => row.filedOn },
  { name: 'departmentCode', title: titled('departmentCode'), kind: 'text', cell: (row) => row.departmentCode },
  { name: 'handlerStaffId', title: titled('staffId'), kind: 'text', cell: (row) => row.handlerStaffId },
  {
    name: 'status',
    title: titled('status'),
    kind: 'word',
    cell: (row) => row.status,
    inWords: wordIn((all) => all.office.windows.statuses),
  },
  {
    name: 'eligible',
    title: titled('eligible'),
    kind: 'word',
    cell: (row) => String(row.eligible),
    inWords: yesOrNo,
  },
  {
    name: 'reason',
    title: titled('reason'),
    kind: 'word',
    cell: (row) => row.reason ?? null,
    inWords: wordIn((all) => all.office.windows.reasons),
  },
  {
    name: 'ground',
    title: titled('ground'),
    kind: 'word',
    cell: (row) => row.ground,
    inWords: wordIn((all) => all.office.windows.grounds),
  },
  { name: 'communicatedOn', title: titled('communicatedOn'), kind: 'date', cell: (row) => row.communicatedOn },
  { name: 'advertisedUntil', title: titled('advertisedUntil'), kind: 'date', cell: (row) => row.advertisedUntil },
  { name: 'enforcedUntil', title: titled('enforcedUntil'), kind: 'date', cell: (row) => row.enforcedUntil },
  { name: 'lateAdmissionUntil', title: titled('lateAdmissionUntil'), kind: 'date', cell: (row) => row.lateAdmissionUntil },
  { name: 'activeTicket', title: titled('activeTicket'), kind: 'text', cell: (row) => row.activeTicket },
  { name: 'asOf', title: titled('asOf'), kind: 'instant', cell: (row) => row.asOf },
];
