import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { isOfAnotherApplicant } from '../../domain/request/request';
import { isRequested, type TicketState } from '../../domain/ticket/ticket';
import type { Ports } from '../kernel/ports/ports';
import { currentRequest } from '../kernel/streams';

/**
 * What the ticket’s request says of its answers: their corrections stand there. Nothing, for an applicant whose request it turned out not to
 * be (A29): its answers are another one’s.
 */
export const answersOfRequest = async (
  ports: Ports,
  ticketId: string,
  state: TicketState,
): Promise<{ readonly answersCorrectedAt?: Instant }> => {
  const request = isRequested(state) ? await currentRequest(ports, state.booking.request) : undefined;
  if (request === undefined || request.status === 'unknown' || isOfAnotherApplicant(request, ticketId)) return {};
  return defined({ answersCorrectedAt: request.answersCorrectedAt });
};
