import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { ticketStream } from '../../domain/ticket/facts';
import { issueCode } from '../../domain/ticket/issue-code';
import { ticket } from '../../domain/ticket/ticket';
import { advance } from '../advance';
import { done, type Done } from '../done';
import { type CommandContext, execute } from '../execute';
import { openTicket } from '../open-ticket';
import type { Ports } from '../ports/ports';

/**
 * A9. A new code replaces the old one, and the slot is held a little longer. It is asked for whenever it is asked: refused
 * `too-many-requests`, the same command may be repeated later, and a code that it gets late lives as long as any other.
 */
export const newCode =
  (ports: Ports) =>
  async (command: CommandContext, { ticketId }: { readonly ticketId: string }): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const context = { ...command, at: ports.clock.now() };
    const issued = await execute(ports, context, {
      aggregate: ticket,
      stream: ticketStream(ticketId),
      step: 'new-code',
      decide: (state) => (state.status === 'absent' ? refuse('not-found') : issueCode({ at: context.at, policies: ports.policies }, state)),
    });
    if (isRefusal(issued)) return issued;
    const booking = openTicket(issued.state);
    if (isRefusal(booking)) return booking;
    // The agenda hears of the longer hold; if somebody was faster there, the ticket ends here.
    const { ticket: standing, position } = await advance(ports, context, { ticketId, request: booking.request });
    return standing.status === 'lapsed' ? refuse('code-expired', { article: '3 e' }) : done({ ticketId }, position);
  };
