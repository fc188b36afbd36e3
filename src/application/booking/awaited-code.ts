import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { issueCode } from '../../domain/ticket/verification';
import { isPending, newestCode } from '../../domain/ticket/state';
import type { Slot } from '../../domain/time/slot';
import { currentTicket } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { letterStanding, type LetterStanding } from '../kernel/letter-standing';

/** Art. 3 e: what is waited for, and until when. */
export type AwaitedCode = {
  readonly slot: Slot;
  /** until when the slot is kept */
  readonly heldUntil: Instant;
  /** of the newest code; left out when it is of no use any more */
  readonly usableUntil?: Instant;
  /** from when on another code may be asked for; left out when none will be given any more */
  readonly newCodeFrom?: Instant;
  /** what became of the letter with the newest code */
  readonly letter: LetterStanding;
};

/** A ticket whose code is awaited, from the log itself. Refuses `wrong-state` where none is awaited (any more). */
export const awaitedCode =
  (ports: Ports) =>
  async ({ ticketId }: { readonly ticketId: string }): Promise<AwaitedCode | Refusal> => {
    const at = ports.clock.now();
    const ticket = await currentTicket(ports, ticketId);
    if (!isPending(ticket) || at >= ticket.heldUntil) return refuse('wrong-state', { article: '3 e' });
    const code = newestCode(ticket);
    const another = issueCode({ at, policies: ports.policies }, ticket);
    const retryAt = isRefusal(another) ? another.details?.['retryAt'] : at;
    return {
      slot: ticket.booking.slot,
      heldUntil: ticket.heldUntil,
      letter: await letterStanding(ports, { ticketId, kinds: ['code'], ...defined({ since: code?.issuedAt }) }),
      ...(code !== undefined && at < code.expiresAt && code.triesLeft !== 0 ? { usableUntil: code.expiresAt } : {}),
      ...(typeof retryAt === 'string' && retryAt < ticket.heldUntil ? { newCodeFrom: retryAt } : {}),
    };
  };
