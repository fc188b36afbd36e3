import type { AuditListed } from '../../application/audit/audit-list';
import { checkIds } from '../../domain/audit/judge';
import { byteOrderMark, csvLine } from '../runtime/csv';

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

/** The names of the columns; they stay what they are, and new ones come behind them. */
export const auditColumns: readonly string[] = [...ticketColumns, ...checkIds];

/** One line a ticket, with the verdict of each check: RFC 4180 in UTF-8 with a byte order mark. */
export async function* auditCsv(rows: AsyncIterable<AuditListed>): AsyncGenerator<string> {
  yield byteOrderMark + csvLine(auditColumns);
  for await (const row of rows)
    yield csvLine([...ticketColumns.map((name) => row[name]), ...checkIds.map((id) => row.verdicts[id] ?? null)]);
}
