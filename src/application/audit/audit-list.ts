import { listedInParts, type PartsOfList, placeInList } from '../kernel/reading/listed-in-parts';
import type { Verdict } from '../../domain/audit/check';
import { type CheckId, verdictsOf } from '../../domain/audit/judge';
import { dutiesAt, type DutyAt } from '../../domain/duties/duties';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import type { Ground } from '../../domain/request/facts';
import type { Mode } from '../../domain/ticket/facts';
import type { Ports } from '../kernel/ports/ports';
import { type Condition, RowParked, type Selection, UnknownColumn } from '@tichet-albastru/event-log/ports/read-models';
import { type AuditRow, tables } from '../kernel/ports/tables';
import { type AuditedTicket, type AuditQuery, auditTicket, type ChainOf } from './audit-ticket';
import { confirmableElsewhere, confirmableHere, rowHere } from './observers';
import { parkedIn } from '../kernel/reading/parked-in';
import { Query } from '../kernel/message';

/** How it is known. `confirmable`: only declared, where a system of this installation could have confirmed it. */
export const gradeFilters = ['observed', 'declared', 'confirmable'] as const;
export type GradeFilter = (typeof gradeFilters)[number];

/** `grade` alone: of what was found kept, or (`confirmable`) of any check; with `check`: of that check. */
type AskedOfRow = { readonly verdict?: Verdict; readonly grade?: GradeFilter; readonly check?: CheckId };

/** Which tickets, by where the meeting stands and what it is about; each narrows the others. */
export type AuditScope = {
  /** of the beginning of the meeting */
  readonly from?: Instant;
  readonly before?: Instant;
  readonly staffId?: string;
  readonly departmentCode?: string;
  readonly mode?: Mode;
  readonly ground?: Ground['kind'];
  readonly reference?: string;
  /** of the request, in its canonical form; of every date where none is named */
  readonly requestNumber?: string;
  readonly filedOn?: CivilDate;
};

/** `verdict` alone: overall, or any check's when it is none of an overall; with `check`: of that check. */
export type AuditListQuery = AskedOfRow &
  AuditScope & {
    /** The verdicts as they were then, from what was known then; a ticket that was not asked for by then is left out. Without it: now. */
    readonly asOf?: Instant;
    /** the earliest meeting first, and nothing else; left out: what is to be looked at first */
    readonly order?: 'earliest';
  } & Pick<Selection, 'limit' | 'cursor'>;
export type AuditListed = Omit<
  AuditRow,
  'position' | 'nextChangeAt' | 'confirmableBy' | 'attention' | 'failsAfter' | 'duties' | 'owedUntil' | 'lastLimitAt' | 'offeredTo'
> & {
  /** what was still owed about it then, the most urgent; null where nothing was owed by a time; left out where it is not known yet */
  readonly owed?: OwedThen | null;
};
export type OwedThen = Pick<DutyAt, 'kind' | 'targetAt' | 'limitAt' | 'overdue'>;
export type AuditListView = {
  readonly tickets: readonly AuditListed[];
  readonly parked: number;
  readonly next?: string;
  /** where nothing was put before the newest: of a past moment, and while the table of a former version is read */
  readonly newestFirst?: true;
};

export class ListAuditedTickets extends Query<AuditListQuery, AuditListView> {}

const equalColumns = ['staffId', 'departmentCode', 'mode', 'ground', 'reference', 'requestNumber', 'filedOn'] as const;

/** The tickets of this scope in the table. */
export const auditScope = ({ from, before, ...equal }: AuditScope): readonly Condition[] => [
  ...(from === undefined && before === undefined ? [] : [{ column: 'startsAt', ...defined({ from, before }) }]),
  ...equalColumns.flatMap((column) => {
    const is = equal[column];
    return is === undefined ? [] : [{ column, is }];
  }),
];

