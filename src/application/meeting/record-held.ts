import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { recordHeld as recordHeldDecision } from '../../domain/ticket/meeting';
import type { CommandContext } from '../kernel/execute';
import { currentCalendar } from '../kernel/streams';
import { decideAndAdvance, type TicketDone } from '../booking/on-ticket';
import { instantOf } from '../kernel/typed-values';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type RecordHeldInput = { readonly ticketId: string; readonly startedAt: string; readonly endedAt: string };

export class RecordHeld extends Command<RecordHeldInput, TicketDone> {}

/** The meeting took place. Its request is free for another ticket while it is eligible (A24). */
export const recordHeld =
  (ports: Ports) =>
  async (context: CommandContext, command: RecordHeldInput): Promise<TicketDone | Refusal> => {
    const { ticketId } = command;
    const started = instantOf('startedAt', command.startedAt);
    if (isRefusal(started)) return started;
    const ended = instantOf('endedAt', command.endedAt);
    if (isRefusal(ended)) return ended;
    const calendar = await currentCalendar(ports);
    const times = { startedAt: started.instant, endedAt: ended.instant, at: context.at };
    return decideAndAdvance(ports, context, {
      ticketId,
      step: 'held',
      decide: (state) => recordHeldDecision({ ...times, policies: ports.policies, calendar }, state),
    });
  };
