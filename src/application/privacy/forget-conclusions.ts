import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { eraseConclusions } from '../../domain/ticket/erasure';
import { isRequested } from '../../domain/ticket/state';
import { done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { tickets } from '../kernel/streams';
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
    const stream = tickets.of(ports, ticketId);
    const erased = await stream.transact(context, 'erase-conclusions', (state) =>
      eraseConclusions({ reason: personal('office', reason), at: context.at }, state),
    );
    if (isRefusal(erased)) return erased;
    if (!isRequested(erased.state)) return refuse('not-found');
    await ports.personalData.destroy([`record:${stream.name}`]);
    await ports.mailer.forget(ticketId);
    return done({ ticketId }, erased.position);
  };
