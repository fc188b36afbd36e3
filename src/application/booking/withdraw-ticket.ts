import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { lapse } from '../../domain/ticket/request-ticket';
import { isRequested } from '../../domain/ticket/state';
import { advanceBooking } from './advance-booking';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { tickets } from '../kernel/streams';
import { openTicket } from './open-ticket';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type WithdrawTicketInput = { readonly ticketId: string };

export class WithdrawTicket extends Command<WithdrawTicketInput, Done<{ readonly ticketId: string }>> {}

/**
 * Art. 3 e. A citizen whose code went to a wrong address gives the ticket up before it is one: request and hour are free at once.
 * Refuses `wrong-state` once the code was entered, or where none is awaited.
 */
export const withdrawTicket =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId }: WithdrawTicketInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const withdrawn = await tickets.of(ports, ticketId).transact(context, 'withdraw', (state) => {
      if (!isRequested(state)) return refuse('not-found');
      const { request, staffId, slot, holdId } = state.booking;
      return lapse({ cause: 'withdrawn', at: context.at, request, place: { staffId, slot, holdId } }, state);
    });
    if (isRefusal(withdrawn)) return withdrawn;
    const booking = openTicket(withdrawn.state);
    if (isRefusal(booking)) return booking;
    const { position } = await advanceBooking(ports, context, { ticketId, request: booking.request });
    return done({ ticketId }, position > withdrawn.position ? position : withdrawn.position);
  };
