import { accept, type Decision, noChange } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import { refuse } from '../kernel/refusal';
import type { NewHourAfter } from '../request/admission';
import type { Slot } from '../time/slot';
import type { NewHourGiven } from './facts';
import { isRequested, type TicketState } from './ticket';

/** Art. 8. What the ending of this ticket leaves owed to the citizen. */
export const newHourAfter = (ended: TicketState): NewHourAfter => {
  if (ended.status === 'lapsed') return 'unmet';
  return ended.status === 'cancelled' && ended.newHour?.stage === 'owed' ? 'owed' : 'met';
};

export type GiveNewHour = {
  /** the ticket that stands in place of the cancelled one, and its hour */
  readonly newTicketId: string;
  readonly slot: Slot;
  readonly at: Instant;
};

/**
 * Art. 8. The ticket that staff cancelled has another in its place: nothing is owed any more. Changes nothing where none is owed.
 * Refuses `not-found`.
 */
export const giveNewHour = ({ newTicketId, slot, at }: GiveNewHour, state: TicketState): Decision<NewHourGiven> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.newHour?.stage !== 'owed') return noChange();
  const { request } = state.booking;
  return accept({ type: 'NewHourGiven', data: { request, newTicketId, slot, givenAt: at } });
};
