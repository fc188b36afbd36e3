import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { handOverResolution as handOverResolutionDecision } from '../../domain/ticket/resolution';
import type { CommandContext } from '../kernel/execute';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import { instantOf } from '../kernel/typed-values';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type HandOverResolutionInput = {
  readonly ticketId: string;
  readonly channel: 'post' | 'pickup';
  readonly handedOverAt: string;
  readonly proof: string;
};

export class HandOverResolution extends Command<HandOverResolutionInput, TicketDone> {}

/** Art. 7 (A11). The resolution went by post, or somebody came for it. */
export const handOverResolution =
  (ports: Ports) =>
  async (context: CommandContext, command: HandOverResolutionInput): Promise<TicketDone | Refusal> => {
    const { ticketId, channel } = command;
    const handedOver = instantOf('at', command.handedOverAt);
    if (isRefusal(handedOver)) return handedOver;
    const proof = personal('record', command.proof);
    return decideOnTicket(ports, context, {
      ticketId,
      step: 'handed over',
      decide: (state) => handOverResolutionDecision({ channel, handedOverAt: handedOver.instant, proof, at: context.at }, state),
    });
  };
