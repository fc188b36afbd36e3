import type { Ports } from '../../../application/kernel/ports/ports';
import type { Condition } from '../../../application/kernel/ports/read-models';
import { type AuditRow, tables } from '../../../application/kernel/ports/tables';
import { type AuditListQuery, judgedAgain } from '../../../application/audit/audit-list';
import type { Overall } from '../../../domain/audit/judge';
import { defined } from '../../../domain/kernel/defined';
import { isRefusal } from '../../../domain/kernel/refusal';

/** `exact` is false where more rows wait to be judged again than are looked at. */
export type OverallCounts = Readonly<Record<Overall, number>> & { readonly exact: boolean };

const overalls: readonly Overall[] = ['fail', 'pending', 'pass'];
/** Rows whose time has come since they were written; there are few, for most facts bring another. */
const mostJudgedAgain = 200;

/** How many tickets of a period and a person have which verdict now: counted in the table, and the rows whose time has come judged again. */
export const overallCounts = async (
  ports: Ports,
  { from, before, staffId }: Pick<AuditListQuery, 'from' | 'before' | 'staffId'>,
): Promise<OverallCounts> => {
  const scope: readonly Condition[] = [
    ...(from === undefined && before === undefined ? [] : [{ column: 'startsAt', ...defined({ from, before }) }]),
    ...(staffId === undefined ? [] : [{ column: 'staffId', is: staffId }]),
  ];
  const counts: Record<Overall, number> = { fail: 0, pending: 0, pass: 0 };
  for (const overall of overalls) {
    counts[overall] = await ports.readModels.count(tables.auditTrail, [...scope, { column: 'overall', is: overall }]);
  }
  const now = ports.clock.now();
  const { rows, next } = await ports.readModels.select<AuditRow>(tables.auditTrail, {
    where: [...scope, { column: 'nextChangeAt', from: '', before: now }],
    orderBy: [{ column: 'nextChangeAt' }],
    limit: mostJudgedAgain,
  });
  for (const { ticketId, overall } of rows) {
    // the chain does not count here: it is in no row of the table
    const again = await judgedAgain(ports, () => Promise.resolve({ intact: true }), ticketId, now);
    if (again === undefined || isRefusal(again)) continue;
    counts[overall] -= 1;
    counts[again.overall] += 1;
  }
  return { ...counts, exact: next === undefined };
};
