import type { DomainEvent } from '../../domain/facts';
import type { TaskKind } from '../../domain/ticket/facts';
import { isActive } from '../../domain/ticket/state';
import { currentTicket } from '../load';
import { type Process, type Todo, todoColumns } from './process';
import { raiseTaskOn } from './raise-task-on';
import { effectContext } from './ticket-process';

/** A request, its active ticket, and what a person must look at because the request has changed. */
export type RequestChangeTodo = Todo & {
  readonly causeId: string;
  readonly correlationId: string;
  /** the active one */
  readonly ticketId?: string;
  readonly kind?: TaskKind;
  /** the new handler, when that is the change */
  readonly handlerStaffId?: string;
};

const afterRequestFact = (
  row: RequestChangeTodo | undefined,
  event: Extract<DomainEvent, { category: 'request' }>,
): RequestChangeTodo | undefined => {
  const { fact, stream: key, id: causeId, correlationId, recordedAt } = event;
  switch (fact.type) {
    case 'TicketAdmitted':
      return { key, causeId, correlationId, ticketId: fact.data.ticketId };
    case 'AdmissionEnded':
      return row?.ticketId === fact.data.ticketId ? undefined : row;
    case 'StatusChanged':
      if (row === undefined || (fact.data.status !== 'closed' && fact.data.status !== 'redirected')) return row;
      return { ...row, causeId, correlationId, dueAt: recordedAt, kind: 'request-changed' };
    case 'HandlerAssigned':
      // A change of status that nobody was told of yet is the weightier one.
      if (row === undefined || (row.dueAt !== undefined && row.kind === 'request-changed')) return row;
      return { ...row, causeId, correlationId, dueAt: recordedAt, kind: 'assign-staff', handlerStaffId: fact.data.handlerStaffId };
    default:
      return row;
  }
};

const withoutDue = ({ dueAt: _, kind: __, ...row }: RequestChangeTodo): RequestChangeTodo => row;

const isAbout = (kind: TaskKind): boolean => kind === 'request-changed' || kind === 'assign-staff';

/** A26, A3: closed, redirected or with another handler while a ticket is active: the ticket stays, and a person is asked. */
export const requestChangesProcess: Process<RequestChangeTodo> = {
  name: 'process-request-changes',
  version: 1,
  attempts: Number.POSITIVE_INFINITY,
  columns: todoColumns,
  // The task names the request's stream, so that the fact that it was raised finds the row.
  keysOf: (event) => {
    if (event.category === 'request') return [event.stream];
    if (event.category !== 'ticket' || event.fact.type !== 'TaskRaised') return [];
    const { kind, subjectId } = event.fact.data;
    return isAbout(kind) && subjectId?.startsWith('request-') ? [subjectId.slice(0, subjectId.lastIndexOf(' '))] : [];
  },
  apply: (row, event) => {
    if (event.category === 'request') return afterRequestFact(row, event);
    if (row === undefined || event.category !== 'ticket' || event.fact.type !== 'TaskRaised') return row;
    return event.fact.data.subjectId === `${row.key} ${row.causeId}` ? withoutDue(row) : row;
  },
  effectId: ({ key, causeId }) => `request-changes:${key}:${causeId}`,
  perform: async (ports, { key, causeId, correlationId, ticketId, kind, handlerStaffId }, at) => {
    if (ticketId === undefined || kind === undefined) return;
    const ticket = await currentTicket(ports, ticketId);
    if (!isActive(ticket) || ticket.booking.staffId === handlerStaffId) return;
    const context = effectContext(ports, { process: 'request-changes', causeId, correlationId, at });
    const task = { kind, staffId: ticket.booking.staffId, subjectId: `${key} ${causeId}` };
    await raiseTaskOn(ports, { ticketId, context }, task, isActive);
  },
  giveUp: () => Promise.resolve(),
};
