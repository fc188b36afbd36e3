import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import type { PersonalText } from '../kernel/personal-text';
import { refuse, type Refusal } from '../kernel/refusal';
import type { Slot } from '../time/slot';
import { formerPlaceOf } from './booking';
import { isBlank } from './change-reason';
import type { Reassigned } from './facts';
import { wasMovedTo } from './reschedule';
import { isRequested, isStanding, type RequestedTicket, type TicketState } from './state';

export type Reassign = {
  readonly staffId: string;
  readonly department: string;
  readonly departmentCode: string;
  /** the same hour, in the other agenda */
  readonly slot: Slot;
  readonly holdId: string;
  /** the hold that the meeting must still stand on */
  readonly from: string;
  readonly reason: PersonalText;
  readonly at: Instant;
};

/** A23: an hour to which nobody came is over for everybody. Until its end a colleague may step in; then only a new hour helps (Art. 8). */
export const hourIsGone = ({ status, booking }: RequestedTicket, at: Instant): boolean =>
  status === 'staff-absent' && at >= booking.slot.endsAt;

/**
 * What refuses a reassigning before any slot is held: `wrong-state`, also once the hour of an absence is over (A23); `invalid`
 * without a reason (A3) or for the same person.
 */
export const checkReassign = (
  { staffId, reason, at }: Pick<Reassign, 'staffId' | 'reason' | 'at'>,
  state: TicketState,
): Refusal | undefined => {
  if (state.status === 'absent') return refuse('not-found');
  if (!isStanding(state)) return refuse('wrong-state', { article: '1' });
  if (hourIsGone(state, at)) return refuse('wrong-state', { article: '8', reason: 'slot-over' });
  if (isBlank(reason)) return refuse('invalid', { article: '1', field: 'reason', reason: 'required' });
  return staffId === state.booking.staffId ? refuse('invalid', { field: 'staffId', reason: 'same-person' }) : undefined;
};

/**
 * A3: the same hour with another person, never silently. The last step, once the new hold is confirmed.
 * Accepted only while the meeting stands on `from`. There already, it changes nothing. Refuses `wrong-state`.
 */
export const reassign = (command: Reassign, state: TicketState): Decision<Reassigned> => {
  const { staffId, department, departmentCode, slot, holdId, from, reason, at } = command;
  if (state.status === 'absent') return refuse('not-found');
  if (isRequested(state) && wasMovedTo(state, holdId)) return nothing();
  if (!isStanding(state) || state.booking.holdId !== from) return refuse('wrong-state', { article: '1', reason: 'moved-elsewhere' });
  if (slot.startsAt !== state.booking.slot.startsAt) return refuse('wrong-state', { article: '1', reason: 'another-hour' });
  const { request, mode } = state.booking;
  return accept({
    type: 'Reassigned',
    data: {
      request,
      staffId,
      department,
      departmentCode,
      mode,
      slot,
      holdId,
      from: formerPlaceOf(state.booking),
      reason,
      reassignedAt: at,
      sequence: state.sequence + 1,
    },
  });
};
