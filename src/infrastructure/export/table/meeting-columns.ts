import type { MeetingWithoutNames } from '../../../application/staff/staff-calendar';
import { type FileColumn, titled, wordIn } from './table';

/** Of the calendar without names. They stay what they are, and new ones come behind them. */
export const meetingColumns: readonly FileColumn<MeetingWithoutNames>[] = [
  { name: 'ticketId', title: titled('ticketId'), kind: 'text', cell: (row) => row.ticketId },
  { name: 'reference', title: titled('reference'), kind: 'text', cell: (row) => row.reference },
  { name: 'startsAt', title: titled('startsAt'), kind: 'instant', cell: (row) => row.startsAt },
  { name: 'endsAt', title: titled('endsAt'), kind: 'instant', cell: (row) => row.endsAt },
  { name: 'staffId', title: titled('staffId'), kind: 'text', cell: (row) => row.staffId },
  { name: 'departmentCode', title: titled('departmentCode'), kind: 'text', cell: (row) => row.departmentCode },
  { name: 'mode', title: titled('mode'), kind: 'word', cell: (row) => row.mode, inWords: wordIn((all) => all.modes.history) },
  {
    name: 'status',
    title: titled('status'),
    kind: 'word',
    cell: (row) => row.status,
    inWords: wordIn((all) => all.audit.steps.statuses),
  },
  {
    name: 'recording',
    title: titled('recording'),
    kind: 'word',
    cell: (row) => row.recording,
    inWords: wordIn((all) => all.export.files.recordings),
  },
  {
    name: 'resolution',
    title: titled('resolution'),
    kind: 'word',
    cell: (row) => row.resolution,
    inWords: wordIn((all) => all.export.files.resolutions),
  },
  { name: 'reschedules', title: titled('reschedules'), kind: 'number', cell: (row) => row.reschedules },
  { name: 'requestNumber', title: titled('requestNumber'), kind: 'text', cell: (row) => row.requestNumber },
  { name: 'filedOn', title: titled('filedOn'), kind: 'date', cell: (row) => row.filedOn },
];
