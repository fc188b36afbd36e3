import { defined } from '@tichet-albastru/kernel/defined';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { cancel } from '../../domain/ticket/changes';
import type { AskedThrough, Booking, ChangeReason } from '../../domain/ticket/facts';
import { lapse } from '../../domain/ticket/request-ticket';
import { isRequested, type TicketState } from '../../domain/ticket/ticket';
import { plusMinutes } from '../../domain/time/civil-time';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { inOneCommand } from '@tichet-albastru/event-log/execute/load';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { currentCalendar, tickets } from '../kernel/streams';
import { advanceBooking, releaseDelay } from './advance-booking';

/** The booking of a ticket that was really asked for; there is nothing to find behind any other id. */
export const openTicket = (state: TicketState): Booking | Refusal => (isRequested(state) ? state.booking : refuse('not-found'));

export type CancelTicketInput = {
  readonly ticketId: string;
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  readonly reasonText?: string;
  /** by a clerk, for the citizen */
  readonly askedThrough?: AskedThrough;
};

export class CancelTicket extends Command<CancelTicketInput, Done<{ readonly ticketId: string }>> {}

/** A19 (citizen) and Art. 8 (staff). The ticket ends first; its request and its slot are freed after. */
export const cancelTicket =
  (asked: Ports) =>
  async (context: CommandContext, command: CancelTicketInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const ports = inOneCommand(asked, context.known);
    const { ticketId, by, reason, reasonText, askedThrough } = command;
    const calendar = await currentCalendar(ports);
    const slotFreeFrom = plusMinutes(context.at, releaseDelay(ports));
    const cancelled = await tickets.of(ports, ticketId).transact(context, 'cancel', (state) =>
      state.status === 'absent'
        ? refuse('not-found')
        : cancel(
            {
              by,
              ...defined({ reason, askedThrough }),
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

export type WithdrawTicketInput = { readonly ticketId: string };

export class WithdrawTicket extends Command<WithdrawTicketInput, Done<{ readonly ticketId: string }>> {}

/**
 * Art. 3 e. A citizen whose code went to a wrong address gives the ticket up before it is one: request and hour are free at once.
 * Refuses `wrong-state` once the code was entered, or where none is awaited.
 */
export const withdrawTicket =
  (asked: Ports) =>
  async (context: CommandContext, { ticketId }: WithdrawTicketInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const ports = inOneCommand(asked, context.known);
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
