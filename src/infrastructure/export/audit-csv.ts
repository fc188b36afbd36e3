import type { AuditListed } from '../../application/audit/audit-list';
import { type CheckId, checkIds } from '../../domain/audit/judge';
import { byteOrderMark, csvLine } from '../runtime/csv';

type Column = readonly [name: string, cell: (row: AuditListed) => string | number | null];

const ticketColumns = [
  'ticketId',
  'reference',
  'startsAt',
  'requestedAt',
  'staffId',
  'departmentCode',
  'mode',
  'overall',
  'warnings',
  'waived',
  'asOf',
] as const;

const verdict = (id: CheckId): Column => [id, ({ verdicts }) => verdicts[id] ?? null];
const grade = (id: CheckId): Column => [`${id}_grade`, ({ grades }) => grades[id] ?? null];
const [first, later] = [checkIds.filter((id) => id <= 'C21'), checkIds.filter((id) => id > 'C21')];

/** They stay what they are, and new ones come behind them. */
const columns: readonly Column[] = [
  ...ticketColumns.map((name): Column => [name, (row) => row[name]]),
  ...first.map(verdict),
  ['grade', (row) => row.grade],
  ['confirmable', ({ observable }) => Object.keys(observable).sort().join(' ')],
  ...first.map(grade),
  ...later.flatMap((id) => [verdict(id), grade(id)]),
];
export const auditColumns: readonly string[] = columns.map(([name]) => name);

/** One line a ticket, with the verdict of each check and how it is known: RFC 4180 in UTF-8 with a byte order mark. */
export async function* auditCsv(rows: AsyncIterable<AuditListed>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(auditColumns);
  for await (const row of rows) yield csvLine(columns.map(([, cell]) => cell(row)));
}
