import type { DomainEvent } from '../../domain/facts';
import { type RequestIdentity, requestStream } from '../../domain/request/facts';
import { declineNewHour } from '../../domain/request/admission';
import { giveNewHour } from '../../domain/ticket/new-hour';
import type { Slot } from '../../domain/time/slot';
import { unlessContended } from '../kernel/execute';
import { dueAfter, type Process, type Todo, todoColumns } from '../kernel/processes/process';
import { effectContext, noteOutcome, ticketIdOf } from '../kernel/processes/ticket-process';
import { requests } from '../kernel/streams';

/** How the name of a request's stream begins; no id of a ticket does. */
const requestPrefix = 'request-';

/**
 * A new hour that is owed for a ticket that staff cancelled. Under the request's stream it waits for the ticket that takes its place; under the
 * ticket's id it waits for a refusal.
 */
type NewHourStatus =
  | { readonly awaits: 'ticket'; readonly owedFor: string; readonly newTicketId?: string; readonly slot?: Slot }
  | { readonly awaits: 'refusal'; readonly request: RequestIdentity; readonly declined: boolean };

export type NewHourTodo = Todo & { readonly causeId: string; readonly correlationId: string; readonly status: NewHourStatus };

const caused = ({ id, correlationId }: DomainEvent, key: string) => ({ key, causeId: id, correlationId });

/** What the request's own facts and the tickets of it say. */
const afterOfRequest = (row: NewHourTodo | undefined, event: DomainEvent, key: string): NewHourTodo | undefined => {
  const { fact } = event;
  const status = row?.status.awaits === 'ticket' ? row.status : undefined;
  if (fact.type === 'AdmissionEnded') {
    const owedFor = fact.data.newHourOwedFor;
    if (owedFor !== undefined) return { ...caused(event, key), status: { awaits: 'ticket', owedFor } };
    // it ended before anybody noted on the old ticket what it had given
    return status?.slot === undefined ? undefined : row;
  }
  if (row === undefined || status === undefined) return row;
  if (fact.type === 'TicketAdmitted') {
    const { owedFor } = status;
    return { ...caused(event, key), status: { awaits: 'ticket', owedFor, newTicketId: fact.data.ticketId } };
  }
  if (fact.type === 'Scheduled' && event.category === 'ticket' && ticketIdOf(event) === status.newTicketId) {
    return { ...caused(event, key), ...dueAfter(event), status: { ...status, slot: fact.data.slot } };
  }
  const settled =
    fact.type === 'NewHourDeclined'
      ? fact.data.ticketId
      : event.category === 'ticket' && fact.type === 'NewHourGiven'
        ? ticketIdOf(event)
        : undefined;
  return settled === status.owedFor ? undefined : row;
};

/** What the cancelled ticket itself says. */
const afterOfTicket = (row: NewHourTodo | undefined, event: DomainEvent, key: string): NewHourTodo | undefined => {
  const { fact } = event;
  if (fact.type === 'Cancelled') {
    const { request, newHourOwed } = fact.data;
    return newHourOwed ? { ...caused(event, key), status: { awaits: 'refusal', request, declined: false } } : row;
  }
  const status = row?.status;
  if (row === undefined || status?.awaits !== 'refusal') return row;
  if (fact.type === 'NewHourGiven' || fact.type === 'NewHourDeclined') return undefined;
  const declines = fact.type === 'CitizenNotified' && fact.data.outcome === 'declined-new-slot';
  return declines ? { ...caused(event, key), ...dueAfter(event), status: { ...status, declined: true } } : row;
};

const keysOf = (event: DomainEvent): readonly string[] => {
  const { fact } = event;
  if (event.category === 'request') {
    if (fact.type === 'NewHourDeclined') return [event.stream, fact.data.ticketId];
    return fact.type === 'AdmissionEnded' || fact.type === 'TicketAdmitted' ? [event.stream] : [];
  }
  if (event.category !== 'ticket') return [];
  switch (fact.type) {
    case 'Scheduled':
      return [requestStream(fact.data.request)];
    case 'NewHourGiven':
      return [requestStream(fact.data.request), ticketIdOf(event)];
    case 'Cancelled':
      return fact.data.newHourOwed ? [ticketIdOf(event)] : [];
    case 'CitizenNotified':
      return fact.data.outcome === 'declined-new-slot' ? [ticketIdOf(event)] : [];
    default:
      return [];
  }
};

/**
 * Art. 8. A new hour that is owed is owed until it is met or declined: another ticket of the request that was scheduled is noted on the one that
 * staff cancelled; what the citizen declined there is noted in the request, so that it is no ground any more.
 */
export const newHoursProcess: Process<NewHourTodo> = {
  name: 'process-new-hours',
  version: 1,
  attempts: Number.POSITIVE_INFINITY,
  columns: todoColumns,
  keysOf,
  apply: (row, event, key) => (key.startsWith(requestPrefix) ? afterOfRequest : afterOfTicket)(row, event, key),
  effectId: ({ key, causeId }) => `new-hours:${key}:${causeId}`,
  perform: async (ports, { key, causeId, correlationId, status }, at) => {
    const context = effectContext(ports, { process: 'process-new-hours', causeId, correlationId, at });
    if (status.awaits === 'ticket') {
      const { owedFor: ticketId, newTicketId, slot } = status;
      if (newTicketId === undefined || slot === undefined) return;
      await noteOutcome(ports, { ticketId, context }, 'new hour', (state) => giveNewHour({ newTicketId, slot, at }, state));
    } else if (status.declined) {
      unlessContended(
        await requests
          .of(ports, status.request)
          .transact(context, 'decline new hour', (state) => declineNewHour({ ticketId: key, at }, state)),
      );
    }
  },
  giveUp: () => Promise.resolve(),
};
