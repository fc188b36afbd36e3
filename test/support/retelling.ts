import type { Actor, CivilDate, Fact, Instant, RecordedFact } from '../../src/domain/kernel/fact';
import { personal } from '../../src/domain/kernel/personal-text';
import { type RequestFact, requestStream } from '../../src/domain/request/facts';
import { type StaffFact, staffStream } from '../../src/domain/staff/facts';
import { type TicketFact, ticketStream } from '../../src/domain/ticket/facts';
import { type History, recorded, staffRegistered } from './history';
import { type Entry, policies, type TicketEntry, requestIdentity } from './plot';

type OfType<T extends TicketFact['type']> = Extract<TicketFact, { readonly type: T }>;

const entriesOf = <F extends Fact>(events: readonly RecordedFact<F>[]): readonly Entry<F>[] =>
  events.map(({ recordedAt, fact, actor }) => [recordedAt, fact, actor] as const);

const retold = (history: History, entries: readonly TicketEntry[]): History => ({
  ...history,
  ticket: recorded(ticketStream(history.ticketId), entries),
});

/** `undefined` takes a field away. */
type Changes<T extends TicketFact['type']> = { readonly [K in keyof OfType<T>['data']]?: OfType<T>['data'][K] | undefined };

const withData = <F extends Fact>(fact: F, changes: object): F => {
  const data = Object.entries({ ...fact.data, ...changes }).filter(([, value]) => value !== undefined);
  return { ...fact, data: Object.fromEntries(data) };
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

/** The same story until the first fact of this type, with it. */
export const upTo = (history: History, type: TicketFact['type']): History => ({
  ...history,
  ticket: history.ticket.slice(0, history.ticket.findIndex(({ fact }) => fact.type === type) + 1),
});

/** The same story with more in it. */
export const adding = (history: History, ...entries: readonly TicketEntry[]): History =>
  retold(history, [...entriesOf(history.ticket), ...entries]);

/** The same story in which S-900 of another department is asked to take the meeting over (Art. 8). */
export const moveOffered = (booked: History, offeredAt: Instant, validUntil: Instant): History => {
  const { request, staffId, department, departmentCode, mode, slot, holdId } = eventOf(booked, 'Scheduled').fact.data;
  const offer = {
    offerId: 'O-1',
    to: { departmentCode: '430', department: 'Serviciul Drumuri' },
    askedOf: 'S-900',
    reason: personal('contact', 'Ține de drumuri.'),
    offeredBy: staffId,
    offeredAt,
    validUntil,
    policies: [],
  };
  const data = { request, staffId, department, departmentCode, mode, slot, holdId, ...offer };
  return adding(booked, [offeredAt, { type: 'MoveOffered', data }]);
};

const requestStreamOf = ({ request }: History): string => request[0]?.stream ?? requestStream(requestIdentity);

/** The same story about a request to which more happened. */
export const addingToRequest = (history: History, ...entries: readonly Entry<RequestFact>[]): History => ({
  ...history,
  request: recorded(requestStreamOf(history), [...entriesOf(history.request), ...entries]),
});

/** An answer of that day, which the register told of only on the day after the ticket of March 2026 was asked for. */
export const answeredOn = (communicatedOn: CivilDate, until: CivilDate): Entry<RequestFact> => [
  '2026-03-03T08:00:00.000Z',
  {
    type: 'AnswerCommunicated',
    data: {
      documentNumber: '154997/R0',
      communicatedOn,
      channel: 'post',
      answeredBy: 'S-017',
      advertisedUntil: until,
      enforcedUntil: until,
      policy: policies['clarification-window'],
      calendarVersion: 'ro-2024.1+0',
      registeredAt: '2026-03-03T08:00:00.000Z',
    },
  },
];

/** The same story with one more person working in the department. */
export const withStaff = (history: History, staffId: string, ...entries: readonly Entry<StaffFact>[]): History => ({
  ...history,
  staff: { ...history.staff, [staffId]: recorded(staffStream(staffId), [staffRegistered(staffId), ...entries]) },
});

type Told = { readonly at?: Instant; readonly actor?: Actor; readonly data?: object; readonly gone?: true };

const toldOtherwise = <F extends Fact>(
  events: readonly RecordedFact<F>[],
  otherwise: (event: RecordedFact<F>) => Told | undefined,
): readonly Entry<F>[] | undefined => {
  const told = events.map((event) => ({ event, other: otherwise(event) }));
  if (told.every(({ other }) => other === undefined)) return undefined;
  return told.flatMap(({ event, other }): readonly Entry<F>[] => {
    const { recordedAt, fact, actor } = event;
    if (other === undefined) return [[recordedAt, fact, actor]];
    return other.gone ? [] : [[other.at ?? recordedAt, withData(fact, other.data ?? {}), other.actor ?? actor]];
  });
};

/**
 * The same story with some facts of the ticket told otherwise: at another time, by somebody else, with other data, or not at all.
 * `undefined` where none is.
 */
export const ticketOtherwise = (
  history: History,
  otherwise: (event: RecordedFact<TicketFact>) => Told | undefined,
): History | undefined => {
  const entries = toldOtherwise(history.ticket, otherwise);
  return entries && retold(history, entries);
};

/** The same of the request's facts. */
export const requestOtherwise = (
  history: History,
  otherwise: (event: RecordedFact<RequestFact>) => Told | undefined,
): History | undefined => {
  const entries = toldOtherwise(history.request, otherwise);
  return entries && { ...history, request: recorded(requestStreamOf(history), entries) };
};

/** The event of this type in the ticket's stream, the first by default. */
export const eventOf = <T extends TicketFact['type']>(history: History, type: T, nth = 0): RecordedFact<OfType<T>> => {
  const event = history.ticket.filter(({ fact }) => fact.type === type)[nth];
  if (event === undefined) throw new Error(`No ${type} in this history.`);
  return event as RecordedFact<OfType<T>>;
};
