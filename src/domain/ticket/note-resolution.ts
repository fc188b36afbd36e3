import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { refuse } from '../kernel/refusal';
import { followUpDueAt, type RulesInForce } from './deadlines';
import type { ResolutionBounced, ResolutionFiled, ResolutionSent } from './facts';
import { isHeld, isRequested, type HeldTicket, type TicketState } from './state';

/** A18: the resolution is sent only after the end of the meeting, and only to an address verified by code (A10). */
export const maySendResolution = (state: TicketState): state is HeldTicket =>
  isHeld(state) && state.resolution.issued !== undefined && state.verified !== undefined && !state.erased;

/** Art. 7. The document stands in the register, connected to the request. Noted once, whatever became of the ticket. */
export const noteResolutionFiled = (
  { documentNumber, at }: { readonly documentNumber: string; readonly at: Instant },
  state: TicketState,
): Decision<ResolutionFiled> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.resolution.filed !== undefined) return nothing();
  return accept({
    type: 'ResolutionFiled',
    data: { documentNumber, documentType: 'Tichetul albastru', connectedTo: state.booking.request, filedAt: at },
  });
};

/** Art. 7. The mail server accepted the resolution; `maySendResolution` was asked before. Noted once a letter. */
export const noteResolutionSent = (sent: ResolutionSent['data'], state: TicketState): Decision<ResolutionSent> => {
  if (!isRequested(state)) return refuse('not-found');
  const known = state.resolution.sent.some(({ letterId }) => letterId === sent.letterId);
  return known ? nothing() : accept({ type: 'ResolutionSent', data: sent });
};

/** It came back, perhaps before anybody knew that it had left. Noted once, with the day by which somebody must follow it up. */
export const noteResolutionBounced = (
  command: RulesInForce & { readonly letterId: string; readonly at: Instant },
  state: TicketState,
): Decision<ResolutionBounced> => {
  if (!isRequested(state)) return refuse('not-found');
  const { letterId, at } = command;
  if (state.resolution.bounced.includes(letterId)) return nothing();
  return accept({ type: 'ResolutionBounced', data: { letterId, bouncedAt: at, followUpDueAt: followUpDueAt(command, at) } });
};
