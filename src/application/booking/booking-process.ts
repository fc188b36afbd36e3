import type { Place } from '../../domain/booking/next-step';
import type { DomainEvent } from '../../domain/facts';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant, RecordedFact } from '../../domain/kernel/fact';
import { plusSeconds } from '../../domain/time/civil-time';
import { StreamContended } from '@tichet-albastru/event-log/execute/execute';
import { advanceBooking } from './advance-booking';
import { freeOf } from './free-closed';
import { dueAfter, type Process, type Todo, todoColumns } from '../kernel/processes/process';
import { effectContext, ticketIdOf } from '../kernel/processes/ticket-process';
import type { AgendaFact } from '../../domain/agenda/facts';
import type { RequestFact, RequestIdentity } from '../../domain/request/facts';
import { type TicketFact, ticketStream } from '../../domain/ticket/facts';

/** What is still under way about one booking, as the facts of all three streams say. */
type BookingStatus = {
  /** unknown of a ticket that had ended when its hold came late: its own stream says it */
  readonly request?: RequestIdentity;
  readonly stage: 'admitted' | 'awaiting-code' | 'deciding' | 'standing' | 'ended';
  /** where the meeting is or would be */
  readonly holdId: string;
  /** when the ticket's time runs out */
  readonly until: Instant;
  /** until when the agenda holds the slot, once it does */
  readonly heldUntil?: Instant;
  readonly codeIssued: boolean;
  /** places to which a command began to move the meeting */
  readonly moves: readonly Place[];
  /** holds that have become useless and still keep others out */
  readonly releases: readonly string[];
  /** every place that the agendas say is kept for it: all that is known of them once the ticket's own stream cannot be read */
  readonly kept: readonly Place[];
  /** the ticket's own stream is not whole, and was closed */
  readonly closed: boolean;
  /** the request still counts this ticket as its active one */
  readonly admitted: boolean;
};

/** `request-<number>_<filing date>` */
const requestOf = (stream: string): RequestIdentity => {
  const end = stream.lastIndexOf('_');
  return { number: stream.slice('request-'.length, end), filedOn: stream.slice(end + 1) };
};

/** `agenda-<staffId>_<date>` */
const staffIdOf = (stream: string): string => stream.slice('agenda-'.length, stream.lastIndexOf('_'));

const without = (ids: readonly string[], gone: string): readonly string[] => ids.filter((id) => id !== gone);
const withoutPlace = (places: readonly Place[], gone: string): readonly Place[] => places.filter(({ holdId }) => holdId !== gone);

const released = (standing: BookingStatus, holdId: string): readonly string[] => [...without(standing.releases, holdId), holdId];

const afterRequestFact = (standing: BookingStatus | undefined, fact: RequestFact, stream: string): BookingStatus | undefined => {
  if (fact.type === 'TicketAdmitted') {
    const { holdId, until } = fact.data;
    const nothing = { codeIssued: false, moves: [], releases: [], kept: [], closed: false };
    return { request: requestOf(stream), stage: 'admitted', holdId, until, ...nothing, admitted: true };
  }
  return fact.type === 'AdmissionEnded' && standing ? { ...standing, admitted: false } : standing;
};

/** A hold that came late, after all about its ticket was settled: it must be looked at once more. */
const lateHold = (fact: AgendaFact, stream: string): BookingStatus | undefined => {
  if (fact.type !== 'SlotHeld' && fact.type !== 'SlotConfirmed') return undefined;
  const { holdId, slot } = fact.data;
  const kept = [{ staffId: staffIdOf(stream), slot, holdId }];
  return { stage: 'ended', holdId, until: '', codeIssued: true, moves: [], releases: [holdId], kept, closed: false, admitted: false };
};

const afterAgendaFact = (before: BookingStatus, fact: AgendaFact, stream: string): BookingStatus => {
  if (fact.type === 'SlotHeld') {
    const { holdId, slot, until, from } = fact.data;
    const place = { staffId: staffIdOf(stream), slot, holdId };
    const standing = { ...before, kept: [...withoutPlace(before.kept, holdId), place] };
    if (holdId === standing.holdId && standing.stage === 'ended') return { ...standing, releases: released(standing, holdId) };
    if (holdId === standing.holdId) return { ...standing, heldUntil: until };
    return from === undefined ? standing : { ...standing, moves: [...withoutPlace(standing.moves, holdId), place] };
  }
  const standing = before;
  if (fact.type === 'SlotConfirmed' && standing.moves.some(({ holdId }) => holdId === fact.data.holdId)) return { ...standing };
  if (fact.type !== 'SlotReleased') return standing;
  const { holdId } = fact.data;
  return {
    ...standing,
    moves: withoutPlace(standing.moves, holdId),
    releases: without(standing.releases, holdId),
    kept: withoutPlace(standing.kept, holdId),
  };
};

const afterTicketFact = (standing: BookingStatus, fact: TicketFact): BookingStatus => {
  switch (fact.type) {
    case 'Requested':
      return { ...standing, stage: fact.data.contact.email === undefined ? 'deciding' : 'awaiting-code', until: fact.data.heldUntil };
    case 'VerificationCodeIssued':
      return { ...standing, until: fact.data.heldUntil, codeIssued: true };
    case 'EmailVerified':
      return standing.stage === 'awaiting-code' ? { ...standing, stage: 'deciding' } : standing;
    case 'Scheduled':
      return { ...standing, stage: 'standing' };
    case 'Rescheduled':
    case 'Reassigned': {
      const { holdId, from } = fact.data;
      return { ...standing, holdId, moves: withoutPlace(standing.moves, holdId), releases: released(standing, from.holdId) };
    }
    case 'Lapsed':
      // A hold that the agenda refused, or that never arrived, blocks no other citizen.
      return {
        ...standing,
        stage: 'ended',
        releases: standing.heldUntil === undefined ? standing.releases : released(standing, fact.data.holdId),
      };
    case 'Cancelled':
      return { ...standing, stage: 'ended', releases: released(standing, fact.data.holdId) };
    case 'Held':
    case 'CitizenAbsent':
      return { ...standing, stage: 'ended' };
    default:
      return standing;
  }
};

