import { defined } from '../../domain/kernel/defined';
import { personal } from '../../domain/kernel/personal-text';
import type { Refusal } from '../../domain/kernel/refusal';
import { attachMeetingLink as attachMeetingLinkDecision } from '../../domain/ticket/meeting';
import { isRequested } from '../../domain/ticket/state';
import type { CommandContext } from '../kernel/execute';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import { isSameText } from '../kernel/typed-values';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type AttachMeetingLinkInput = { readonly ticketId: string; readonly joinUrl: string; readonly meetingId?: string };

export class AttachMeetingLink extends Command<AttachMeetingLinkInput, TicketDone> {}

/** Art. 5. The link that the staff member pastes; the invitation with it goes out by itself. */
export const attachMeetingLink =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, joinUrl, meetingId }: AttachMeetingLinkInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'link',
      decide: async (state) =>
        attachMeetingLinkDecision(
          {
            joinUrl: personal('contact', joinUrl),
            ...defined({ meetingId }),
            sameLink: isRequested(state) && (await isSameText(ports, state.meetingLink?.joinUrl, joinUrl)),
            at: context.at,
          },
          state,
        ),
    });
