import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { personal } from '../../domain/kernel/personal-text';
import { ticketStream } from '../../domain/ticket/facts';
import { checkReassign, wasMovedTo } from '../../domain/ticket/changes';
import { isRequested } from '../../domain/ticket/state';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { currentStaff, tickets } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { moveMeeting } from './move-meeting';
import { Command } from '../kernel/message';

/** `holdId` is drawn once and kept with the command. */
export type ReassignTicketInput = { readonly ticketId: string; readonly holdId: string; readonly staffId: string; readonly reason: string };

export class ReassignTicket extends Command<ReassignTicketInput, Done<{ readonly ticketId: string }>> {}

/** A3: the same hour with another person, with a reason. */
export const reassignTicket =
  (ports: Ports) =>
  async (context: CommandContext, command: ReassignTicketInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const { ticketId, holdId, staffId } = command;
    const { state, position } = await tickets.of(ports, ticketId).load();
    if (!isRequested(state)) return refuse('not-found');
    if (wasMovedTo(state, holdId)) return done({ ticketId }, position);
    const reason = personal('contact', command.reason, ticketStream(ticketId));
    const refused = checkReassign({ staffId, reason, at: context.at }, state);
    if (refused) return refused;
    if ((await currentStaff(ports, staffId)).status === 'unknown') return refuse('not-found', { field: 'staffId' });
    return moveMeeting(ports, context, {
      ticketId,
      booking: state.booking,
      to: { staffId, slot: state.booking.slot, holdId },
      move: { kind: 'reassign', by: 'staff', reasonText: reason, citizenAgreed: false, requestedAt: context.at },
    });
  };
