import { accept, nothing, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/instant';
import { isRefusal, refuse } from '../kernel/refusal';
import type { RulesInForce } from './deadlines';
import type { CitizenNotified, InvitationBounced, ResolutionBounced } from './facts';
import { noteInvitationBounced } from './note-invitation';
import { noteResolutionBounced } from './note-resolution';
import { notifyCitizen } from './notify-citizen';
import { isRequested, type RequestedTicket, type TicketState } from './state';

export type LetterBounced = RulesInForce & {
  readonly letterId: string;
  /** what the letter was, for one that is not known to have left */
  readonly kind: 'code' | 'invitation' | 'change' | 'cancellation' | 'resolution';
  readonly at: Instant;
};

/** What the letter was for: one letter may have moved a calendar entry and told the citizen of it. */
const purposes = ({ letterId, kind }: LetterBounced, { invitation, resolution, notices }: RequestedTicket) => ({
  invitation: kind === 'invitation' || invitation.sent.some((letter) => letter.letterId === letterId),
  resolution: kind === 'resolution' || resolution.sent.some((letter) => letter.letterId === letterId),
  notice: notices.find((notice) => notice.letterId === letterId),
});

/** C18, A21. A letter came back: whatever it was for has not reached the citizen. Noted once. */
export const noteLetterBounced = (
  command: LetterBounced,
  state: TicketState,
): Decision<InvitationBounced | ResolutionBounced | CitizenNotified> => {
  if (!isRequested(state)) return refuse('not-found');
  const { letterId, at } = command;
  const { invitation, resolution, notice } = purposes(command, state);
  const decisions = [
    invitation ? noteInvitationBounced(command, state) : nothing(),
    resolution ? noteResolutionBounced(command, state) : nothing(),
    notice === undefined
      ? nothing()
      : notifyCitizen({ about: notice.about, channel: 'email', outcome: 'bounced', notifiedAt: at, at, letterId }, state),
  ];
  const facts: (InvitationBounced | ResolutionBounced | CitizenNotified)[] = [];
  for (const decision of decisions) {
    if (isRefusal(decision)) return decision;
    facts.push(...decision.facts);
  }
  return accept(...facts);
};
