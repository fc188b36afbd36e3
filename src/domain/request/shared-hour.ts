import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import { isOnGrid } from '../time/slot';
import type { SharedHourAllowed } from './facts';
import type { RequestState } from './request';

/**
 * A24. A head lets the applicant of this request meet an official at an hour at which the same address has a meeting already, with a
 * reason: an agent who comes for several, say. Refuses `request-not-found`, and `invalid` for an hour that is past or none (Art. 6) or
 * without a reason.
 */
export const allowSharedHour = (
  {
    startsAt,
    reason,
    allowedBy,
    at,
  }: { readonly startsAt: Instant; readonly reason: ClearText; readonly allowedBy: string; readonly at: Instant },
  state: RequestState,
): Decision<SharedHourAllowed> => {
  if (state.status === 'unknown') return refuse('request-not-found');
  if (!isOnGrid(startsAt)) return refuse('invalid', { article: '6', field: 'startsAt', reason: 'not-on-grid' });
  if (startsAt <= at) return refuse('invalid', { field: 'startsAt', reason: 'in-the-past' });
  if (isBlank(reason)) return refuse('invalid', { field: 'reason', reason: 'empty' });
  if (state.sharedHours?.includes(startsAt) === true) return noChange();
  return accept({ type: 'SharedHourAllowed', data: { startsAt, reason, allowedBy, allowedAt: at } });
};
