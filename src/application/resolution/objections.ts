import { defined } from '../../domain/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import type { Refusal } from '../../domain/kernel/refusal';
import type { CorrectedThing } from '../../domain/ticket/facts';
import { answerObjection as decideAnswer, disputeCorrection as decideObjection } from '../../domain/ticket/objection';
import { isRequested, type TicketState } from '../../domain/ticket/ticket';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { currentRequest } from '../kernel/streams';

/**
 * What the ticket’s request says of its answers: their corrections stand there. Nothing, for an applicant whose request it turned out not to
 * be (A29): its answers are another one’s.
 */
export const ofRequest = async (ports: Ports, ticketId: string, state: TicketState): Promise<{ readonly answersCorrectedAt?: Instant }> => {
  const request = isRequested(state) ? await currentRequest(ports, state.booking.request) : undefined;
  if (request === undefined || request.status === 'unknown' || request.ticketIdsOfOthers?.includes(ticketId) === true) return {};
  return defined({ answersCorrectedAt: request.answersCorrectedAt });
};

export type DisputeCorrectionInput = { readonly ticketId: string; readonly correctionOf: CorrectedThing; readonly objection: string };

export class DisputeCorrection extends Command<DisputeCorrectionInput, TicketDone> {}

/** Art. 7. The citizen objects to a correction: a task for whoever met them. */
export const disputeCorrection =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, correctionOf, objection }: DisputeCorrectionInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'objection',
      decide: async (state) =>
        decideObjection(
          { correctionOf, objection: personal('contact', objection), at: context.at, ...(await ofRequest(ports, ticketId, state)) },
          state,
        ),
    });

export type AnswerObjectionInput = { readonly ticketId: string; readonly correctionOf: CorrectedThing; readonly answer: string };

export class AnswerObjection extends Command<AnswerObjectionInput, TicketDone> {}

/** Art. 7. What is answered to an objection; the citizen reads it on the ticket's page. */
export const answerObjection =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, correctionOf, answer }: AnswerObjectionInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'answered objection',
      decide: (state) => decideAnswer({ correctionOf, answer: personal('contact', answer), by: context.actor.id, at: context.at }, state),
    });
