import { accept, nothing, type Decision } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/instant';
import { refuse, type Refusal } from '../kernel/refusal';
import { isCivilDate } from '../time/civil-time';
import type { BridgeDayDeclared, DayRestored, WorkingDayDeclared } from './facts';
import type { CalendarDecision, CalendarState } from './working-calendar';
import { dayKindByLaw } from './working-days';

export type DeclareDay = {
  readonly date: CivilDate;
  /** the government decision, as one cites it */
  readonly decision: string;
  readonly at: Instant;
};

const fault = ({ date, decision }: DeclareDay): Refusal | undefined => {
  if (!isCivilDate(date)) return refuse('invalid', { field: 'date', reason: 'not-a-date' });
  if (decision.trim() === '') return refuse('invalid', { field: 'decision', reason: 'empty' });
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
  if (alreadyDecided(state, command, 'bridge-day')) return nothing();
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
  if (alreadyDecided(state, command, 'working-day')) return nothing();
  return accept({
    type: 'WorkingDayDeclared',
    data: { date: command.date, decision: command.decision.trim(), declaredAt: command.at },
  });
};

/** The day is again what the law says. Nothing happens where no decision is in force. */
export const restoreDay = (command: Pick<DeclareDay, 'date' | 'at'>, state: CalendarState): Decision<DayRestored> => {
  if (!isCivilDate(command.date)) return refuse('invalid', { field: 'date', reason: 'not-a-date' });
  if (state.decisions[command.date] === undefined) return nothing();
  return accept({ type: 'DayRestored', data: { date: command.date, restoredAt: command.at } });
};
