import type { CivilDate } from '../../domain/kernel/fact';
import { addDays, daysBetween, isoWeekOf, mondayOf } from '../../domain/time/civil-time';
import { Query } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { tables, type TicketFactsRow } from '../kernel/ports/tables';
import { parkedIn } from '../kernel/reading/parked-in';
import { everyDepartment } from '../staff/staff-directory';
import { type Figures, figuresOf, type Period, ticketsOfPeriod } from './counted-tickets';

/**
 * `departments`: these only, by their codes; the table of departments has them all, so that another can be chosen.
 * `departmentCode`: nothing of any other is counted, nor named.
 */
export type FiguresQuery = Period & { readonly departments?: readonly string[]; readonly departmentCode?: string };

/** The days of one ISO week that belong to the period: the first and the last week may be cut. */
export type WeekFigures = Period & { readonly figures: Figures };

export type ReportFigures = Period & {
  readonly total: Figures;
  /** to compare with: as many of the same weekdays */
  readonly before: Period & { readonly total: Figures };
  /** every week of the period, also those without a meeting */
  readonly weeks: readonly WeekFigures[];
  readonly departments: readonly DepartmentRow[];
};

const daysAWeek = 7;

/**
 * The same weekdays, whole weeks earlier, and not a day of the period itself. A period that ends on a Wednesday has three working
 * days in its last week, and so has this one.
 */
export const periodBefore = ({ from, to }: Period): Period => {
  const back = -Math.ceil((daysBetween(from, to) + 1) / daysAWeek) * daysAWeek;
  return { from: addDays(from, back), to: addDays(to, back) };
};

/** The period cut at every Monday. */
export const weeksOf = ({ from, to }: Period): readonly Period[] => {
  const weeks: Period[] = [];
  const later = (a: CivilDate, b: CivilDate): CivilDate => (a > b ? a : b);
  for (let monday = mondayOf(from); monday <= to; monday = addDays(monday, daysAWeek)) {
    const sunday = addDays(monday, daysAWeek - 1);
    weeks.push({ from: later(monday, from), to: sunday < to ? sunday : to });
  }
  return weeks;
};

/** What the rows of a period come to. Every ticket is in one week and in one department. */
export const foldFigures = (
  { departments, ...period }: FiguresQuery,
  rows: readonly TicketFactsRow[],
  rowsBefore: readonly TicketFactsRow[],
  names: DepartmentNames = new Map(),
): ReportFigures => {
  const asked = (row: TicketFactsRow): boolean => departments === undefined || departments.includes(row.departmentCode);
  const chosen = rows.filter(asked);
  const ofWeek = new Map(countedBy('week', chosen).map(({ key, ...figures }) => [key, figures]));
  return {
    from: period.from,
    to: period.to,
    total: figuresOf(chosen),
    before: { ...periodBefore(period), total: figuresOf(rowsBefore.filter(asked)) },
    weeks: weeksOf(period).map((week) => ({ ...week, figures: ofWeek.get(isoWeekOf(week.from)) ?? figuresOf([]) })),
    departments: countedByDepartment(rows, names),
  };
};

/** `parked`: tickets of all departments and days that wait for an administrator, and are counted as they were before, or not at all. */
export type ReportFiguresNow = ReportFigures & { readonly parked: number };

export class GetReportFigures extends Query<FiguresQuery, ReportFiguresNow> {}

/** For the manager: a period week by week and department by department, and the period before to compare with. */
export const reportFigures =
  (ports: Ports) =>
  async (asked: FiguresQuery): Promise<ReportFiguresNow> => ({
    ...foldFigures(
      asked,
      await ticketsOfPeriod(ports, asked),
      await ticketsOfPeriod(ports, { ...periodBefore(asked), departmentCode: asked.departmentCode }),
      await departmentNames(ports),
    ),
    parked: await parkedIn(ports, tables.ticketFacts),
  });

export const summaryDimensions = ['department', 'mode', 'week', 'staff'] as const;
export type SummaryDimension = (typeof summaryDimensions)[number];

export type SummaryQuery = Period & { readonly by: SummaryDimension; readonly departmentCode?: string };
/** `key` of a department: its name, which another may have too; the code is its own. */
export type SummaryRow = Figures & { readonly key: string; readonly departmentCode?: string };
export type DepartmentRow = SummaryRow & { readonly departmentCode: string };
export type Summary = Period & { readonly by: SummaryDimension; readonly rows: readonly SummaryRow[]; readonly parked: number };

/** The name of each department by its code. */
type DepartmentNames = ReadonlyMap<string, string>;
const departmentNames = async (ports: Pick<Ports, 'readModels'>): Promise<DepartmentNames> =>
  new Map((await everyDepartment(ports)).map(({ departmentCode, department }) => [departmentCode, department]));

const keyOf: Readonly<Record<SummaryDimension, (row: TicketFactsRow) => string>> = {
  // a name changes, and two may have one
  department: ({ departmentCode }) => departmentCode,
  mode: ({ mode }) => mode,
  week: ({ week }) => week ?? '',
  staff: ({ staffId }) => staffId,
};

/** The tickets counted by one of their sides, in the order of its values. */
const countedBy = (by: SummaryDimension, rows: readonly TicketFactsRow[]): readonly SummaryRow[] => {
  const groups = new Map<string, TicketFactsRow[]>();
  for (const row of rows) {
    const key = keyOf[by](row);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [row]);
    else group.push(row);
  }
  return [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => ({ key, ...figuresOf(group) }));
};

/** By code, shown by name and in the order of names; a department that the directory does not know has the name that its tickets have. */
const countedByDepartment = (rows: readonly TicketFactsRow[], known: DepartmentNames): readonly DepartmentRow[] => {
  const names = new Map([...rows.map(({ departmentCode, department }) => [departmentCode, department] as const), ...known]);
  return countedBy('department', rows)
    .map(({ key: departmentCode, ...figures }) => ({ key: names.get(departmentCode) ?? departmentCode, ...figures, departmentCode }))
    .toSorted(({ key: one }, { key: other }) => (one < other ? -1 : one > other ? 1 : 0));
};

export class GetReportSummary extends Query<SummaryQuery, Summary> {}

/** For programs: scheduled meetings of a period, counted. */
export const reportSummary =
  (ports: Ports) =>
  async ({ from, to, by, departmentCode }: SummaryQuery): Promise<Summary> => {
    const tickets = await ticketsOfPeriod(ports, { from, to, departmentCode });
    const rows = by === 'department' ? countedByDepartment(tickets, await departmentNames(ports)) : countedBy(by, tickets);
    return { from, to, by, rows, parked: await parkedIn(ports, tables.ticketFacts) };
  };
