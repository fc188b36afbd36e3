import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import type { Ports } from '../kernel/ports/ports';
import { openableTicket } from './openable-ticket';
import { openingCode } from './opening-code';
import { Command } from '../kernel/message';

export type OpenWithCodeInput = { readonly reference: string; readonly code: string };

export class OpenWithCode extends Command<OpenWithCodeInput, Done<{ readonly ticketId: string }>> {}

/**
 * The code from the letter opens the ticket for whoever entered it. A try is counted before anything is compared, for a reference
 * of no ticket too: refusals do not tell which is which. Refuses `wrong-code` with `triesLeft`, and `code-expired`.
 */
export const openWithCode =
  (ports: Ports) =>
  async (context: CommandContext, { reference, code }: OpenWithCodeInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const { openings } = ports.operations;
    const attempt = await openings.takeTry(reference, ports.clock.now(), ports.policies.verification.value.triesPerCode);
    const again = attempt.kind === 'spent' && attempt.by === context.commandId;
    if (attempt.kind !== 'compare' && !again) return refuse('code-expired');
    const right = again || (attempt.kind === 'compare' && code === openingCode(ports, reference, attempt.n));
    const found = right ? await openableTicket(ports, reference) : undefined;
    if (found === undefined) {
      const triesLeft = attempt.kind === 'compare' ? attempt.triesLeft : 0;
      return triesLeft > 0 ? refuse('wrong-code', { triesLeft }) : refuse('code-expired');
    }
    if (attempt.kind === 'compare') await openings.spend(reference, attempt.n, context.commandId);
    return done({ ticketId: found.ticketId }, '');
  };
