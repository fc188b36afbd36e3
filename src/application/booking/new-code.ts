import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import type { Instant } from '../../domain/kernel/fact';
import { issueCode } from '../../domain/ticket/verification';
import { isRequested, type TicketState } from '../../domain/ticket/state';
import { advanceBooking } from './advance-booking';
import { countCodeLetter } from './code-letters';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { currentTicket, tickets } from '../kernel/streams';
import { openTicket } from './open-ticket';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

/** `address`: the remote address that asks, if it is known. */
export type NewCodeInput = { readonly ticketId: string; readonly address?: string };

export class SendNewCode extends Command<NewCodeInput, Done<{ readonly ticketId: string }>> {}

/**
 * A9. A new code replaces the old one, and the slot is held a little longer. It is asked for whenever it is asked: refused
 * `too-many-requests`, the same command may be repeated later, and a code that it gets late lives as long as any other.
 */
export const newCode =
  (ports: Ports) =>
  async (command: CommandContext, { ticketId, address }: NewCodeInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const context = { ...command, at: ports.clock.now() };
    const decide = (state: TicketState) =>
      state.status === 'absent' ? refuse('not-found') : issueCode({ at: context.at, policies: ports.policies }, state);
    const throttled = await letterBound(ports, await currentTicket(ports, ticketId), { decide, address, at: context.at });
    if (throttled) return throttled;
    const issued = await tickets.of(ports, ticketId).transact(context, 'new-code', decide);
    if (isRefusal(issued)) return issued;
    const booking = openTicket(issued.state);
    if (isRefusal(booking)) return booking;
    // The agenda hears of the longer hold; if somebody was faster there, the ticket ends here.
    const { ticket: standing, position } = await advanceBooking(ports, context, { ticketId, request: booking.request });
    return standing.status === 'lapsed' ? refuse('code-expired', { article: '3 e' }) : done({ ticketId }, position);
  };

/** Counted only where a code would be sent: what is refused anyway, or was done before, is not. */
const letterBound = async (
  ports: Ports,
  state: TicketState,
  { decide, address, at }: { readonly decide: (state: TicketState) => unknown; readonly address: string | undefined; readonly at: Instant },
): Promise<Refusal | undefined> => {
  if (!isRequested(state) || state.contact.email === undefined || isRefusal(decide(state))) return undefined;
  const email = await ports.personalData.open(state.contact.email);
  return email === undefined ? undefined : countCodeLetter(ports, { email, address }, at);
};
