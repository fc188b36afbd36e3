import { pause } from '../kernel/pause';
import type { Verdict } from '../../domain/audit/check';
import { type CheckId, verdictsOf } from '../../domain/audit/judge';
import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import type { Ports } from '../kernel/ports/ports';
import { type Condition, type Page, RowParked, type Selection } from '../kernel/ports/read-models';
import { type AuditRow, tables } from '../kernel/ports/tables';
import { type AuditedTicket, type AuditQuery, auditTicket, type ChainOf } from './audit-ticket';
import { confirmableHere, rowHere } from './observers';
import { parkedIn } from '../staff/staff-calendar';
import { Query } from '../kernel/message';

/** How it is known. `confirmable`: only declared, where a system of this installation could have confirmed it. */
export const gradeFilters = ['observed', 'declared', 'confirmable'] as const;
export type GradeFilter = (typeof gradeFilters)[number];

/** `grade` alone: of what was found kept, or (`confirmable`) of any check; with `check`: of that check. */
type AskedOfRow = { readonly verdict?: Verdict; readonly grade?: GradeFilter; readonly check?: CheckId };

/** `verdict` alone: overall, or any check's when it is none of an overall; with `check`: of that check. */
export type AuditListQuery = AskedOfRow & {
  readonly from?: Instant;
  readonly before?: Instant;
  readonly staffId?: string;
  /** The verdicts as they were then, from what was known then; a ticket that nobody had asked for by then is left out. Without it: now. */
  readonly asOf?: Instant;
} & Pick<Selection, 'limit' | 'cursor'>;
export type AuditListed = Omit<AuditRow, 'position' | 'nextChangeAt' | 'confirmableBy' | 'duties' | 'owedUntil' | 'lastLimitAt'>;
export type AuditListView = { readonly tickets: readonly AuditListed[]; readonly parked: number; readonly next?: string };

export class ListAuditedTickets extends Query<AuditListQuery, AuditListView> {}

/**
 * One row a ticket with its verdicts as they are now, or were at `asOf`: a row that says nothing of that moment is judged again.
 * Which tickets there are, in what order, and where their meetings stand is told as of now in any case.
 * Asked about C21, every row is: its verdict is in no table, for only the log itself can tell.
 * A page is full unless the table ends, however few rows have the verdict asked for.
 */
export const auditList =
  (chainOf: ChainOf) =>
  (ports: Ports) =>
  async ({ from, before, staffId, asOf, limit, cursor, ...asked }: AuditListQuery): Promise<AuditListView> => {
    const time: readonly Condition[] =
      from === undefined && before === undefined ? [] : [{ column: 'startsAt', ...defined({ from, before }) }];
    const couldBeSeen: readonly Condition[] =
      asked.grade === 'confirmable' && asOf === undefined ? [{ column: 'confirmableBy', in: confirmableHere(ports) }] : [];
    const moment = asOf === undefined ? { now: ports.clock.now() } : { asOf };
    const pages: PagesOfTickets = {
      select: (bounds) =>
        ports.readModels.select<AuditRow>(tables.auditTrail, {
          where: [...time, ...couldBeSeen, ...(staffId === undefined ? [] : [{ column: 'staffId', is: staffId }])],
          orderBy: [{ column: 'startsAt' }],
          ...bounds,
        }),
      judge: async (row) => {
        const judged = await rowAt(ports, chainOf, row, moment, asked.check === 'C21');
        return judged !== undefined && has(judged, asked) ? judged : undefined;
      },
    };
    return { ...(await fillPage(pages, defined({ limit, cursor }))), parked: await parkedIn(ports, tables.auditTrail) };
  };

type PagesOfTickets = {
  readonly select: (bounds: { readonly limit: number; readonly cursor?: string }) => Promise<Page<AuditRow>>;
  /** `undefined` for a row that was not asked for */
  readonly judge: (row: AuditRow) => Promise<AuditListed | undefined>;
};
type Looked = { readonly at: number; readonly row: AuditRow; readonly listed: AuditListed };

const usualPage = 1000;
/** Rows looked at together once the first page has not filled the answer. */
const furtherRows = 200;

