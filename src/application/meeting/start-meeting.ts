import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { startMeeting as startMeetingDecision } from '../../domain/ticket/meeting';
import type { CommandContext } from '../kernel/execute';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import { instantOf } from '../kernel/typed-values';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

/** `startedAt` left out: now. */
export type StartMeetingInput = { readonly ticketId: string; readonly startedAt?: string };

export class StartMeeting extends Command<StartMeetingInput, TicketDone> {}

/** The meeting begins (A18). */
export const startMeeting =
  (ports: Ports) =>
  async (context: CommandContext, command: StartMeetingInput): Promise<TicketDone | Refusal> => {
    const { ticketId } = command;
    const startedAt = instantOf('at', command.startedAt ?? context.at);
    if (isRefusal(startedAt)) return startedAt;
    return decideOnTicket(ports, context, {
      ticketId,
      step: 'start',
      decide: (state) => startMeetingDecision({ startedAt: startedAt.instant, at: context.at }, state),
    });
  };
