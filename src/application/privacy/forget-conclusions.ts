import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { eraseConclusions } from '../../domain/ticket/erasure';
import { ticketStream } from '../../domain/ticket/facts';
import { isRequested } from '../../domain/ticket/state';
import { ticket } from '../../domain/ticket/ticket';
import { done } from '../kernel/done';
import { type CommandContext, execute } from '../kernel/execute';
import type { TicketDone } from '../booking/on-ticket';
import type { Ports } from '../kernel/ports/ports';

export type ForgetConclusions = { readonly ticketId: string; readonly reason: string };

/**
 * Erases what the resolution of a ticket says: the fact first, then the key, then the letters that repeat it. With the key go the
 * addresses of recordings and the proofs of handing over. Asked again after a crash in between, it does the rest.
 */
export const forgetConclusions =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, reason }: ForgetConclusions): Promise<TicketDone | Refusal> => {
    const stream = ticketStream(ticketId);
    const erased = await execute(ports, context, {
      aggregate: ticket,
      stream,
      step: 'erase-conclusions',
      decide: (state) => eraseConclusions({ reason: personal('office', reason), at: context.at }, state),
    });
    if (isRefusal(erased)) return erased;
    if (!isRequested(erased.state)) return refuse('not-found');
    await ports.personalData.destroy([`record:${stream}`]);
    await ports.mailer.forget(ticketId);
    return done({ ticketId }, erased.position);
  };
