import { defined } from '../../domain/kernel/defined';
import { personal } from '../../domain/kernel/personal-text';
import type { Refusal } from '../../domain/kernel/refusal';
import { issueResolution as issueResolutionDecision } from '../../domain/ticket/resolution';
import { isRequested } from '../../domain/ticket/state';
import type { CommandContext } from '../kernel/execute';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import { isSameText } from '../kernel/typed-values';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type IssueResolutionInput = { readonly ticketId: string; readonly conclusions: string; readonly documentNumber?: string };

export class IssueResolution extends Command<IssueResolutionInput, TicketDone> {}

/** Art. 7. Issued here, by whoever acts; filed and sent by the processes. */
export const issueResolution =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, conclusions, documentNumber }: IssueResolutionInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'resolution',
      decide: async (state) =>
        issueResolutionDecision(
          {
            conclusions: personal('record', conclusions),
            sameConclusions: isRequested(state) && (await isSameText(ports, state.resolution.issued?.conclusions, conclusions)),
            ...defined({ documentNumber }),
            issuedBy: context.actor.id,
            at: context.at,
          },
          state,
        ),
    });
