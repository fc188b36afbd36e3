import type { Fact, RecordedFact } from '../../src/domain/kernel/fact';
import { type RequestFact, requestStream } from '../../src/domain/request/facts';
import { type TicketFact, ticketStream } from '../../src/domain/ticket/facts';
import { type History, recorded } from './history';
import { type Entry, type TicketEntry, requestIdentity } from './plot';

type OfType<T extends TicketFact['type']> = Extract<TicketFact, { readonly type: T }>;

const entriesOf = <F extends Fact>(events: readonly RecordedFact<F>[]): readonly Entry<F>[] =>
  events.map(({ recordedAt, fact, actor }) => [recordedAt, fact, actor] as const);

const retold = (history: History, entries: readonly TicketEntry[]): History => ({
  ...history,
  ticket: recorded(ticketStream(history.ticketId), entries),
});

/** The same story with something else in every fact of this type. */
export const changing = <T extends TicketFact['type']>(history: History, type: T, changes: Partial<OfType<T>['data']>): History =>
  retold(
    history,
    entriesOf(history.ticket).map(
      ([at, fact, actor]) =>
        [
          at,
          fact.type === type ? ({ ...fact, data: { ...fact.data, ...changes } } as TicketFact) : fact,
          ...(actor ? [actor] : []),
        ] as unknown as TicketEntry,
    ),
  );

/** The same story without the facts of these types. */
export const without = (history: History, ...types: readonly TicketFact['type'][]): History =>
  retold(
    history,
    entriesOf(history.ticket).filter(([, fact]) => !types.includes(fact.type)),
  );

/** The same story with more in it. */
export const adding = (history: History, ...entries: readonly TicketEntry[]): History =>
  retold(history, [...entriesOf(history.ticket), ...entries]);

/** The same story about a request to which more happened. */
export const addingToRequest = (history: History, ...entries: readonly Entry<RequestFact>[]): History => ({
  ...history,
  request: recorded(requestStream(requestIdentity), [...entriesOf(history.request), ...entries]),
});

/** The event of this type in the ticket's stream, the first by default. */
export const eventOf = <T extends TicketFact['type']>(history: History, type: T, nth = 0): RecordedFact<OfType<T>> => {
  const event = history.ticket.filter(({ fact }) => fact.type === type)[nth];
  if (event === undefined) throw new Error(`No ${type} in this history.`);
  return event as RecordedFact<OfType<T>>;
};
