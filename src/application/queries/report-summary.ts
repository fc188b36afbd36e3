import type { CivilDate } from '../../domain/kernel/instant';
import { startOfDay, startOfNextDay } from '../../domain/time/civil-time';
import type { Ports } from '../ports/ports';
import { tables, type TicketFactsRow } from '../ports/tables';

export const summaryDimensions = ['department', 'mode', 'week', 'staff'] as const;
export type SummaryDimension = (typeof summaryDimensions)[number];

/** Dates of the meetings, both inclusive. */
export type SummaryAsked = { readonly from: CivilDate; readonly to: CivilDate; readonly by: SummaryDimension };
/** Numbers only. Averages are `null` where there is nothing to average. */
export type SummaryRow = {
  readonly key: string;
  readonly tickets: number;
  readonly held: number;
  readonly cancelled: number;
  readonly citizenAbsent: number;
  readonly staffAbsent: number;
  readonly rescheduledByCitizen: number;
  readonly rescheduledByStaff: number;
  readonly recorded: number;
  readonly recordingMissing: number;
  readonly resolutionsIssued: number;
  readonly averageLeadHours: number | null;
  readonly averageMinutes: number | null;
  readonly averageResolutionMinutes: number | null;
};
export type Summary = {
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly by: SummaryDimension;
  readonly rows: readonly SummaryRow[];
};

const keyOf: Readonly<Record<SummaryDimension, (row: TicketFactsRow) => string>> = {
  department: ({ department }) => department,
  mode: ({ mode }) => mode,
  week: ({ week }) => week ?? '',
  staff: ({ staffId }) => staffId,
};

/** For the dashboard: scheduled meetings of a period, counted. */
export const reportSummary =
  (ports: Ports) =>
  async ({ from, to, by }: SummaryAsked): Promise<Summary> => {
    const groups = new Map<string, TicketFactsRow[]>();
    for await (const row of everyRow(ports, from, to)) {
      const key = keyOf[by](row);
      const group = groups.get(key);
      if (group === undefined) groups.set(key, [row]);
      else group.push(row);
    }
    const rows = [...groups].sort(([a], [b]) => (a < b ? -1 : 1)).map(([key, group]) => summaryOf(key, group));
    return { from, to, by, rows };
  };

const everyRow = async function* (ports: Ports, from: CivilDate, to: CivilDate): AsyncGenerator<TicketFactsRow> {
  let cursor: string | undefined;
  do {
    const page = await ports.readModels.select<TicketFactsRow>(tables.ticketFacts, {
      where: [{ column: 'scheduledFor', from: startOfDay(from), before: startOfNextDay(to) }],
      orderBy: [{ column: 'scheduledFor' }],
      limit: 500,
      ...(cursor === undefined ? {} : { cursor }),
    });
    yield* page.rows;
    cursor = page.next;
  } while (cursor !== undefined);
};

const average = (numbers: readonly (number | null)[]): number | null => {
  const known = numbers.filter((number) => number !== null);
  if (known.length === 0) return null;
  return Math.round((known.reduce((sum, number) => sum + number, 0) / known.length) * 10) / 10;
};
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const summaryOf = (key: string, rows: readonly TicketFactsRow[]): SummaryRow => {
  const count = (holds: (row: TicketFactsRow) => boolean): number => rows.filter(holds).length;
  return {
    key,
    tickets: rows.length,
    held: count(({ held }) => held),
    cancelled: count(({ cancelledBy }) => cancelledBy !== null),
    citizenAbsent: count(({ citizenAbsent }) => citizenAbsent),
    staffAbsent: count(({ staffAbsent }) => staffAbsent),
    rescheduledByCitizen: sum(rows.map(({ rescheduledByCitizen }) => rescheduledByCitizen)),
    rescheduledByStaff: sum(rows.map(({ rescheduledByStaff }) => rescheduledByStaff)),
    recorded: count(({ recorded }) => recorded),
    recordingMissing: count(({ recordingMissing }) => recordingMissing),
    resolutionsIssued: count(({ resolutionIssued }) => resolutionIssued),
    averageLeadHours: average(rows.map(({ leadHours }) => leadHours)),
    averageMinutes: average(rows.map(({ minutes }) => minutes)),
    averageResolutionMinutes: average(rows.map(({ resolutionAfterMinutes }) => resolutionAfterMinutes)),
  };
};
