import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { refuse, type Refusal } from '../kernel/refusal';
import type { MeetingStarted } from './facts';
import { isHeld, isRequested, type RequestedTicket, type TicketState } from './state';

/** A18: a start is recorded from the slot's start on, and never ahead of the clock. */
export const checkStart = (startedAt: Instant, at: Instant, { booking: { slot } }: RequestedTicket): Refusal | undefined => {
  if (startedAt > at) return refuse('invalid', { field: 'startedAt', reason: 'in-the-future' });
  return startedAt < slot.startsAt
    ? refuse('wrong-state', { article: '3 c', reason: 'before-the-slot', earliest: slot.startsAt })
    : undefined;
};

/** The meeting begins. Begun already, it changes nothing. Refuses `wrong-state` before the slot's start (A18) and unless scheduled. */
export const startMeeting = (
  { startedAt, at }: { readonly startedAt: Instant; readonly at: Instant },
  state: TicketState,
): Decision<MeetingStarted> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.status === 'in-progress' || isHeld(state)) return nothing();
  if (state.status !== 'scheduled') return refuse('wrong-state');
  const refusal = checkStart(startedAt, at, state);
  if (refusal !== undefined) return refusal;
  const { slot, staffId } = state.booking;
  return accept({ type: 'MeetingStarted', data: { startedAt, slot, staffId } });
};
