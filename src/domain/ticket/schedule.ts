import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { refuse } from '../kernel/refusal';
import { bookingOf } from './booking';
import { meetingDeadlines, type RulesInForce } from './deadlines';
import type { Scheduled } from './facts';
import { isRequested, type TicketState } from './state';

/**
 * Step 6 of a booking, once the agenda has confirmed the slot. Nobody is told "scheduled" earlier.
 * Scheduled once, whatever became of it later, it is not scheduled again. Refuses `wrong-state` while the code is awaited (Art. 3 e)
 * and `code-expired` for a lapsed ticket.
 */
export const schedule = (command: RulesInForce & { readonly at: Instant }, state: TicketState): Decision<Scheduled> => {
  if (state.status === 'absent') return refuse('not-found');
  if (!isRequested(state) || state.status === 'lapsed') return refuse('code-expired', { article: '3 e', reason: 'lapsed' });
  if (state.status === 'awaiting-code') return refuse('wrong-state', { article: '3 e', reason: 'not-verified' });
  if (state.status !== 'verified' && state.status !== 'requested') return nothing();
  const { booking, requestedAt } = state;
  return accept({
    type: 'Scheduled',
    data: {
      ...bookingOf(booking),
      requestedAt,
      scheduledAt: command.at,
      sequence: state.sequence + 1,
      ...meetingDeadlines(command, booking.mode, booking.slot),
    },
  });
};
