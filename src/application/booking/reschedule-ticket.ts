import { defined } from '../../domain/kernel/defined';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { personal } from '../../domain/kernel/personal-text';
import { type ChangeReason, ticketStream } from '../../domain/ticket/facts';
import { checkReschedule, wasMovedTo } from '../../domain/ticket/changes';
import { isRequested } from '../../domain/ticket/state';
import { slotStarting } from '../../domain/time/slot';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { currentCalendar, tickets } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { moveMeeting } from './move-meeting';
import { Command } from '../kernel/message';

/** `holdId` is drawn once and kept with the command. */
export type RescheduleTicketInput = {
  readonly ticketId: string;
  readonly holdId: string;
  readonly startsAt: string;
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  readonly reasonText?: string;
  readonly citizenAgreed?: boolean;
};

export class RescheduleTicket extends Command<RescheduleTicketInput, Done<{ readonly ticketId: string }>> {}

/** Art. 8 (staff) and A19 (citizen): another hour with the same person. */
export const rescheduleTicket =
  (ports: Ports) =>
  async (context: CommandContext, command: RescheduleTicketInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const { ticketId, holdId, by, reason, reasonText, citizenAgreed = false } = command;
    const { state, position } = await tickets.of(ports, ticketId).load();
    if (!isRequested(state)) return refuse('not-found');
    if (wasMovedTo(state, holdId)) return done({ ticketId }, position);
    const slot = slotStarting(command.startsAt);
    if (isRefusal(slot)) return slot;
    const details = {
      by,
      ...defined({ reason }),
      ...(reasonText === undefined ? {} : { reasonText: personal('contact', reasonText, ticketStream(ticketId)) }),
      citizenAgreed: by === 'staff' && citizenAgreed,
    };
    const calendar = await currentCalendar(ports);
    const refused = checkReschedule({ ...details, slot, at: context.at, policies: ports.policies, calendar }, state);
    if (refused) return refused;
    return moveMeeting(ports, context, {
      ticketId,
      booking: state.booking,
      to: { staffId: state.booking.staffId, slot, holdId },
      move: { kind: 'reschedule', ...details, requestedAt: context.at },
    });
  };
