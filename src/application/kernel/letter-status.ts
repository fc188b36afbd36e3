import type { Instant } from '../../domain/kernel/fact';
import type { LetterKind } from './ports/operations';
import type { Ports } from './ports/ports';

/**
 * What became of the newest letter to the citizen. `under-way`: not known yet. `left`: the mail server has it. `not-left`: the mail server
 * does not take it now; it is tried again, and in the end an official is asked. `returned`: it was refused, or it came back.
 */
export type LetterStatus = 'under-way' | 'left' | 'not-left' | 'returned';

const standings = { accepted: 'left', failed: 'not-left', bounced: 'returned' } as const;

/** As it is kept for `letters list`: it says nothing of the ticket, only what may be told of the mail. */
export const letterStatus = async (
  ports: Pick<Ports, 'operations'>,
  asked: { readonly ticketId: string; readonly kinds: readonly LetterKind[]; readonly since?: Instant },
): Promise<LetterStatus> => {
  const { ticketId, kinds, since = '' } = asked;
  const letters = await ports.operations.outbox.ofTicket(ticketId);
  const newest = letters.filter(({ kind, at }) => kinds.includes(kind) && at >= since).at(-1);
  return newest === undefined ? 'under-way' : standings[newest.state];
};
