import type { CheckId, Verdict } from '../../domain/audit/check';
import type { Instant } from '../../domain/kernel/instant';
import { isRefusal } from '../../domain/kernel/refusal';
import type { Ports } from '../ports/ports';
import type { Condition, Selection } from '../ports/read-models';
import { type AuditRow, tables } from '../ports/tables';
import { auditTicket, type ChainOf } from './audit-ticket';
import { parkedIn } from './staff-calendar';

/** `verdict` alone: overall, or any check's when it is none of an overall; with `check`: of that check. */
export type AuditListAsked = {
  readonly verdict?: Verdict;
  readonly check?: CheckId;
  readonly from?: Instant;
  readonly before?: Instant;
  readonly staffId?: string;
} & Pick<Selection, 'limit' | 'cursor'>;
export type AuditListed = Omit<AuditRow, 'position' | 'nextChangeAt'>;
export type AuditListShown = { readonly tickets: readonly AuditListed[]; readonly parked: number; readonly next?: string };

/**
 * One row a ticket with its verdicts as they are now: a row whose time has come since it was written is judged again.
 * Asked about C21, every row is: its verdict is in no table, for only the log itself can tell.
 * So a page may hold fewer rows than its limit; `next` says whether there are more.
 */
export const auditList =
  (chainOf: ChainOf) =>
  (ports: Ports) =>
  async ({ verdict, check, from, before, staffId, ...page }: AuditListAsked): Promise<AuditListShown> => {
    const time: readonly Condition[] =
      from === undefined && before === undefined
        ? []
        : [{ column: 'startsAt', ...(from === undefined ? {} : { from }), ...(before === undefined ? {} : { before }) }];
    const { rows, next } = await ports.readModels.select<AuditRow>(tables.auditTrail, {
      where: [...time, ...(staffId === undefined ? [] : [{ column: 'staffId', is: staffId }])],
      orderBy: [{ column: 'startsAt' }],
      ...page,
    });
    const now = ports.clock.now();
    const judged = await Promise.all(rows.map((row) => asOfNow(ports, chainOf, row, now, check === 'C21')));
    return {
      tickets: judged.filter((row) => verdict === undefined || has(row, verdict, check)),
      parked: await parkedIn(ports, tables.auditTrail),
      ...(next === undefined ? {} : { next }),
    };
  };

const has = (row: AuditListed, verdict: Verdict, check: CheckId | undefined): boolean => {
  if (check !== undefined) return row.verdicts[check] === verdict;
  if (verdict === 'pass' || verdict === 'fail' || verdict === 'pending') return row.overall === verdict;
  return Object.values(row.verdicts).includes(verdict);
};

const asOfNow = async (ports: Ports, chainOf: ChainOf, row: AuditRow, now: Instant, anew: boolean): Promise<AuditListed> => {
  const { position: _, nextChangeAt, ...listed } = row;
  if (!anew && (nextChangeAt === null || nextChangeAt >= now)) return listed;
  const again = await auditTicket(chainOf)(ports)({ ticketId: row.ticketId, asOf: now });
  if (isRefusal(again)) return listed;
  const { overall, warnings, waived, checks } = again;
  return {
    ...listed,
    overall,
    warnings,
    waived,
    verdicts: Object.fromEntries(checks.map((check) => [check.id, check.verdict])),
    asOf: now,
  };
};
