import { defined } from '../../domain/kernel/defined';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { personal } from '../../domain/kernel/personal-text';
import { cancel } from '../../domain/ticket/changes';
import type { ChangeReason } from '../../domain/ticket/facts';
import { plusMinutes } from '../../domain/time/civil-time';
import { advanceBooking, releaseDelay } from './advance-booking';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { currentCalendar, tickets } from '../kernel/streams';
import { openTicket } from './open-ticket';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type CancelTicketInput = {
  readonly ticketId: string;
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  readonly reasonText?: string;
};

export class CancelTicket extends Command<CancelTicketInput, Done<{ readonly ticketId: string }>> {}

/** A19 (citizen) and Art. 8 (staff). The ticket ends first; its request and its slot are freed after. */
export const cancelTicket =
  (ports: Ports) =>
  async (context: CommandContext, command: CancelTicketInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const { ticketId, by, reason, reasonText } = command;
    const calendar = await currentCalendar(ports);
    const slotFreeFrom = plusMinutes(context.at, releaseDelay(ports));
    const cancelled = await tickets.of(ports, ticketId).transact(context, 'cancel', (state) =>
      state.status === 'absent'
        ? refuse('not-found')
        : cancel(
            {
              by,
              ...defined({ reason }),
              ...(reasonText === undefined ? {} : { reasonText: personal('contact', reasonText) }),
              at: context.at,
              slotFreeFrom,
              policies: ports.policies,
              calendar,
            },
            state,
          ),
    );
    if (isRefusal(cancelled)) return cancelled;
    const booking = openTicket(cancelled.state);
    if (isRefusal(booking)) return booking;
    const { position } = await advanceBooking(ports, context, { ticketId, request: booking.request });
    return done({ ticketId }, position > cancelled.position ? position : cancelled.position);
  };
