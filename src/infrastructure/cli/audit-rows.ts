import type { Ports } from '../../application/ports/ports';
import { auditList, has, type AuditListAsked, type AuditListed } from '../../application/queries/audit-list';
import { chainOf } from '../nest/chain-of';

const pageSize = 200;

/** Every ticket that was asked for, page by page, judged as of now over the log itself: asked about C21, every row is. */
export async function* auditRows(
  ports: Ports,
  { verdict, ...asked }: Omit<AuditListAsked, 'limit' | 'cursor' | 'check'>,
): AsyncGenerator<AuditListed> {
  for (let cursor: string | undefined; ;) {
    const page = await auditList(chainOf)(ports)({ ...asked, check: 'C21', limit: pageSize, ...(cursor === undefined ? {} : { cursor }) });
    yield* page.tickets.filter((row) => verdict === undefined || has(row, verdict));
    if (page.next === undefined) return;
    cursor = page.next;
  }
}

/** The checks of this row with this verdict, in order. */
export const checksWith = ({ verdicts }: AuditListed, verdict: string): readonly string[] =>
  Object.entries(verdicts)
    .filter(([, one]) => one === verdict)
    .map(([id]) => id)
    .sort();
