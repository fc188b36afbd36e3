import { accept, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import type { RequestPersonalDataErased } from './facts';
import type { RequestState } from './request';

/** The applicant's name and the subject go; every fact, order and verdict stays. Refused while a ticket is active. */
export const eraseRequest = (
  { reason, at }: { readonly reason: ClearText; readonly at: Instant },
  state: RequestState,
): Decision<RequestPersonalDataErased> => {
  if (state.status === 'unknown') return refuse('request-not-found');
  if (state.erased) return noChange();
  if (reason.clear.trim() === '') return refuse('invalid', { field: 'reason', reason: 'empty' });
  if (state.admission !== undefined) return refuse('active-ticket-exists');
  return accept({ type: 'PersonalDataErased', data: { erasedAt: at, reason } });
};
