import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { refuse } from '../kernel/refusal';
import type { SlotConfirmed } from './facts';
import { type AgendaState, isBlocked } from './state';

/** Step 5 of a booking: still the holder (late is fine if nobody took over) and not blocked since. */
export const confirmSlot = (
  { holdId, at }: { readonly holdId: string; readonly at: Instant },
  state: AgendaState,
): Decision<SlotConfirmed> => {
  const hold = state.holds[holdId];
  if (hold?.standing === 'confirmed') return nothing();
  if (hold?.standing !== 'held' || isBlocked(state, hold.slot)) return refuse('slot-taken', { article: '3 c' });
  return accept({ type: 'SlotConfirmed', data: { holdId, ticketId: hold.ticketId, slot: hold.slot, confirmedAt: at } });
};
