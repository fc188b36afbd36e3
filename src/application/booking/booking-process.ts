import type { Place } from '../../domain/booking/next-step';
import type { DomainEvent } from '../../domain/facts';
import { defined } from '../../domain/kernel/defined';
import type { Instant, RecordedFact } from '../../domain/kernel/fact';
import { plusSeconds } from '../../domain/time/civil-time';
import { StreamContended } from '../kernel/execute';
import { advanceBooking } from './advance-booking';
import { bookingAfter, type BookingStanding } from './booking-standing';
import { type Process, type Todo, todoColumns } from '../kernel/processes/process';
import { effectContext, ticketIdOf } from '../kernel/processes/ticket-process';

/** One booking on its way: due at once when a step waits for somebody, else when its time runs out. */
export type BookingTodo = Todo & BookingStanding & { readonly causeId: string; readonly correlationId: string };

const ticketIdsOf = (event: DomainEvent): readonly string[] => {
  switch (event.category) {
    case 'ticket':
      return [ticketIdOf(event)];
    case 'request':
      return event.fact.type === 'TicketAdmitted' || event.fact.type === 'AdmissionEnded' ? [event.fact.data.ticketId] : [];
    case 'agenda':
      return 'ticketId' in event.fact.data ? [event.fact.data.ticketId] : [];
    case 'staff':
    case 'calendar':
    case 'ops':
      return [];
  }
};

/** How long whoever makes the steps is left alone before they are taken for crashed. */
const graceSeconds = 5;

/** When somebody must look at it next; `undefined`: not before another fact. */
const dueAtOf = (standing: BookingStanding, recordedAt: Instant): Instant | undefined => {
  const soon = plusSeconds(recordedAt, graceSeconds);
  const { stage, until, heldUntil, codeIssued, moves, releases, admitted } = standing;
  switch (stage) {
    case 'admitted':
      return until;
    case 'awaiting-code':
      return heldUntil === undefined || heldUntil < until || !codeIssued ? soon : until;
    case 'deciding':
      return soon;
    case 'standing':
      return moves.length > 0 || releases.length > 0 ? soon : undefined;
    case 'ended':
      return moves.length > 0 || releases.length > 0 || admitted ? soon : undefined;
  }
};

const hasNothingLeft = ({ stage, moves, releases, admitted }: BookingStanding): boolean =>
  stage === 'ended' && moves.length === 0 && releases.length === 0 && !admitted;

const rowAfter = (row: BookingTodo | undefined, event: DomainEvent, key: string): BookingTodo | undefined => {
  const standing = bookingAfter(row, event);
  if (standing === undefined || standing === row) return row;
  if (hasNothingLeft(standing)) return undefined;
  const { id, correlationId, recordedAt }: RecordedFact = event;
  const dueAt = dueAtOf(standing, recordedAt);
  const { request, stage, holdId, until, heldUntil, codeIssued, moves, releases, admitted } = standing;
  return {
    key,
    causeId: id,
    correlationId,
    ...defined({ dueAt, request }),
    stage,
    holdId,
    until,
    ...defined({ heldUntil }),
    codeIssued,
    moves,
    releases,
    admitted,
  };
};

/**
 * Art. 3, A9, A30: carries on a booking that somebody left half done, ends one whose time ran out, and after an ending
 * frees request and slot. What the next step is, the protocol says. Tried without end: no person could do it instead.
 */
export const bookingProcess: Process<BookingTodo> = {
  name: 'process-booking',
  version: 1,
  attempts: Number.POSITIVE_INFINITY,
  columns: todoColumns,
  keysOf: ticketIdsOf,
  apply: rowAfter,
  effectId: ({ key, causeId, dueAt }) => `booking:${key}:${causeId}:${dueAt ?? ''}`,
  perform: async (ports, todo, at) => {
    const { key: ticketId, causeId, correlationId, request, moves, dueAt } = todo;
    const context = {
      ...effectContext(ports, { process: 'process-booking', causeId, correlationId, at }),
      commandId: ports.identifiers.derive(causeId, 'booking', dueAt ?? ''),
    };
    const places: readonly (Place | undefined)[] = moves.length > 0 ? moves : [undefined];
    for (const moveTo of places) {
      const { contended } = await advanceBooking(ports, context, { ticketId, ...defined({ request, moveTo }) });
      if (contended) throw new StreamContended('The booking is left half done, and comes again.');
    }
  },
  giveUp: () => Promise.resolve(),
};
