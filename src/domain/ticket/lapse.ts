import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { refuse } from '../kernel/refusal';
import type { RequestIdentity } from '../request/facts';
import type { Booking, LapseCause, Lapsed } from './facts';
import { isPending, type TicketState } from './state';

export type Lapse = {
  readonly cause: LapseCause;
  readonly at: Instant;
  readonly request: RequestIdentity;
  /** what it was to have */
  readonly place: Pick<Booking, 'staffId' | 'slot' | 'holdId'>;
};

/**
 * Ends a ticket that was never scheduled, and never one that was. On an empty stream it is the fence `never-requested`:
 * only that lets the admission end, since a late step 2 then finds its door closed.
 * `not-verified` only once the hold is over and while a code is awaited: after the right code only the agenda decides.
 * `withdrawn` only while a code is awaited: whoever mistyped the address of the code need not wait for the hold to end.
 * Refuses `wrong-state`.
 */
export const lapse = (command: Lapse, state: TicketState): Decision<Lapsed> => {
  const { cause, at, request, place } = command;
  const ended = { cause, lapsedAt: at, request, staffId: place.staffId, slot: place.slot, holdId: place.holdId };
  if (state.status === 'lapsed') return nothing();
  if (state.status === 'absent') return cause === 'never-requested' ? accept({ type: 'Lapsed', data: ended }) : refuse('wrong-state');
  if (!isPending(state) || cause === 'never-requested') return refuse('wrong-state', { article: '3 e' });
  if (cause === 'not-verified' && (state.status !== 'awaiting-code' || at < state.heldUntil)) {
    return refuse('wrong-state', { article: '3 e', heldUntil: state.heldUntil });
  }
  if (cause === 'withdrawn' && state.status !== 'awaiting-code') return refuse('wrong-state', { article: '3 e' });
  const { department, departmentCode, mode } = state.booking;
  return accept({ type: 'Lapsed', data: { ...ended, department, departmentCode, mode } });
};
