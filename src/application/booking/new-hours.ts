import type { DomainEvent } from '../../domain/facts';
import { type RequestIdentity, requestStream } from '../../domain/request/facts';
import { declineNewHour } from '../../domain/request/admission';
import { giveNewHour } from '../../domain/ticket/new-hour';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Slot } from '../../domain/time/slot';
import { unlessContended } from '@tichet-albastru/event-log/execute/execute';
import { dueAfter, type Process, type Todo, todoColumns } from '../kernel/processes/process';
import { effectContext, noteOutcome, ticketIdOf } from '../kernel/processes/ticket-process';
import { requests } from '../kernel/streams';

/** How the name of a request's stream begins; no id of a ticket does. */
const requestPrefix = 'request-';

/** A new hour that was given: the ticket that has it is to be noted on the one that staff cancelled. */
type Given = { readonly owedFor: string; readonly newTicketId: string; readonly slot: Slot };

/**
 * A new hour that is owed for a ticket that staff cancelled. Under the request's stream it waits for the ticket that takes its place. What
 * was given is kept until it is noted, also when the request changes meanwhile. Under the ticket's id it waits for a refusal.
 */
type NewHourStatus =
  | {
      readonly awaits: 'ticket';
      readonly owed?: { readonly owedFor: string; readonly newTicketId?: string };
      readonly given: readonly Given[];
    }
  | { readonly awaits: 'refusal'; readonly request: RequestIdentity; readonly declined: boolean };

export type NewHourTodo = Todo & { readonly causeId: string; readonly correlationId: string; readonly status: NewHourStatus };

const caused = ({ id, correlationId }: DomainEvent, key: string) => ({ key, causeId: id, correlationId });

/** What the request's own facts and the tickets of it say. */
const afterOfRequest = (row: NewHourTodo | undefined, event: DomainEvent, key: string): NewHourTodo | undefined => {
  const { fact } = event;
  const { owed, given } = row?.status.awaits === 'ticket' ? row.status : { owed: undefined, given: [] };
  const owing = (next: typeof owed): NewHourTodo | undefined => {
    if (next === undefined && given.length === 0) return undefined;
    // what is due stays due, for its own cause
    const base = row !== undefined && given.length > 0 ? row : caused(event, key);
    return { ...base, status: { awaits: 'ticket', given, ...defined({ owed: next }) } };
  };
  if (fact.type === 'AdmissionEnded') {
    const { newHourOwedFor: owedFor } = fact.data;
    return owing(owedFor === undefined ? undefined : { owedFor });
  }
  if (row === undefined) return row;
  // it was owed to the other applicant; what was given before is noted all the same
  if (fact.type === 'ApplicantDisputeSettled') return fact.data.decision === 'kept' ? row : owing(undefined);
  if (fact.type === 'TicketAdmitted') return owed === undefined ? row : owing({ owedFor: owed.owedFor, newTicketId: fact.data.ticketId });
  if (event.category === 'ticket' && fact.type === 'Scheduled') {
    const newTicketId = ticketIdOf(event);
    if (owed?.newTicketId !== newTicketId) return row;
    const met = { owedFor: owed.owedFor, newTicketId, slot: fact.data.slot };
    return { ...caused(event, key), ...dueAfter(event), status: { awaits: 'ticket', given: [...given, met] } };
  }
  const settled =
    fact.type === 'NewHourDeclined'
      ? fact.data.ticketId
      : event.category === 'ticket' && fact.type === 'NewHourGiven'
        ? ticketIdOf(event)
        : undefined;
  if (settled === undefined) return row;
  const [left, stillOwed] = [given.filter(({ owedFor }) => owedFor !== settled), owed?.owedFor === settled ? undefined : owed];
  if (left.length === 0 && stillOwed === undefined) return undefined;
  const { dueAt, countedFrom, ...base } = row;
  const due = left.length === 0 ? {} : defined({ dueAt, countedFrom });
  return { ...base, ...due, status: { awaits: 'ticket', given: left, ...defined({ owed: stillOwed }) } };
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
    const isOfRequest = fact.type === 'AdmissionEnded' || fact.type === 'TicketAdmitted' || fact.type === 'ApplicantDisputeSettled';
    return isOfRequest ? [event.stream] : [];
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
  version: 2,
  attempts: Number.POSITIVE_INFINITY,
  columns: todoColumns,
  keysOf,
  apply: (row, event, key) => (key.startsWith(requestPrefix) ? afterOfRequest : afterOfTicket)(row, event, key),
  effectId: ({ key, causeId }) => `new-hours:${key}:${causeId}`,
  perform: async (ports, { key, causeId, correlationId, status }, at) => {
    const context = effectContext(ports, { process: 'process-new-hours', causeId, correlationId, at });
    if (status.awaits === 'ticket') {
      for (const { owedFor: ticketId, newTicketId, slot } of status.given)
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
