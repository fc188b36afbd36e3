import type { Category, FactsByCategory } from '../../domain/facts';
import { type Refusal, refuse } from '../../domain/kernel/refusal';
import { type RequestIdentity, requestStream } from '../../domain/request/facts';
import { registeredRequest } from '../../domain/request/request';
import { staffStream } from '../../domain/staff/facts';
import { staffMember } from '../../domain/staff/staff-member';
import { ticketStream } from '../../domain/ticket/facts';
import { isRequested, ticket } from '../../domain/ticket/ticket';
import type { Asker } from './access';
import type { ExecutePorts } from './aggregates';
import { load } from '@tichet-albastru/event-log/execute/load';
import { type Effect, type FactType, isOfDepartment, reaches, reachOf, reachOfEffect, type Whose } from './rights';
import type { StateOf } from './aggregates';

/** A fact that is written, or would be: of what it says only whose it is, and by whom. */
export type Caused<C extends Category> = FactsByCategory[C] | { readonly type: FactType<C>; readonly data: object };

/** The stream into which it is written, as it stands. */
type Place<C extends Category> = { readonly category: C; readonly stream: string; readonly state: StateOf[C] };

const textIn = (data: object, name: string): string | undefined => {
  const value: unknown = Reflect.get(data, name);
  return typeof value === 'string' ? value : undefined;
};

const requestIn = (data: object): RequestIdentity | undefined => {
  const value: unknown = Reflect.get(data, 'request');
  if (typeof value !== 'object' || value === null) return undefined;
  const [number, filedOn] = [textIn(value, 'number'), textIn(value, 'filedOn')];
  return number === undefined || filedOn === undefined ? undefined : { number, filedOn };
};

const saidIn = (data: object): Whose => ({
  ticketId: textIn(data, 'ticketId'),
  request: requestIn(data),
  staffId: textIn(data, 'staffId'),
  departmentCode: textIn(data, 'departmentCode'),
});

/** What is known of it; or how it is looked up. */
type Looked = Whose | (() => Promise<Whose>);

const ofTicket = (ports: ExecutePorts, ticketId: string | undefined): readonly Looked[] =>
  ticketId === undefined
    ? []
    : [
        async () => {
          const { state } = await load(ports, ticket, ticketStream(ticketId));
          return { ...(isRequested(state) ? state.booking : {}), ticketId };
        },
      ];
const departmentOf = async (ports: ExecutePorts, staffId: string): Promise<Whose> => {
  const { state } = await load(ports, staffMember, staffStream(staffId));
  return state.status === 'unknown' ? {} : { departmentCode: state.departmentCode };
};

const idIn = (stream: string): string => stream.slice(stream.indexOf('-') + 1);

/**
 * Whose a fact is that is written there: first what the stream in hand says, then what has to be looked up. Nothing is looked up for whom
 * the first is enough.
 */
const whoseIs: { readonly [C in Category]: (ports: ExecutePorts, place: Place<C>, data: object) => readonly Looked[] } = {
  ticket: (_, { stream, state }, data) => [{ ...(isRequested(state) ? state.booking : saidIn(data)), ticketId: idIn(stream) }],
  request: (ports, { state }, data) => {
    if (state.status === 'unknown') return [];
    const { number, filedOn, departmentCode, handlerStaffId } = state;
    const { ticketId } = saidIn(data);
    return [
      { request: { number, filedOn }, ticketId, departmentCode },
      ...ofTicket(ports, ticketId),
      ...(departmentCode === undefined ? [() => departmentOf(ports, handlerStaffId)] : []),
    ];
  },
  agenda: (ports, { stream }, data) => {
    const staffId = idIn(stream).slice(0, idIn(stream).lastIndexOf('_'));
    const { ticketId } = saidIn(data);
    return [{ staffId, ticketId }, ...ofTicket(ports, ticketId), () => departmentOf(ports, staffId)];
  },
  staff: (_, { stream, state }) => [
    { staffId: idIn(stream), ...(state.status === 'unknown' ? {} : { departmentCode: state.departmentCode }) },
  ],
  calendar: (_, __, data) => [{ departmentCode: saidIn(data).departmentCode }],
  ops: () => [],
  reading: () => [],
};

