import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { isRefusal, refuse } from '../kernel/refusal';
import type { Slot } from '../time/slot';
import { groundAt, responsibleFor } from './eligibility';
import type { TicketAdmitted } from './facts';
import type { RequestState } from './state';

export type AdmitTicket = {
  readonly ticketId: string;
  readonly holdId: string;
  /** whom the citizen is to meet */
  readonly staffId: string;
  /** A3: the responsible person who has left, when `staffId` is the head who stands in */
  readonly standsInFor?: string;
  readonly slot: Slot;
  readonly at: Instant;
  readonly until: Instant;
};

/**
 * Step 1 of a booking: eligible at that instant (Art. 2), no other active ticket (A24), this id never admitted before.
 * The very same admission again changes nothing. Refuses as `groundAt`, `active-ticket-exists`, and `wrong-state` for an id
 * that was admitted before or a person who is not responsible for the request (Art. 1).
 */
export const admitTicket = (command: AdmitTicket, state: RequestState): Decision<TicketAdmitted> => {
  const { ticketId, holdId, staffId, standsInFor, slot, at, until } = command;
  if (state.status === 'unknown') return refuse('request-not-found');
  const active = state.admission;
  if (active?.ticketId === ticketId && active.holdId === holdId) return nothing();
  if (state.admittedTicketIds.includes(ticketId)) return refuse('wrong-state', { reason: 'admitted-before' });
  const ground = groundAt(state, at);
  if (isRefusal(ground)) return ground;
  if (active !== undefined) return refuse('active-ticket-exists');
  if (responsibleFor(state) !== (standsInFor ?? staffId)) return refuse('wrong-state', { article: '1', reason: 'not-responsible' });
  return accept({ type: 'TicketAdmitted', data: { ticketId, holdId, staffId, slot, ground, admittedAt: at, until } });
};
