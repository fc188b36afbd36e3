import type { TicketFactsRow } from '../ports/tables';

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
};

const tenths = (value: number): number => Math.round(value * 10) / 10;
const known = (numbers: readonly (number | null)[]): readonly number[] => numbers.filter((number) => number !== null);
const sum = (numbers: readonly number[]): number => numbers.reduce((total, number) => total + number, 0);

const average = (numbers: readonly number[]): number | null => (numbers.length === 0 ? null : tenths(sum(numbers) / numbers.length));

/** The one in the middle, or half-way between the two in the middle. */
export const median = (numbers: readonly number[]): number | null => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const [low, high] = [sorted[(sorted.length - 1) >> 1], sorted[sorted.length >> 1]];
  return low === undefined || high === undefined ? null : tenths((low + high) / 2);
};

export const figuresOf = (rows: readonly TicketFactsRow[]): Figures => {
  const count = (holds: (row: TicketFactsRow) => boolean): number => rows.filter(holds).length;
  const delays = known(rows.map(({ resolutionAfterMinutes }) => resolutionAfterMinutes));
  return {
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
    averageLeadHours: average(known(rows.map(({ leadHours }) => leadHours))),
    averageMinutes: average(known(rows.map(({ minutes }) => minutes))),
    averageResolutionMinutes: average(delays),
    heldOnline: count(({ held, mode }) => held && mode === 'online'),
    recordingWaived: count(({ recordingWaived }) => recordingWaived),
    resolutionsDelivered: count(({ held, resolutionAt }) => held && resolutionAt !== null),
    medianResolutionMinutes: median(delays),
  };
};
