import type { Decision } from '../../domain/kernel/decider';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import type { TicketFact } from '../../domain/ticket/facts';
import { isRequested, type TicketState } from '../../domain/ticket/ticket';
import { advanceBooking } from './advance-booking';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { inOneCommand } from '@tichet-albastru/event-log/execute/load';
import { tickets } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';

export type TicketDone = Done<{ readonly ticketId: string }>;

/** One decision about one ticket: one append to its stream, answered with its id. */
export const decideOnTicket = async (
  ports: Ports,
  context: CommandContext,
  target: {
    readonly ticketId: string;
    readonly step: string;
    readonly decide: (state: TicketState) => Decision<TicketFact> | Promise<Decision<TicketFact>>;
  },
): Promise<TicketDone | Refusal> => {
  const { ticketId, step, decide } = target;
  const executed = await tickets.of(ports, ticketId).transact(context, step, decide);
  return isRefusal(executed) ? executed : done({ ticketId }, executed.position);
};

/** The same for a decision that may end the ticket: its request is freed at once, and not only when the booking process passes. */
export const decideAndAdvance = async (
  asked: Ports,
  context: CommandContext,
  target: Parameters<typeof decideOnTicket>[2],
): Promise<TicketDone | Refusal> => {
  const { ticketId, step, decide } = target;
  const ports = inOneCommand(asked, context.known);
  const executed = await tickets.of(ports, ticketId).transact(context, step, decide);
  if (isRefusal(executed)) return executed;
  if (!isRequested(executed.state)) return refuse('not-found');
  const advanced = await advanceBooking(ports, context, { ticketId, request: executed.state.booking.request });
  return done({ ticketId }, advanced.position > executed.position ? advanced.position : executed.position);
};
