import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import type { TicketPersonalDataErased } from './facts';
import { isActive, isRequested, type TicketState } from './state';

/** Who the citizen is goes; every fact, order and verdict stays, and so does the resolution, an archive document. Refused while active (A24). */
export const eraseTicket = (
  { reason, at }: { readonly reason: ClearText; readonly at: Instant },
  state: TicketState,
): Decision<TicketPersonalDataErased> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.erased) return nothing();
  if (reason.clear.trim() === '') return refuse('invalid', { field: 'reason', reason: 'required' });
  if (isActive(state)) return refuse('wrong-state', { reason: 'active' });
  return accept({ type: 'PersonalDataErased', data: { erasedAt: at, reason } });
};
