import type { Fact, Instant, RecordedFact } from '../../src/domain/kernel/fact';
import { type RequestFact, requestStream } from '../../src/domain/request/facts';
import { type StaffFact, staffStream } from '../../src/domain/staff/facts';
import { type TicketFact, ticketStream } from '../../src/domain/ticket/facts';
import { type History, recorded, staffRegistered } from './history';
import { type Entry, type TicketEntry, requestIdentity } from './plot';

type OfType<T extends TicketFact['type']> = Extract<TicketFact, { readonly type: T }>;

const entriesOf = <F extends Fact>(events: readonly RecordedFact<F>[]): readonly Entry<F>[] =>
  events.map(({ recordedAt, fact, actor }) => [recordedAt, fact, actor] as const);

const retold = (history: History, entries: readonly TicketEntry[]): History => ({
  ...history,
  ticket: recorded(ticketStream(history.ticketId), entries),
});

/** `undefined` takes a field away. */
type Changes<T extends TicketFact['type']> = { readonly [K in keyof OfType<T>['data']]?: OfType<T>['data'][K] | undefined };

const withData = (fact: TicketFact, changes: object): TicketFact => {
  const data = Object.entries({ ...fact.data, ...changes }).filter(([, value]) => value !== undefined);
  return { ...fact, data: Object.fromEntries(data) } as TicketFact;
};

/** The same story with something else in every fact of this type. */
export const changing = <T extends TicketFact['type']>(history: History, type: T, changes: Changes<T>): History =>
  retold(
    history,
    history.ticket.map(({ recordedAt, fact, actor }) => [recordedAt, fact.type === type ? withData(fact, changes) : fact, actor]),
  );

/** The same story with the nth fact of this type (0 is the first) recorded at another moment, and changed. */
export const moved = <T extends TicketFact['type']>(
  history: History,
  type: T,
  nth: number,
  at: Instant,
  changes: Changes<T> = {},
): History => {
  const { id } = eventOf(history, type, nth);
  return retold(
    history,
    history.ticket.map((event) =>
      event.id === id ? [at, withData(event.fact, changes), event.actor] : [event.recordedAt, event.fact, event.actor],
    ),
  );
};

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

/** The same story with one more person working in the department. */
export const withStaff = (history: History, staffId: string, ...entries: readonly Entry<StaffFact>[]): History => ({
  ...history,
  staff: { ...history.staff, [staffId]: recorded(staffStream(staffId), [staffRegistered(staffId), ...entries]) },
});

/** The event of this type in the ticket's stream, the first by default. */
export const eventOf = <T extends TicketFact['type']>(history: History, type: T, nth = 0): RecordedFact<OfType<T>> => {
  const event = history.ticket.filter(({ fact }) => fact.type === type)[nth];
  if (event === undefined) throw new Error(`No ${type} in this history.`);
  return event as RecordedFact<OfType<T>>;
};
