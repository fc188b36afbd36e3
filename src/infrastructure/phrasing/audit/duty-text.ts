import type { DutyAt } from '../../../domain/duties/duties';

/** How a duty stands, as it is told: done after its target and by its limit it is met, and said to be late, as its check warns. */
export type DutyLabel = 'open' | 'met' | 'late' | 'missed' | 'overdue';

export const dutyLabel = ({ state, overdue, metAt, targetAt }: Pick<DutyAt, 'state' | 'overdue' | 'metAt' | 'targetAt'>): DutyLabel => {
  if (state === 'missed') return overdue ? 'overdue' : 'missed';
  return state === 'met' && targetAt !== undefined && metAt !== undefined && metAt > targetAt ? 'late' : state;
};
