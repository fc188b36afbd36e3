import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import type { ConclusionsErased, TicketPersonalDataErased } from './facts';
import { documentToFile } from './resolution';
import { isActive, isRequested, type TicketState } from './ticket';

/** Who the citizen is goes; every fact, order and verdict stays, and so does the resolution, an archive document. Refused while active (A24). */
export const eraseTicket = (
  { reason, at }: { readonly reason: ClearText; readonly at: Instant },
  state: TicketState,
): Decision<TicketPersonalDataErased> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.erased) return noChange();
  if (isBlank(reason)) return refuse('invalid', { field: 'reason', reason: 'required' });
  if (isActive(state)) return refuse('wrong-state', { reason: 'active' });
  return accept({ type: 'PersonalDataErased', data: { erasedAt: at, reason } });
};

/**
 * What the resolution says goes once its retention has ended; that there was one, when and by whom, stays. Refused while active, and
 * before the document is filed: the register would get it without its text.
 */
export const eraseConclusions = (
  { reason, at }: { readonly reason: ClearText; readonly at: Instant },
  state: TicketState,
): Decision<ConclusionsErased> => {
  if (!isRequested(state) || state.resolution.issued === undefined) return refuse('not-found');
  if (state.conclusionsErased) return noChange();
  if (isBlank(reason)) return refuse('invalid', { field: 'reason', reason: 'required' });
  if (isActive(state) || documentToFile(state) !== undefined) return refuse('wrong-state', { reason: 'active' });
  return accept({ type: 'ConclusionsErased', data: { erasedAt: at, reason } });
};
