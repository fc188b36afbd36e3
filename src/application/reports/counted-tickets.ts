import type { CivilDate } from '../../domain/kernel/fact';
import { wholeDays } from '../../domain/time/civil-time';
import { allRows } from '../kernel/reading/all-rows';
import type { Ports } from '../kernel/ports/ports';
import { tables, type TicketFactsRow } from '../kernel/ports/tables';

/** Dates of meetings, both inclusive. */
export type Period = { readonly from: CivilDate; readonly to: CivilDate };

/** Scheduled tickets whose meeting stands on one of these days, the earliest first; of one department, where its code is named. */
export const ticketsOfPeriod = (
  ports: Ports,
  { from, to, departmentCode }: Period & { readonly departmentCode?: string | undefined },
): Promise<readonly TicketFactsRow[]> =>
  allRows(ports, tables.ticketFacts, {
    where: [
      { column: 'scheduledFor', ...wholeDays({ from, to }) },
      ...(departmentCode === undefined ? [] : [{ column: 'departmentCode', is: departmentCode }]),
    ],
    orderBy: [{ column: 'scheduledFor' }],
  });

/** What reports count of some tickets. Numbers only. Averages and medians are `null` where there is nothing to make one of. */
export type Figures = {
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
  /** A12: those that are to be recorded */
  readonly heldOnline: number;
  /** A13: the citizen objected, and was offered another way */
  readonly recordingWaived: number;
  /** sent, or handed over where there is no e-mail (A11) */
  readonly resolutionsDelivered: number;
  /** A17: from the end of the meeting; half of the resolutions took no longer */
  readonly medianResolutionMinutes: number | null;
  /** of those recorded: a person says so, and no video service has confirmed it */
  readonly recordedDeclared: number;
  /** of the resolutions delivered: a person says that it was handed over */
  readonly resolutionsDeclared: number;
};

const tenths = (value: number): number => Math.round(value * 10) / 10;

/** Numbers, some of them not known. */
class Known {
  readonly #numbers: number[] = [];

  add(number: number | null): void {
    if (number !== null) this.#numbers.push(number);
  }

  get average(): number | null {
    const { length } = this.#numbers;
    return length === 0 ? null : tenths(this.#numbers.reduce((total, number) => total + number, 0) / length);
  }

  get median(): number | null {
    return median(this.#numbers);
  }
}

/** The one in the middle, or half-way between the two in the middle. */
export const median = (numbers: readonly number[]): number | null => {
  const sorted = Float64Array.from(numbers).sort();
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : tenths((low + high) / 2);
};

const none = {
  held: 0,
  cancelled: 0,
  citizenAbsent: 0,
  staffAbsent: 0,
  rescheduledByCitizen: 0,
  rescheduledByStaff: 0,
  recorded: 0,
  recordingMissing: 0,
  resolutionsIssued: 0,
  heldOnline: 0,
  recordingWaived: 0,
  resolutionsDelivered: 0,
  recordedDeclared: 0,
  resolutionsDeclared: 0,
};

/** In one pass: a reader waits while a year of a city is counted. */
export const figuresOf = (rows: readonly TicketFactsRow[]): Figures => {
  const counts = { ...none };
  const [leadHours, minutes, delays] = [new Known(), new Known(), new Known()];
  for (const row of rows) {
    const { held } = row;
    if (held) counts.held += 1;
    if (held && row.mode === 'online') counts.heldOnline += 1;
    if (held && row.resolutionAt !== null) counts.resolutionsDelivered += 1;
    if (row.cancelledBy !== null) counts.cancelled += 1;
    if (row.citizenAbsent) counts.citizenAbsent += 1;
    if (row.staffAbsent) counts.staffAbsent += 1;
    if (row.recorded) counts.recorded += 1;
    if (row.recordedGrade === 'declared') counts.recordedDeclared += 1;
    if (held && row.resolutionGrade === 'declared') counts.resolutionsDeclared += 1;
    if (row.recordingMissing) counts.recordingMissing += 1;
    if (row.recordingWaived) counts.recordingWaived += 1;
    if (row.resolutionIssued) counts.resolutionsIssued += 1;
    counts.rescheduledByCitizen += row.rescheduledByCitizen;
    counts.rescheduledByStaff += row.rescheduledByStaff;
    leadHours.add(row.leadHours);
    minutes.add(row.minutes);
    delays.add(row.resolutionAfterMinutes);
  }
  const { heldOnline, recordingWaived, resolutionsDelivered, recordedDeclared, resolutionsDeclared, ...first } = counts;
  // files have their columns in this order: what comes later stands last
  return {
    tickets: rows.length,
    ...first,
    averageLeadHours: leadHours.average,
    averageMinutes: minutes.average,
    averageResolutionMinutes: delays.average,
    heldOnline,
    recordingWaived,
    resolutionsDelivered,
    medianResolutionMinutes: delays.median,
    recordedDeclared,
    resolutionsDeclared,
  };
};
