import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { eraseTicket } from '../../domain/ticket/erasure';
import { isRequested } from '../../domain/ticket/state';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { tickets } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { reportOnTicket } from './erasure-done';
import type { ErasureReport } from './erasure-report';
import { Command } from '../kernel/message';

export type ForgetTicketInput = { readonly ticketId: string; readonly reason: string };

export class ForgetTicket extends Command<ForgetTicketInput, Done<ErasureReport>> {}

/**
 * Erases who the citizen of a ticket is: the fact first, then the key, then what is kept of letters.
 * Asked again after a crash in between, it does the rest. The facts, their order, hashes and verdicts stay.
 */
export const forgetTicket =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, reason }: ForgetTicketInput): Promise<Done<ErasureReport> | Refusal> => {
    const stream = tickets.of(ports, ticketId);
    const before = await ports.seal?.checkpoint();
    const erased = await stream.transact(context, 'erase', (state) =>
      eraseTicket({ reason: personal('office', reason), at: context.at }, state),
    );
    if (isRefusal(erased)) return erased;
    if (!isRequested(erased.state)) return refuse('not-found');
    await ports.personalData.destroy([`contact:${stream.name}`]);
    const letters = await ports.operations.outbox.ofTicket(ticketId);
    const deletedLetters = await ports.mailer.forget(ticketId);
    await ports.operations.places.release(ticketId);
    await ports.operations.drafts.forget(ticketId);
    const report = await reportOnTicket(ports, erased.state, stream, { before, lettersSent: letters.length > 0 });
    return done({ ...report, deletedLetters }, erased.position);
  };
