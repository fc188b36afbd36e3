import type { ReadModels } from '@tichet-albastru/event-log/ports/read-models';
import { tables, type TicketStatusRow } from '../kernel/ports/tables';

const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const referenceForm = /^TA-[0-9A-Z]{8}$/;

/** How a user names a ticket: by its id, or as it is printed on it (`ta-7d3e 8f40` too); `undefined` for what names none. */
export const nameOfTicket = (text: string): { readonly ticketId: string } | { readonly reference: string } | undefined => {
  const typed = text.replace(/\s+/g, '');
  if (idForm.test(typed.toLowerCase())) return { ticketId: typed.toLowerCase() };
  return referenceForm.test(typed.toUpperCase()) ? { reference: typed.toUpperCase() } : undefined;
};

/** The id of the one ticket that has this reference. */
export const ticketWithReference = async (
  { readModels }: { readonly readModels: ReadModels },
  reference: string,
): Promise<string | undefined> => {
  const where = [{ column: 'reference', is: reference }];
  const { rows } = await readModels.select<TicketStatusRow>(tables.ticketStatus, { where, limit: 2 });
  return rows.length === 1 ? rows[0]?.ticketId : undefined;
};

/** The id of the ticket that a user names in either way; `undefined` where it is neither, or no ticket has that reference. */
export const ticketNamed = async (ports: { readonly readModels: ReadModels }, text: string): Promise<string | undefined> => {
  const named = nameOfTicket(text);
  return named && ('ticketId' in named ? named.ticketId : ticketWithReference(ports, named.reference));
};
