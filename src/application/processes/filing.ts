import { noteResolutionFiled } from '../../domain/ticket/note-resolution';
import { causedBy, noteOutcome, ticketProcess, type TicketEvent, type TicketTodo } from './ticket-process';
import { raiseTaskOn } from './raise-task-on';

const evolve = (todo: TicketTodo | undefined, event: TicketEvent): TicketTodo | undefined => {
  switch (event.fact.type) {
    case 'ResolutionIssued':
      return { ...causedBy(event), dueAt: event.recordedAt };
    case 'ResolutionFiled':
      return undefined;
    default:
      return todo;
  }
};

/** Art. 7: makes of the resolution a document connected to the request. A number that the civil servant gave counts. */
export const filingProcess = ticketProcess({
  name: 'process-filing',
  version: 1,
  attempts: 8,
  evolve,
  perform: async (ports, work) => {
    const { ticket, ticketId, at } = work;
    const { issued } = ticket.resolution;
    if (issued === undefined) return;
    let { documentNumber } = issued;
    if (documentNumber === undefined) {
      const conclusions = await ports.personalData.open(issued.conclusions);
      // The record key ends with the retention of the document: what is gone cannot be filed any more.
      if (conclusions === undefined) return;
      const { request } = ticket.booking;
      documentNumber = (await ports.documents.file({ ticketId, request, conclusions, issuedAt: issued.issuedAt })).documentNumber;
    }
    const filed = { documentNumber, at };
    await noteOutcome(ports, work, 'file', (state) => noteResolutionFiled(filed, state));
  },
  giveUp: async (ports, work) => {
    const { booking } = work.ticket;
    await raiseTaskOn(ports, work, { kind: 'file-resolution', staffId: booking.staffId, subjectId: work.todo.causeId });
  },
});
