import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { eraseTicket } from '../../domain/ticket/erase-ticket';
import { ticketStream } from '../../domain/ticket/facts';
import { isRequested, type RequestedTicket } from '../../domain/ticket/state';
import { ticket } from '../../domain/ticket/ticket';
import { done, type Done } from '../done';
import { type CommandContext, execute } from '../execute';
import type { Ports } from '../ports/ports';
import { infocet, sentMail, webexRecordings, type ErasureReport, type OutsidePlace } from './erasure-report';

export type ForgetTicket = { readonly ticketId: string; readonly reason: string };

/**
 * Erases who the citizen of a ticket is: the fact first, then the key, then what is kept of letters.
 * Asked again after a crash in between, it does the rest. The facts, their order, hashes and verdicts stay.
 */
export const forgetTicket =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, reason }: ForgetTicket): Promise<Done<ErasureReport> | Refusal> => {
    const stream = ticketStream(ticketId);
    const erased = await execute(ports, context, {
      aggregate: ticket,
      stream,
      step: 'erase',
      decide: (state) => eraseTicket({ reason: personal('office', reason), at: context.at }, state),
    });
    if (isRefusal(erased)) return erased;
    if (!isRequested(erased.state)) return refuse('not-found');
    const key = `contact:${stream}`;
    await ports.personalData.destroy([key]);
    const letters = await ports.operations.outbox.ofTicket(ticketId);
    const deletedLetters = await ports.mailer.forget(ticketId);
    await ports.operations.places.release(ticketId);
    return done(
      {
        subject: 'ticket',
        id: ticketId,
        erasedAt: context.at,
        destroyedKeys: [key],
        deletedLetters,
        kept: erased.state.resolution.issued === undefined ? [] : [`record:${stream}`],
        tickets: [],
        outside: outsideOf(erased.state, letters.length > 0),
      },
      erased.position,
    );
  };

/** Where else something of the citizen may be. */
export const outsideOf = ({ booking, recording, resolution }: RequestedTicket, lettersSent: boolean): readonly OutsidePlace[] => [
  ...(booking.mode === 'online' && recording.attached.length > 0 ? [webexRecordings] : []),
  ...(lettersSent ? [sentMail] : []),
  ...(resolution.issued === undefined ? [] : [infocet]),
];
