import { accept, nothing, type Decision } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import type { PersonalText } from '../kernel/personal-text';
import { refuse, type Refusal } from '../kernel/refusal';
import { bookingOf } from './booking';
import { checkReason } from './change-reason';
import { newSlotDueAt, noticeDueAt, type RulesInForce } from './deadlines';
import type { Cancelled, ChangeReason } from './facts';
import { isStanding, type TicketState } from './state';

export type Cancel = RulesInForce & {
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  readonly reasonText?: PersonalText;
  /** A30: when the slot may be offered again */
  readonly slotFreeFrom: Instant;
  readonly at: Instant;
};

/** Whether it can be cancelled at that instant: a citizen until the start (A19), or when the staff member did not come; staff while it stands. */
export const checkCancel = (by: 'citizen' | 'staff', at: Instant, state: TicketState): Refusal | undefined => {
  if (state.status === 'absent') return refuse('not-found');
  if (!isStanding(state)) return refuse('wrong-state');
  const started = state.status === 'scheduled' && at >= state.booking.slot.startsAt;
  return by === 'citizen' && started ? refuse('wrong-state', { reason: 'already-started' }) : undefined;
};

/**
 * A19 (citizen) and Art. 8 (staff, always with a reason, then a duty to tell and to find a new slot).
 * Cancelled already, it changes nothing. Refuses `wrong-state` and `invalid` (Art. 8).
 */
export const cancel = (command: Cancel, state: TicketState): Decision<Cancelled> => {
  if (state.status === 'cancelled') return nothing();
  const { by, reason, reasonText, slotFreeFrom, at } = command;
  const refusal = checkCancel(by, at, state) ?? checkReason(command);
  if (refusal !== undefined) return refusal;
  if (!isStanding(state)) return refuse('wrong-state');
  return accept({
    type: 'Cancelled',
    data: {
      ...bookingOf(state.booking),
      by,
      ...defined({ reason, reasonText }),
      cancelledAt: at,
      slotFreeFrom,
      sequence: state.sequence + 1,
      ...(by === 'staff' ? { noticeDueAt: noticeDueAt(command, at), newSlotDueAt: newSlotDueAt(command, at) } : {}),
    },
  });
};
