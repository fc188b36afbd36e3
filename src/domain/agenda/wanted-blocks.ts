import { dayKind } from '../calendar/working-days';
import type { CalendarState } from '../calendar/calendar';
import { pauseOn } from './pauses';
import { accept, type Decision } from '../kernel/decider';
import type { CivilDate, Fact, Instant } from '../kernel/fact';
import { isRefusal } from '../kernel/refusal';
import { hasLeft, hoursOn, type StaffState } from '../staff/staff-member';
import { startOfDay, startOfNextDay } from '../time/civil-time';
import { type AgendaState, blockTime, type Hold, isBlocked, unblockTime } from './agenda';
import { type TimeWindow, without } from './day-plan';
import type { BlockCause, TimeBlocked, TimeUnblocked } from './facts';

/** Time of one day that must be closed, and why. */
export type WantedBlock = TimeWindow & { readonly cause: BlockCause };

/** Art. 8, A16: what absences, bridge days, pauses, changed hours and departures close of this person's day. */
export const wantedBlocks = (date: CivilDate, staff: StaffState, calendar: CalendarState): readonly WantedBlock[] => {
  if (staff.status === 'unknown') return [];
  const day: TimeWindow = { from: startOfDay(date), to: startOfNextDay(date) };
  const blocks: WantedBlock[] = [];
  if (hasLeft(staff, date)) blocks.push({ ...day, cause: 'departure' });
  if (dayKind(calendar, date) === 'bridge-day') blocks.push({ ...day, cause: 'bridge-day' });
  if (pauseOn(calendar, date, staff.departmentCode) !== undefined) blocks.push({ ...day, cause: 'pause' });
  for (const absence of staff.absences) {
    const from = absence.from > day.from ? absence.from : day.from;
    const to = absence.to < day.to ? absence.to : day.to;
    if (from < to) blocks.push({ from, to, cause: 'absence' });
  }
  // Hours that were never changed need no block: the day's plan keeps them.
  if (staff.hours.some(({ from }) => from <= date)) {
    const worked = hoursOn(staff, date).map(([from, to]): TimeWindow => ({ from, to }));
    for (const free of worked.reduce(without, [day])) blocks.push({ ...free, cause: 'hours' });
  }
  return blocks;
};

const isSame = (a: WantedBlock, b: WantedBlock): boolean => a.cause === b.cause && a.from === b.from && a.to === b.to;

const factsOf = <F extends Fact>(decision: Decision<F>): readonly F[] => (isRefusal(decision) ? [] : decision.facts);

/** Makes the day's blocks what they must be: closes what is missing, lifts what is no longer wanted. */
export const settleBlocks = (
  command: {
    readonly wanted: readonly WantedBlock[];
    /** an id that was never used, the same for the same block and cause */
    readonly blockIdOf: (block: WantedBlock) => string;
    readonly at: Instant;
  },
  state: AgendaState,
): Decision<TimeBlocked | TimeUnblocked> => {
  const { wanted, blockIdOf, at } = command;
  const live = Object.entries(state.blocks).filter(([, { lifted }]) => !lifted);
  const missing = wanted
    .filter((block) => !live.some(([, standing]) => isSame(standing, block)))
    .map((block) => blockTime({ blockId: blockIdOf(block), ...block, at }, state));
  const unwanted = live
    .filter(([, standing]) => !wanted.some((block) => isSame(standing, block)))
    .map(([blockId]) => unblockTime({ blockId, at }, state));
  return accept<TimeBlocked | TimeUnblocked>(...missing.flatMap(factsOf), ...unwanted.flatMap(factsOf));
};

/** A meeting that stands in closed time, and what closed it. */
export type MeetingInTheWay = { readonly hold: Hold; readonly cause: BlockCause };

/** Art. 8: the meetings already there become tasks. */
export const meetingsInTheWay = (state: AgendaState): readonly MeetingInTheWay[] =>
  Object.values(state.holds)
    .filter(({ standing }) => standing === 'confirmed')
    .flatMap((hold) => {
      const block = Object.values(state.blocks).find(
        ({ lifted, from, to }) => !lifted && from < hold.slot.endsAt && hold.slot.startsAt < to,
      );
      return block ? [{ hold, cause: block.cause }] : [];
    });

/** Meetings that nothing stands in the way of. */
export const meetingsInOpenTime = (state: AgendaState): readonly Hold[] =>
  Object.values(state.holds).filter((hold) => hold.standing === 'confirmed' && !isBlocked(state, hold.slot));
