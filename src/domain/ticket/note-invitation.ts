import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { refuse } from '../kernel/refusal';
import { followUpDueAt, type RulesInForce } from './deadlines';
import type { InvitationBounced, InvitationSent } from './facts';
import { isRequested, type TicketState } from './state';

/** Art. 3 e. The mail server accepted a letter with the calendar entry. Whatever became of the ticket, it is noted, once. */
export const noteInvitationSent = (sent: InvitationSent['data'], state: TicketState): Decision<InvitationSent> => {
  if (!isRequested(state)) return refuse('not-found');
  const known = state.invitation.sent.some(({ letterId }) => letterId === sent.letterId);
  return known ? nothing() : accept({ type: 'InvitationSent', data: sent });
};

/** It came back, perhaps before anybody knew that it had left. Noted once, with the day by which somebody must follow it up. */
export const noteInvitationBounced = (
  command: RulesInForce & { readonly letterId: string; readonly at: Instant },
  state: TicketState,
): Decision<InvitationBounced> => {
  if (!isRequested(state)) return refuse('not-found');
  const { letterId, at } = command;
  if (state.invitation.bounced.includes(letterId)) return nothing();
  return accept({ type: 'InvitationBounced', data: { letterId, bouncedAt: at, followUpDueAt: followUpDueAt(command, at) } });
};
