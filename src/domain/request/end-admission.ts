import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import type { AdmissionEnded } from './facts';
import type { RequestState } from './state';

/**
 * After the ticket ended: the request is free for another one. No effect unless that ticket is the active one,
 * so a conclusion that comes late, or twice, never frees somebody else's place.
 */
export const endAdmission = (
  { ticketId, at }: { readonly ticketId: string; readonly at: Instant },
  state: RequestState,
): Decision<AdmissionEnded> =>
  state.status !== 'unknown' && state.admission?.ticketId === ticketId
    ? accept({ type: 'AdmissionEnded', data: { ticketId, endedAt: at } })
    : nothing();
