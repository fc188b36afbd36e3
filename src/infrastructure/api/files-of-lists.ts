import type { AuditListed, AuditListQuery } from '../../application/audit/audit-list';
import type { Ports } from '../../application/kernel/ports/ports';
import { type DutiesQuery, type ListedDuty, ListDuties } from '../../application/reports/list-duties';
import { type Figures, figuresOf } from '../../application/reports/counted-tickets';
import type { Summary } from '../../application/reports/report-figures';
import { type EligibilityListed, type EligibilityListQuery, ListEligibility } from '../../application/requests/eligibility';
import { ListMeetingsWithoutNames, type MeetingsQuery, type MeetingWithoutNames } from '../../application/staff/staff-calendar';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Locale } from '../../domain/ticket/facts';
import { auditColumns } from '../export/table/audit-columns';
import { dutyColumns } from '../export/table/duty-columns';
import { eligibilityColumns } from '../export/table/eligibility-columns';
import { meetingColumns } from '../export/table/meeting-columns';
import { type FileColumn, titled } from '../export/table/table';
import { auditRows } from '../nest/audit-rows';
import { sentences, type Sentences } from '../phrasing/sentences';
import type { QueryService } from './commands/query-service';
import { everyRow, type FileOfList } from './file-answers';

const sheetNamed =
  (name: keyof Sentences['export']['files']['sheets']) =>
  (locale: Locale): string =>
    sentences[locale].export.files.sheets[name];

/** Every ticket that was asked for, with its seal verified. */
export const auditFile = (ports: Ports, asked: Omit<AuditListQuery, 'limit' | 'cursor'>): FileOfList<AuditListed> => ({
  name: 'audit',
  title: sheetNamed('audit'),
  columns: auditColumns,
  rows: auditRows(ports, asked),
});

export const eligibilityFile = (
  reads: QueryService,
  asked: Omit<EligibilityListQuery, 'limit' | 'cursor'>,
): FileOfList<EligibilityListed> => ({
  name: 'termene',
  title: sheetNamed('eligibility'),
  columns: eligibilityColumns,
  rows: everyRow(async (page) => {
    const { requests: rows, ...rest } = await reads.ask(ListEligibility, { ...asked, ...page });
    return { rows, ...rest };
  }),
});

export const meetingsFile = (reads: QueryService, asked: Omit<MeetingsQuery, 'limit' | 'cursor'>): FileOfList<MeetingWithoutNames> => ({
  name: 'programari',
  title: sheetNamed('calendar'),
  columns: meetingColumns,
  rows: everyRow(async (page) => {
    const { meetings: rows, ...rest } = await reads.ask(ListMeetingsWithoutNames, { ...asked, ...page });
    return { rows, ...rest };
  }),
});

export const dutiesFile = (reads: QueryService, asked: Omit<DutiesQuery, 'limit' | 'cursor'>): FileOfList<ListedDuty> => ({
  name: 'indatoriri',
  title: sheetNamed('duties'),
  columns: dutyColumns,
  rows: everyRow(async (page) => {
    const { duties: rows, next } = await reads.ask(ListDuties, { ...asked, ...page });
    return { rows, ...defined({ next }) };
  }),
});

type SummaryRow = Summary['rows'][number];
type Figure = keyof Figures;
const isFigure = (name: string): name is Figure => name in sentences.ro.export.files.figures;
const figureColumn = (name: Figure): FileColumn<SummaryRow> => ({
  name,
  title: (locale) => sentences[locale].export.files.figures[name],
  kind: 'number',
  cell: (figures) => figures[name],
});
const summaryColumns: readonly FileColumn<SummaryRow>[] = [
  { name: 'key', title: titled('key'), kind: 'text', cell: ({ key }) => key },
  ...Object.keys(figuresOf([])).filter(isFigure).map(figureColumn),
];

const codeColumn: FileColumn<SummaryRow> = {
  name: 'departmentCode',
  title: titled('departmentCode'),
  kind: 'text',
  cell: ({ departmentCode }) => departmentCode ?? null,
};

/** The figures as columns, as the answer has them; what came later stands last. */
export const summaryFile = ({ by, rows }: Summary): FileOfList<SummaryRow> => ({
  name: 'rapoarte',
  title: sheetNamed('figures'),
  columns: by === 'department' ? [...summaryColumns, codeColumn] : summaryColumns,
  rows,
});
