import type { DomainEvent } from '../../domain/facts';
import { defined } from '@tichet-albastru/kernel/defined';
import type { RecordedFact } from '../../domain/kernel/fact';
import type { TaskKind } from '../../domain/ticket/facts';
import { isActive } from '../../domain/ticket/ticket';
import { currentTicket } from '../kernel/streams';
import { dueAfter, type Process, type Todo, todoColumns } from '../kernel/processes/process';
import { effectContext, raiseTaskOn } from '../kernel/processes/ticket-process';

/** One change that a person must look at. */
type Change = { readonly kind: TaskKind; readonly causeId: string; readonly correlationId: string; readonly handlerStaffId?: string };

/** A request with an active ticket, and the changes that no official was told about yet. */
export type RequestChangeTodo = Todo & { readonly ticketId: string; readonly changes: readonly Change[] };

const withChange = (row: RequestChangeTodo, event: Pick<RecordedFact, 'recordedAt'>, change: Change): RequestChangeTodo => ({
  ...row,
  ...dueAfter(event),
  changes: [...row.changes, change],
});

const withoutChange = ({ dueAt, countedFrom, ...row }: RequestChangeTodo, subjectId: string | undefined): RequestChangeTodo => {
  const changes = row.changes.filter(({ causeId }) => subjectId !== `${row.key} ${causeId}`);
  return { ...row, changes, ...(changes.length === 0 ? {} : defined({ dueAt, countedFrom })) };
};

const afterRequestFact = (
  row: RequestChangeTodo | undefined,
  event: Extract<DomainEvent, { category: 'request' }>,
): RequestChangeTodo | undefined => {
  const { fact, stream: key, id: causeId, correlationId } = event;
  if (fact.type === 'TicketAdmitted') return { key, ticketId: fact.data.ticketId, changes: [] };
  if (row === undefined) return undefined;
  switch (fact.type) {
    case 'AdmissionEnded':
      return row.ticketId === fact.data.ticketId ? undefined : row;
    case 'ApplicantDisputed':
      return withChange(row, event, { kind: 'request-changed', causeId, correlationId });
    case 'StatusChanged': {
      const concerns = fact.data.status === 'closed' || fact.data.status === 'redirected';
      return concerns ? withChange(row, event, { kind: 'request-changed', causeId, correlationId }) : row;
    }
    // A26: the ticket stays; the official who meets the citizen looks whether it still helps
    case 'AnswerCorrected':
    case 'AnswerWithdrawn':
      return withChange(row, event, { kind: 'request-changed', causeId, correlationId });
    case 'HandlerAssigned': {
      const { handlerStaffId } = fact.data;
      return withChange(row, event, { kind: 'assign-staff', causeId, correlationId, handlerStaffId });
    }
    default:
      return row;
  }
};

const isAbout = (kind: TaskKind): boolean => kind === 'request-changed' || kind === 'assign-staff';

/** A26, A3: closed, redirected or with another handler while a ticket is active: the ticket stays, and a person is asked. */
export const requestChangesProcess: Process<RequestChangeTodo> = {
  name: 'process-request-changes',
  version: 3,
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
    return withoutChange(row, event.fact.data.subjectId);
  },
  effectId: ({ key, changes }) => `request-changes:${key}:${changes.at(-1)?.causeId ?? ''}`,
  perform: async (ports, { key, ticketId, changes }, at) => {
    for (const { kind, causeId, correlationId, handlerStaffId } of changes) {
      const ticket = await currentTicket(ports, ticketId);
      if (!isActive(ticket) || ticket.booking.staffId === handlerStaffId) continue;
      const context = effectContext(ports, { process: 'process-request-changes', causeId, correlationId, at });
      const task = { kind, staffId: ticket.booking.staffId, subjectId: `${key} ${causeId}` };
      await raiseTaskOn(ports, { ticketId, context }, task, isActive);
    }
  },
  giveUp: () => Promise.resolve(),
};