/** Looks at row after row until the page is full or the table ends; `next` stands right behind the last row that was shown. */
const fillPage = async (
  { select, judge }: PagesOfTickets,
  { limit = usualPage, cursor }: Pick<Selection, 'limit' | 'cursor'>,
): Promise<Pick<AuditListView, 'tickets' | 'next'>> => {
  const tickets: AuditListed[] = [];
  let from = defined({ cursor });
  let size = limit;
  for (;;) {
    const { rows, next } = await select({ ...from, limit: size });
    const judged = await Promise.all(rows.map(judge));
    const found = judged.flatMap((listed, at): readonly Looked[] => {
      const row = rows[at];
      return listed === undefined || row === undefined ? [] : [{ at, row, listed }];
    });
    const left = limit - tickets.length;
    const last = found.length > left ? found[left - 1] : undefined;
    if (last === undefined) {
      tickets.push(...found.map(({ listed }) => listed));
      if (next === undefined) return { tickets };
      if (tickets.length >= limit) return { tickets, next };
      from = { cursor: next };
      size = Math.max(limit - tickets.length, furtherRows);
    } else {
      const shown = await select({ ...from, limit: last.at + 1 });
      // Rows that moved meanwhile: this page is looked at again, so that none is left out or shown twice.
      if (shown.rows.at(-1)?.ticketId !== last.row.ticketId) continue;
      tickets.push(...found.slice(0, left).map(({ listed }) => listed));
      return { tickets, ...defined({ next: shown.next }) };
    }
    // A long look lets others run.
    await pause(0);
  }
};

/** Whether the row has it: as `AuditListQuery` says. */
export const has = (row: AuditListed, { verdict, grade, check }: AskedOfRow): boolean =>
  (verdict === undefined || hasVerdict(row, verdict, check)) && (grade === undefined || hasGrade(row, grade, check));

const hasGrade = (row: AuditListed, grade: GradeFilter, check?: CheckId): boolean => {
  if (grade === 'confirmable') return check === undefined ? Object.keys(row.observable).length > 0 : row.observable[check] !== undefined;
  return (check === undefined ? row.grade : row.grades[check]) === grade;
};

const hasVerdict = (row: AuditListed, verdict: Verdict, check?: CheckId): boolean => {
  if (check !== undefined) return row.verdicts[check] === verdict;
  if (verdict === 'pass' || verdict === 'fail' || verdict === 'pending') return row.overall === verdict;
  return Object.values(row.verdicts).includes(verdict);
};

/** `undefined` where the evidence of this one ticket is parked: the others of the list are not kept from being told. */
export const judgedAgain = async (
  ports: Ports,
  chainOf: ChainOf,
  ticketId: string,
  moment: Omit<AuditQuery, 'ticketId'>,
): Promise<AuditedTicket | Refusal | undefined> => {
  try {
    return await auditTicket(chainOf)(ports)({ ticketId, ...moment });
  } catch (error) {
    if (error instanceof RowParked) return undefined;
    throw error;
  }
};

const withoutGrades: Pick<AuditRow, 'grade' | 'grades' | 'observable'> = { grade: null, grades: {}, observable: {} };

type Moment = { readonly now: Instant } | { readonly asOf: Instant };

/** The row as of a moment; none of a past one in which the ticket was not asked for, or of which nothing can be told. */
const rowAt = async (ports: Ports, chainOf: ChainOf, row: AuditRow, moment: Moment, anew: boolean): Promise<AuditListed | undefined> => {
  const { position: _, confirmableBy: __, duties: ___, owedUntil: ____, lastLimitAt: _____, nextChangeAt, ...kept } = row;
  // Rows of a former version say nothing of grades, and are read until the service that is started next has filled the table anew.
  const listed = rowHere(ports, { ...withoutGrades, ...kept });
  const [at, isPast] = 'asOf' in moment ? [moment.asOf, true] : [moment.now, false];
  // written from what came after this moment, or while a clock was ahead of this one
  const isLater = row.asOf > at;
  const stands = !isLater && (nextChangeAt === null || nextChangeAt >= at);
  if (stands && !anew) return isPast ? { ...listed, asOf: at } : listed;
  const again = await judgedAgain(ports, chainOf, row.ticketId, moment);
  if (again === undefined || isRefusal(again)) return isPast && !stands ? undefined : listed;
  return { ...listed, ...verdictsOf(again), asOf: at };
};