/**
 * One row a ticket with its verdicts as they are now, or were at `asOf`: a row that says nothing of that moment is judged again.
 * The order: first those that fail, then those with a declared item that a system of this installation could have confirmed, then the
 * others; within each the newest meeting first. For a past moment, and while the table of a former version is read, only the newest first.
 * The moment at which the first page was asked for decides on which page a row is, so that no verdict that turns meanwhile moves it.
 * Which tickets there are and where their meetings stand is told as of now in any case.
 * The table of a former version says nothing of grounds and numbers of requests: asked about them, nothing is told until the new one is
 * filled.
 * Asked about C21, every row is judged: its verdict is in no table, for only the log itself can tell.
 * A page is full unless the table ends, however few rows have the verdict asked for.
 * @throws UnknownColumn
 */
export const auditList =
  (chainOf: ChainOf) =>
  (ports: Ports) =>
  async ({ verdict, grade, check, asOf, order, limit, cursor, ...scope }: AuditListQuery): Promise<AuditListView> => {
    const asked = defined({ verdict, grade, check });
    const now = ports.clock.now();
    const place = placeInList('audited', cursor, now);
    const judging: Judging = { ports, chainOf, anew: check === 'C21', moment: asOf === undefined ? { now } : { asOf } };
    const parked = await parkedIn(ports, tables.auditTrail);
    const look = async (among: AuditScope, parts: readonly Part[]): Promise<AuditListView> => {
      const { rows, next } = await listedInParts(partsOfTickets(judging, auditScope(among), asked, parts), place, limit);
      return { tickets: rows, parked, ...defined({ next }) };
    };
    const lookNewestFirst = async (among: AuditScope, isMeant?: Part['isMeant']): Promise<AuditListView> => ({
      ...(await look(among, [{ where: [], ...defined({ isMeant }) }])),
      newestFirst: true,
    });
    try {
      if (order === 'earliest') return await look(scope, [{ where: [], earliestFirst: true }]);
      return await (asOf === undefined ? look(scope, partsOf(ports, place.firstAskedAt, asked)) : lookNewestFirst(scope));
    } catch (error) {
      // the table of a former version, which is read until the new one is filled, has fewer columns, and its rows lack what two of them hold
      if (!(error instanceof UnknownColumn) || scope.ground !== undefined || scope.requestNumber !== undefined) throw error;
      const { from, before, staffId, departmentCode, mode, reference } = scope;
      const isMeant = (row: AuditRow): boolean =>
        (mode === undefined || row.mode === mode) && (reference === undefined || row.reference === reference);
      return lookNewestFirst(defined({ from, before, staffId, departmentCode }), isMeant);
    }
  };

/** One part of the list: rows that some columns choose, and among them those that stand in this part as they are judged. */
type Part = {
  readonly where: readonly Condition[];
  readonly earliestFirst?: true;
  readonly fails?: { readonly is: boolean; readonly at: Instant };
  readonly isMeant?: (row: AuditRow) => boolean;
};

const partsOf = (ports: Ports, at: Instant, { verdict, grade, check }: AskedOfRow): readonly Part[] => {
  const [here, elsewhere] = [confirmableHere(ports), confirmableElsewhere(ports)];
  const ofGrade: readonly Condition[] = grade === 'confirmable' ? [{ column: 'confirmableBy', in: here }] : [];
  const failing: Part = { where: [...ofGrade, { column: 'failsAfter', before: at }], fails: { is: true, at } };
  const keptWith = (attention: readonly string[]): Part => ({
    where: [...ofGrade, { column: 'attention', in: attention }],
    fails: { is: false, at },
  });
  const others = [keptWith(here), ...(grade === 'confirmable' ? [] : [keptWith([...elsewhere, 'none'])])];
  // C21 stands in no column: a ticket may fail by it alone
  if (verdict === 'fail' && check !== 'C21') return [failing];
  if ((verdict === 'pass' || verdict === 'pending') && check === undefined) return others;
  return [failing, ...others];
};