/** The booking after this fact; the same object when the fact changes nothing about it. */
const bookingAfter = (standing: BookingStatus | undefined, event: DomainEvent): BookingStatus | undefined => {
  if (event.category === 'request') return afterRequestFact(standing, event.fact, event.stream);
  if (event.category === 'agenda')
    return standing ? afterAgendaFact(standing, event.fact, event.stream) : lateHold(event.fact, event.stream);
  if (standing === undefined) return undefined;
  if (event.category === 'ops') return event.fact.type === 'StreamClosed' ? { ...standing, closed: true } : standing;
  // a fact can only be written to a stream that is whole again
  return event.category === 'ticket' ? afterTicketFact(standing.closed ? { ...standing, closed: false } : standing, event.fact) : standing;
};

/** One booking on its way: due at once when a step waits to be made, else when its time runs out. */
export type BookingTodo = Todo & BookingStatus & { readonly causeId: string; readonly correlationId: string };

const ticketIdsOf = (event: DomainEvent): readonly string[] => {
  switch (event.category) {
    case 'ticket':
      return [ticketIdOf(event)];
    case 'request':
      return event.fact.type === 'TicketAdmitted' || event.fact.type === 'AdmissionEnded' ? [event.fact.data.ticketId] : [];
    case 'agenda':
      return 'ticketId' in event.fact.data ? [event.fact.data.ticketId] : [];
    case 'ops':
      return event.fact.type === 'StreamClosed' && event.fact.data.stream.startsWith(ticketStream(''))
        ? [event.fact.data.stream.slice(ticketStream('').length)]
        : [];
    case 'staff':
    case 'calendar':
    case 'reading':
      return [];
  }
};

/** How long the process waits for the caller that makes the steps before it takes that caller for crashed. */
const graceSeconds = 5;

/** Between two looks whether a closed stream was mended: nothing tells of it. */
const lookAgainSeconds = 600;

/** When the process must look at it next; nothing: not before another fact. */
const dueOf = (standing: BookingStatus, event: Pick<RecordedFact, 'recordedAt'>): Pick<BookingTodo, 'dueAt' | 'countedFrom'> => {
  const soon = dueAfter(event, graceSeconds);
  const { stage, until, heldUntil, codeIssued, moves, releases, closed, admitted } = standing;
  if (closed) return soon;
  switch (stage) {
    case 'admitted':
      return { dueAt: until };
    case 'awaiting-code':
      return heldUntil === undefined || heldUntil < until || !codeIssued ? soon : { dueAt: until };
    case 'deciding':
      return soon;
    case 'standing':
      return moves.length > 0 || releases.length > 0 ? soon : {};
    case 'ended':
      return moves.length > 0 || releases.length > 0 || admitted ? soon : {};
  }
};

const hasNothingLeft = ({ stage, moves, releases, admitted }: BookingStatus): boolean =>
  stage === 'ended' && moves.length === 0 && releases.length === 0 && !admitted;

const rowAfter = (row: BookingTodo | undefined, event: DomainEvent, key: string): BookingTodo | undefined => {
  const standing = bookingAfter(row, event);
  if (standing === undefined || standing === row) return row;
  if (hasNothingLeft(standing)) return undefined;
  const { id, correlationId }: RecordedFact = event;
  const { request, stage, holdId, until, heldUntil, codeIssued, moves, releases, kept, closed, admitted } = standing;
  return {
    key,
    causeId: id,
    correlationId,
    ...dueOf(standing, event),
    ...defined({ request }),
    stage,
    holdId,
    until,
    ...defined({ heldUntil }),
    codeIssued,
    moves,
    releases,
    kept,
    closed,
    admitted,
  };
};

/**
 * Art. 3, A9, A30: carries on a booking that was left half done, ends one whose time ran out, and after an ending frees request and slot.
 * The protocol says what the next step is. The process tries without end: no person could do the step instead. It also frees the request
 * and the slot of a ticket whose own stream was closed; now and then it looks whether an operator has mended that stream.
 */
export const bookingProcess: Process<BookingTodo> = {
  name: 'process-booking',
  version: 3,
  attempts: Number.POSITIVE_INFINITY,
  columns: todoColumns,
  keysOf: ticketIdsOf,
  apply: rowAfter,
  again: ({ closed }, at) => (closed ? plusSeconds(at, lookAgainSeconds) : undefined),
  effectId: ({ key, causeId, dueAt }) => `booking:${key}:${causeId}:${dueAt ?? ''}`,
  perform: async (ports, todo, at) => {
    const { key: ticketId, causeId, correlationId, request, moves, dueAt } = todo;
    const context = {
      ...effectContext(ports, { process: 'process-booking', causeId, correlationId, at }),
      commandId: ports.identifiers.derive(causeId, 'booking', dueAt ?? ''),
    };
    if (todo.closed && (await freeOf(ports, context, todo))) return;
    const places: readonly (Place | undefined)[] = moves.length > 0 ? moves : [undefined];
    for (const moveTo of places) {
      const { contended, unreadable } = await advanceBooking(ports, context, { ticketId, ...defined({ request, moveTo }) });
      if (contended) throw new StreamContended('The booking is left half done, and comes again.');
      if (unreadable !== undefined) throw unreadable;
    }
  },
  giveUp: () => Promise.resolve(),
};
