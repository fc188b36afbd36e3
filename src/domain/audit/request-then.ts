import type { RequestFact, RequestStatus } from '../request/facts';
import type { Evidence } from './case-file';
import { first, seenOfRequest, type Dossier, type RequestSeen } from './dossier';

/** The request as it stood when the ticket was admitted. */
export type RequestThen = {
  readonly events: readonly Evidence<RequestFact>[];
  readonly status: RequestStatus | undefined;
  readonly statusEvent: Evidence<RequestFact> | undefined;
  readonly handlerStaffId: string | undefined;
  readonly answers: readonly RequestSeen<'AnswerCommunicated'>[];
};

/** What stood in the request's stream before this ticket's admission; without one, what was recorded when it was requested. */
const eventsBefore = (dossier: Dossier): readonly Evidence<RequestFact>[] => {
  const admission = dossier.request.findIndex(({ fact }) => fact.type === 'TicketAdmitted' && fact.data.ticketId === dossier.ticketId);
  if (admission >= 0) return dossier.request.slice(0, admission);
  const requested = first(dossier, 'Requested');
  return requested === undefined ? [] : dossier.request.filter(({ recordedAt }) => recordedAt <= requested.recordedAt);
};

const statusIn = (fact: RequestFact): RequestStatus | undefined => {
  if (fact.type === 'AnswerCommunicated') return 'answered';
  return fact.type === 'RequestRegistered' || fact.type === 'StatusChanged' ? fact.data.status : undefined;
};

export const requestThen = (dossier: Dossier): RequestThen => {
  const events = eventsBefore(dossier);
  const statusEvent = events.findLast(({ fact }) => statusIn(fact) !== undefined);
  const handlers = events.flatMap(({ fact }) => ('handlerStaffId' in fact.data ? [fact.data.handlerStaffId] : []));
  return {
    events,
    status: statusEvent && statusIn(statusEvent.fact),
    statusEvent,
    handlerStaffId: handlers.at(-1),
    answers: seenOfRequest(events, 'AnswerCommunicated'),
  };
};
