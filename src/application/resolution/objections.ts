import { personal } from '../../domain/kernel/personal-text';
import type { Refusal } from '../../domain/kernel/refusal';
import type { CorrectedThing } from '../../domain/ticket/facts';
import { answerObjection as decideAnswer, disputeCorrection as decideObjection } from '../../domain/ticket/objection';
import { answersOfRequest } from '../booking/answers-of-request';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';

export type DisputeCorrectionInput = { readonly ticketId: string; readonly correctionOf: CorrectedThing; readonly objection: string };

export class DisputeCorrection extends Command<DisputeCorrectionInput, TicketDone> {}

/** Art. 7. The citizen objects to a correction: a task for the official who met them. */
export const disputeCorrection =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, correctionOf, objection }: DisputeCorrectionInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'objection',
      decide: async (state) =>
        decideObjection(
          { correctionOf, objection: personal('contact', objection), at: context.at, ...(await answersOfRequest(ports, ticketId, state)) },
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