const partsOfTickets = (
  judging: Judging,
  scope: readonly Condition[],
  asked: AskedOfRow,
  parts: readonly Part[],
): PartsOfList<AuditRow, AuditListed> => ({
  parts: parts.length,
  select: (part, bounds) =>
    judging.ports.readModels.select<AuditRow>(tables.auditTrail, {
      where: [...scope, ...(parts[part]?.where ?? [])],
      orderBy: [{ column: 'startsAt', descending: parts[part]?.earliestFirst !== true }],
      ...bounds,
    }),
  judge: async (part, row) => {
    const { fails, isMeant } = parts[part] ?? {};
    if (isMeant?.(row) === false) return undefined;
    if (fails !== undefined && (await failsAt(judging, row, fails.at)) !== fails.is) return undefined;
    const judged = await rowAt(judging, row);
    return judged !== undefined && has(judged, asked) ? judged : undefined;
  },
  keyOf: ({ ticketId }) => ticketId,
});

/** The chain does not count here: it is in no row of the table. */
const wholeChain: ChainOf = () => Promise.resolve({ intact: true });

/** Whether it failed then by what is known now. */
const failsAt = async ({ ports }: Judging, row: AuditRow, at: Instant): Promise<boolean> => {
  const stands = row.asOf > at || row.nextChangeAt === null || row.nextChangeAt >= at;
  const again = stands ? undefined : await judgedAgain(ports, wholeChain, row.ticketId, { now: at });
  return (again === undefined || isRefusal(again) ? row.overall : again.overall) === 'fail';
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
    return await auditTicket(chainOf, true)(ports)({ ticketId, ...moment });
  } catch (error) {
    if (error instanceof RowParked) return undefined;
    throw error;
  }
};

const withoutGrades: Pick<AuditRow, 'grade' | 'grades' | 'observable'> = { grade: null, grades: {}, observable: {} };

/** They come with the most urgent first. */
const mostUrgent = (duties: readonly DutyAt[]): OwedThen | null => {
  const owed = duties.find(({ state, overdue }) => state === 'open' || overdue);
  if (owed === undefined) return null;
  const { kind, targetAt, limitAt, overdue } = owed;
  return { kind, limitAt, ...defined({ targetAt }), overdue };
};

type Moment = { readonly now: Instant } | { readonly asOf: Instant };
type Judging = {
  readonly ports: Ports;
  readonly chainOf: ChainOf;
  readonly moment: Moment;
  /** also a row that stands */
  readonly anew: boolean;
};

/** The row as of a moment; none for a past one at which the ticket was not asked for yet, or about which nothing can be told. */
const rowAt = async ({ ports, chainOf, moment, anew }: Judging, row: AuditRow): Promise<AuditListed | undefined> => {
  const { position, confirmableBy, attention, failsAfter, nextChangeAt, duties, owedUntil, lastLimitAt, offeredTo, ...kept } = row;
  // Rows of a former version say nothing of grades and duties, and are read until the service that is started next has filled the table anew.
  const [at, isPast] = 'asOf' in moment ? [moment.asOf, true] : [moment.now, false];
  const owed = 'duties' in row ? { owed: mostUrgent(dutiesAt(duties, at)) } : {};
  const listed = { ...rowHere(ports, { ...withoutGrades, ...kept }), ...owed };
  // written from what came after this moment, or while a clock was ahead of this one
  const isLater = row.asOf > at;
  const stands = !isLater && (nextChangeAt === null || nextChangeAt >= at);
  if (stands && !anew) return isPast ? { ...listed, asOf: at } : listed;
  const again = await judgedAgain(ports, chainOf, row.ticketId, moment);
  if (again === undefined || isRefusal(again)) return isPast && !stands ? undefined : listed;
  return { ...listed, ...verdictsOf(again), owed: mostUrgent(again.duties), asOf: at };
};
