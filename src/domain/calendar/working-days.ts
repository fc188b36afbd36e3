import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { addDays, civilDateOf, isCivilDate, startOfNextDay, weekdayNumber } from '../time/civil-time';
import type { BridgeDayDeclared, CalendarDecision, CalendarState, DayRestored, WorkingDayDeclared } from './calendar';
import { publicHolidayOn } from './public-holidays';

export type DayKind = 'working' | 'weekend' | 'holiday' | 'bridge-day';

/** What the law alone makes of a day. A holiday on a Sunday is a holiday. */
export const dayKindByLaw = (date: CivilDate): Exclude<DayKind, 'bridge-day'> => {
  if (publicHolidayOn(date) !== undefined) return 'holiday';
  return weekdayNumber(date) >= 6 ? 'weekend' : 'working';
};

/** What a day is, decisions included. */
export const dayKind = (state: CalendarState, date: CivilDate): DayKind => {
  const byDecision = state.decisions[date]?.kind;
  if (byDecision === 'working-day') return 'working';
  const byLaw = dayKindByLaw(date);
  return byLaw === 'working' && byDecision === 'bridge-day' ? 'bridge-day' : byLaw;
};

export const isWorkingDay = (state: CalendarState, date: CivilDate): boolean => dayKind(state, date) === 'working';

/** This day if it is a working day, else the next one: how a term that ends on a free day rolls (A5). */
export const workingDayFrom = (state: CalendarState, date: CivilDate): CivilDate => {
  let day = date;
  while (!isWorkingDay(state, day)) day = addDays(day, 1);
  return day;
};

/** The first working day after this one. */
export const nextWorkingDay = (state: CalendarState, date: CivilDate): CivilDate => workingDayFrom(state, addDays(date, 1));

const endAfter = (state: CalendarState, date: CivilDate, workingDays: number): Instant => {
  let day = date;
  for (let counted = 0; counted < workingDays; counted += 1) day = nextWorkingDay(state, day);
  return startOfNextDay(day);
};

/** Ends that were found, by calendar: the terms of all meetings of a day end together. A pure function's memory: it never says anything else. */
const ends = new WeakMap<CalendarState, Map<string, Instant>>();

/**
 * 24:00 in Bucharest at the end of the n-th working day after the day of `instant`, which does not count;
 * with 0 the end of that very day. What happens before this instant is in time.
 */
export const endOfWorkingDayAfter = (state: CalendarState, instant: Instant, workingDays: number): Instant => {
  const date = civilDateOf(instant);
  const known = ends.get(state) ?? new Map<string, Instant>();
  ends.set(state, known);
  const term = `${date}+${workingDays}`;
  const end = known.get(term) ?? endAfter(state, date, workingDays);
  known.set(term, end);
  return end;
};

/** Art. 2 b. Both are last days and count whole, until 24:00 in Bucharest. */
export type ClarificationWindow = {
  /** day 30 after the day of communication, which does not count */
  readonly advertisedUntil: CivilDate;
  /** the last day on which a request is accepted, after rolling to a working day */
  readonly enforcedUntil: CivilDate;
};

/** Art. 2 b, read by the policy `clarification-window` (A5) with the calendar in force. */
export const clarificationWindow = (
  communicatedOn: CivilDate,
  policy: Policies['clarification-window'],
  calendar: CalendarState,
): ClarificationWindow => {
  const advertisedUntil = addDays(communicatedOn, 30);
  switch (policy.value) {
    case 'plain-30-roll':
      return { advertisedUntil, enforcedUntil: workingDayFrom(calendar, advertisedUntil) };
    case 'civil-code-free-days':
      return { advertisedUntil, enforcedUntil: workingDayFrom(calendar, addDays(communicatedOn, 31)) };
    case 'strict-30':
      return { advertisedUntil, enforcedUntil: advertisedUntil };
  }
};

export type DeclareDay = {
  readonly date: CivilDate;
  /** the government decision, as one cites it */
  readonly decision: string;
  readonly at: Instant;
};

const fault = ({ date, decision }: DeclareDay): Refusal | undefined => {
  if (!isCivilDate(date)) return refuse('invalid', { field: 'date', reason: 'not-a-date' });
  if (isBlank(decision)) return refuse('invalid', { field: 'decision', reason: 'empty' });
  return undefined;
};
const alreadyDecided = (state: CalendarState, { date, decision }: DeclareDay, kind: CalendarDecision['kind']): boolean => {
  const inForce = state.decisions[date];
  return inForce?.kind === kind && inForce.decision === decision.trim();
};

/** A day that the law leaves working becomes free for public staff. Refuses `invalid` (`already-free`) on a weekend or holiday. */
export const declareBridgeDay = (command: DeclareDay, state: CalendarState): Decision<BridgeDayDeclared> => {
  const refusal = fault(command);
  if (refusal !== undefined) return refusal;
  if (dayKindByLaw(command.date) !== 'working') return refuse('invalid', { field: 'date', reason: 'already-free' });
  if (alreadyDecided(state, command, 'bridge-day')) return noChange();
  return accept({
    type: 'BridgeDayDeclared',
    data: { date: command.date, decision: command.decision.trim(), declaredAt: command.at },
  });
};

/** A weekend day or holiday is worked. Refuses `invalid` (`already-working`) on a day that the law leaves working. */
export const declareWorkingDay = (command: DeclareDay, state: CalendarState): Decision<WorkingDayDeclared> => {
  const refusal = fault(command);
  if (refusal !== undefined) return refusal;
  if (dayKindByLaw(command.date) === 'working') return refuse('invalid', { field: 'date', reason: 'already-working' });
  if (alreadyDecided(state, command, 'working-day')) return noChange();
  return accept({
    type: 'WorkingDayDeclared',
    data: { date: command.date, decision: command.decision.trim(), declaredAt: command.at },
  });
};

/** The day is again what the law says. Nothing happens where no decision is in force. */
export const restoreDay = (command: Pick<DeclareDay, 'date' | 'at'>, state: CalendarState): Decision<DayRestored> => {
  if (!isCivilDate(command.date)) return refuse('invalid', { field: 'date', reason: 'not-a-date' });
  if (state.decisions[command.date] === undefined) return noChange();
  return accept({ type: 'DayRestored', data: { date: command.date, restoredAt: command.at } });
};
