import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import type { Slot } from '../time/slot';
import type { SlotReleased } from './facts';
import type { AgendaState } from './state';

/**
 * Only after the ticket holds a fact that makes the hold useless for ever. The slot is offered again from `freeFrom` on (A30);
 * a hold that another had overwritten is closed without keeping anybody out.
 * A hold that never arrived is released too: that closes the door to a step 3 that comes late.
 */
export const releaseSlot = (
  command: { readonly holdId: string; readonly ticketId: string; readonly slot: Slot; readonly at: Instant; readonly freeFrom: Instant },
  state: AgendaState,
): Decision<SlotReleased> => {
  const { holdId, ticketId, slot, at, freeFrom } = command;
  const standing = state.holds[holdId]?.standing;
  if (standing === 'released') return nothing();
  const keptUntil = standing !== 'overwritten' && freeFrom > at ? freeFrom : at;
  return accept({ type: 'SlotReleased', data: { holdId, ticketId, slot, releasedAt: at, freeFrom: keptUntil } });
};