/** Whether the data name another party than the asker's own: a citizen does not act as staff, and staff do not act as the citizen. */
const isOfOtherSide = (asker: Asker, data: object): boolean => {
  const by = textIn(data, 'by');
  const isThroughClerk = Reflect.get(data, 'askedThrough') !== undefined;
  // at the counter it is the citizen who asks, and the fact says who wrote it down
  if (asker.kind === 'official' && asker.role === 'registry') return by !== undefined && (by === 'staff' || !isThroughClerk);
  if (isThroughClerk && (asker.kind === 'citizen' || asker.kind === 'booking' || asker.kind === 'official')) return true;
  return (asker.kind === 'citizen' && by === 'staff') || (asker.kind === 'official' && by === 'citizen');
};

/** A3: a meeting is handed on within the department, or to the person who has the file according to the register. */
const mayReceive = async (ports: ExecutePorts, asker: Asker, data: object): Promise<boolean> => {
  const to = saidIn(data);
  if (isOfDepartment(asker, to)) return true;
  if (to.request === undefined) return false;
  const { state } = await load(ports, registeredRequest, requestStream(to.request));
  return state.status !== 'unknown' && state.handlerStaffId === to.staffId;
};

type Said = { readonly type: string; readonly data: object };

/** A3: a move that gives the meeting to another official is a reassigning too. */
const givesToAnother = <C extends Category>({ category, state }: Place<C>, { type, data }: Said): boolean =>
  category === 'ticket' &&
  type === 'Rescheduled' &&
  'booking' in state &&
  ![undefined, state.booking.staffId].includes(saidIn(data).staffId);

/** Art. 8: an offer is answered, and the meeting taken over by it, where it was offered to: whose the meeting is now has no say in that. */
const offeredTo = <C extends Category>({ category, state }: Place<C>, { type, data }: Said): readonly Whose[] | undefined => {
  const offerId = textIn(data, 'offerId');
  const accepts = (type === 'Rescheduled' || type === 'Reassigned') && offerId !== undefined;
  if (category !== 'ticket' || !(accepts || type === 'MoveOfferDeclined')) return undefined;
  const newest = 'offers' in state ? state.offers.newest : undefined;
  const isOfAnother = offerId !== undefined && offerId !== newest?.offerId;
  return newest === undefined || isOfAnother ? [] : [{ departmentCode: newest.to.departmentCode }];
};

const isPermitted = async <C extends Category>(ports: ExecutePorts, asker: Asker, place: Place<C>, said: Said): Promise<boolean> => {
  const { type, data } = said;
  const reach = reachOf(asker, place.category, type);
  if (reach === undefined || isOfOtherSide(asker, data)) return false;
  if (givesToAnother(place, said) && !(await isPermitted(ports, asker, place, { type: 'Reassigned', data }))) return false;
  if (reach === 'any') return true;
  for (const looked of offeredTo(place, said) ?? whoseIs[place.category](ports, place, data)) {
    const whose = typeof looked === 'function' ? await looked() : looked;
    if (reaches(asker, reach, whose)) return type !== 'Reassigned' || mayReceive(ports, asker, data);
  }
  return false;
};

/** Refuses `forbidden` what the table of rights does not grant. */
export const forbidden = async <C extends Category>(
  ports: ExecutePorts,
  asker: Asker,
  place: Place<C>,
  fact: Caused<C>,
): Promise<Refusal | undefined> => ((await isPermitted(ports, asker, place, fact)) ? undefined : refuse('forbidden'));

/** The same of what is no fact. */
export const forbiddenEffect = (asker: Asker, effect: Effect, whose: Whose = {}): Refusal | undefined => {
  const reach = reachOfEffect(asker, effect);
  return reach !== undefined && reaches(asker, reach, whose) ? undefined : refuse('forbidden');
};

/** Of what is about a ticket. */
export const forbiddenOnTicket = async (
  ports: ExecutePorts,
  asker: Asker,
  effect: Effect,
  ticketId: string,
): Promise<Refusal | undefined> => {
  const { state } = await load(ports, ticket, ticketStream(ticketId));
  return forbiddenEffect(asker, effect, { ...(isRequested(state) ? state.booking : {}), ticketId });
};

/** The same for an effect on what belongs to a member of the staff directory. */
export const forbiddenOnStaff = async (ports: ExecutePorts, asker: Asker, effect: Effect, staffId: string): Promise<Refusal | undefined> =>
  forbiddenEffect(asker, effect, { ...(await departmentOf(ports, staffId)), staffId });
