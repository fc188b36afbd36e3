import { isRequested, type RequestedTicket } from '../../domain/ticket/state';
import { currentTicket } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { tables, type TicketStatusRow } from '../kernel/ports/tables';

export type OpenableTicket = { readonly ticketId: string; readonly ticket: RequestedTicket };

/** The ticket of this reference, if its code can go somewhere: to the address that was verified for it. */
export const openableTicket = async (ports: Ports, reference: string): Promise<OpenableTicket | undefined> => {
  const { rows } = await ports.readModels.select<TicketStatusRow>(tables.ticketStatus, {
    where: [{ column: 'reference', is: reference }],
    limit: 2,
  });
  for (const { ticketId } of rows) {
    const ticket = await currentTicket(ports, ticketId);
    if (isRequested(ticket) && !ticket.erased && ticket.verified !== undefined && ticket.contact.email !== undefined) {
      return { ticketId, ticket };
    }
  }
  return undefined;
};
