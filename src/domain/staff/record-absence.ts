import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import { isInstant } from '../time/civil-time';
import type { AbsenceRecorded, AbsenceWithdrawn } from './facts';
import type { StaffState } from './staff-member';

export type RecordAbsence = {
  readonly absenceId: string;
  /** inclusive */
  readonly from: Instant;
  /** exclusive */
  readonly to: Instant;
  readonly reason: ClearText;
  readonly at: Instant;
};

/** Refuses `not-found` for a stranger and `invalid` naming the field. The same absence again changes nothing. */
export const recordAbsence = (command: RecordAbsence, state: StaffState): Decision<AbsenceRecorded> => {
  if (state.status === 'unknown') return refuse('not-found');
  const { absenceId, from, to, reason, at } = command;
  if (!isInstant(from)) return refuse('invalid', { field: 'from', reason: 'not-an-instant' });
  if (!isInstant(to)) return refuse('invalid', { field: 'to', reason: 'not-an-instant' });
  if (from >= to) return refuse('invalid', { field: 'to', reason: 'not-after-from' });
  if (state.withdrawnAbsences.includes(absenceId) || state.absences.some((absence) => absence.absenceId === absenceId)) return nothing();
  return accept({ type: 'AbsenceRecorded', data: { absenceId, from, to, reason, recordedAt: at } });
};

/** Refuses `not-found` for an absence that was never recorded. */
export const withdrawAbsence = (
  { absenceId, at }: { readonly absenceId: string; readonly at: Instant },
  state: StaffState,
): Decision<AbsenceWithdrawn> => {
  if (state.status === 'unknown') return refuse('not-found');
  if (state.withdrawnAbsences.includes(absenceId)) return nothing();
  if (!state.absences.some((absence) => absence.absenceId === absenceId)) return refuse('not-found');
  return accept({ type: 'AbsenceWithdrawn', data: { absenceId, withdrawnAt: at } });
};
