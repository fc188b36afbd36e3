import type { Instant, RecordedFact } from '../../domain/kernel/fact';
import { requestStream } from '../../domain/request/facts';
import { ticketStream, type TicketFact } from '../../domain/ticket/facts';
import type { Ports } from '../kernel/ports/ports';
import type { NotedRefusal } from '../kernel/ports/refusals';

/** `about`: the ticket itself, or the request that it is about, before there was a ticket or beside it. */
export type RefusedAttempt = Omit<NotedRefusal, 'subject'> & { readonly about: 'ticket' | 'request' };

const requestOf = (events: readonly RecordedFact<TicketFact>[]): string | undefined => {
  for (const { fact } of events) if (fact.type === 'Requested' || fact.type === 'Lapsed') return requestStream(fact.data.request);
  return undefined;
};

/** What was refused about a ticket or its request, as far as it is still kept; oldest first. `asOf`: nothing later. */
export const refusedAttempts = async (
  { operations }: Pick<Ports, 'operations'>,
  ticketId: string,
  events: readonly RecordedFact<TicketFact>[],
  asOf?: Instant,
): Promise<readonly RefusedAttempt[]> => {
  const request = requestOf(events);
  const found = [
    ...(await operations.refusals.of(ticketStream(ticketId))).map((row) => ({ ...row, about: 'ticket' as const })),
    ...(request === undefined ? [] : await operations.refusals.of(request)).map((row) => ({ ...row, about: 'request' as const })),
  ];
  return found
    .filter(({ at }) => asOf === undefined || at <= asOf)
    .toSorted((one, other) => (one.at < other.at ? -1 : one.at > other.at ? 1 : 0))
    .map(({ subject: _, ...attempt }) => attempt);
};
