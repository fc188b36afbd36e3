import { accept, nothing, type Decision } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import { refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { overlaps, type Slot } from '../time/slot';
import { type DayPlan, planAllows } from './day-plan';
import type { Move, SlotHeld } from './facts';
import { type AgendaState, isBlocked, keepsOthersOut } from './state';

export type HoldSlot = {
  readonly holdId: string;
  readonly ticketId: string;
  readonly slot: Slot;
  readonly at: Instant;
  readonly until: Instant;
  /** the person's day as staff and calendar facts make it */
  readonly plan: DayPlan;
  readonly dailyCap: Policies['daily-cap']['value'];
  readonly from?: string;
  readonly move?: Move;
};

/**
 * Step 3 of a booking. Free or the hold there expired, not blocked, within the day's plan, and an id that was never released or overwritten.
 * Appended again with a later `until` when a new code is asked for (A9).
 */
export const holdSlot = (command: HoldSlot, state: AgendaState): Decision<SlotHeld> => {
  const { holdId, ticketId, slot, at, until, plan, dailyCap, from, move } = command;
  const own = state.holds[holdId];
  if (own?.standing === 'confirmed') return nothing();
  if (own?.standing === 'held' && own.until >= until) return nothing();
  if (own && own.standing !== 'held') return refuse('slot-taken', { article: '3 c' });
  if (!planAllows(plan, slot)) return refuse('not-working-time', { article: '4' });
  if (isBlocked(state, slot)) return refuse('slot-taken', { article: '3 c' });
  const others = Object.values(state.holds).filter((hold) => hold.holdId !== holdId && keepsOthersOut(hold, at));
  if (others.some((other) => overlaps(other.slot, slot))) {
    return refuse('slot-taken', { article: '3 c' });
  }
  const meetings = others.filter((other) => other.standing !== 'released' && other.holdId !== from).length;
  if (dailyCap && meetings >= dailyCap.meetings) return refuse('slot-taken', { article: '3 c' });
  return accept({
    type: 'SlotHeld',
    data: { holdId, ticketId, slot, heldAt: at, until, ...defined({ from, move }) },
  });
};
