import type { Ports } from '../../application/kernel/ports/ports';
import { auditList, has, type AuditListQuery, type AuditListed } from '../../application/audit/audit-list';
import { defined } from '@tichet-albastru/kernel/defined';
import { chainOf } from '../proof/chain-of';

const rowsAtOnce = 200;

/** Every ticket that was asked for, page by page, judged over the log itself, as of now or of the moment that was asked for: asked about C21, every row is. */
export async function* auditRows(
  ports: Ports,
  { verdict, grade, check, ...scope }: Omit<AuditListQuery, 'limit' | 'cursor'>,
): AsyncGenerator<AuditListed> {
  for (let cursor: string | undefined; ;) {
    const page = await auditList(chainOf)(ports)({
      ...scope,
      check: 'C21',
      limit: rowsAtOnce,
      ...defined({ cursor }),
    });
    yield* page.tickets.filter((row) => has(row, defined({ verdict, grade, check })));
    if (page.next === undefined) return;
    cursor = page.next;
  }
}
