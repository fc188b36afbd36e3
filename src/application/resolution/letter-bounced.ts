import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { noteLetterBounced } from '../../domain/ticket/resolution';
import type { CommandContext } from '../kernel/execute';
import { currentCalendar } from '../kernel/streams';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import type { Ports } from '../kernel/ports/ports';
import { Command } from '../kernel/message';

export type LetterBounced = { readonly letterId: string };

export class RecordBouncedLetter extends Command<LetterBounced, TicketDone> {}

/** C18. A person, or the mailbox of bounces, saw a letter come back. Refuses `not-found` for a letter that we never made. */
export const letterBounced =
  (ports: Ports) =>
  async (context: CommandContext, { letterId }: LetterBounced): Promise<TicketDone | Refusal> => {
    const letter = await ports.operations.outbox.get(letterId);
    if (letter === undefined) return refuse('not-found');
    const calendar = await currentCalendar(ports);
    const { ticketId } = letter;
    // A code that came back says nothing about the ticket, whatever it was to open.
    const kind = letter.kind === 'opening' ? 'code' : letter.kind;
    const noted = await decideOnTicket(ports, context, {
      ticketId,
      step: `bounced ${letterId}`,
      decide: (state) => noteLetterBounced({ letterId, kind, at: context.at, policies: ports.policies, calendar }, state),
    });
    // it keeps its place among the letters: one that left after it is still the newest
    if (!isRefusal(noted)) await ports.operations.outbox.note({ ...letter, state: 'bounced' });
    return noted;
  };
