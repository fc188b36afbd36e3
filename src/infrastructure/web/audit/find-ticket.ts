import type { Ports } from '../../../application/kernel/ports/ports';
import { type TicketStatusRow, tables } from '../../../application/kernel/ports/tables';
import { defined } from '../../../domain/kernel/defined';

const idForm = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;
const referenceForm = /^TA-[0-9A-Z]{8}$/;
const rowsAtOnce = 1000;

/**
 * The id of the ticket that somebody names as it is printed (`ta-7d3e 8f40` too) or by its id; `undefined` when nothing has that number.
 * A reference is in no index, so the table is looked through.
 */
export const ticketNamed = async ({ readModels }: Pick<Ports, 'readModels'>, text: string): Promise<string | undefined> => {
  const typed = text.replace(/\s+/g, '');
  if (idForm.test(typed.toLowerCase())) return typed.toLowerCase();
  const reference = typed.toUpperCase();
  if (!referenceForm.test(reference)) return undefined;
  for (let cursor: string | undefined; ;) {
    const { rows, next } = await readModels.select<TicketStatusRow>(tables.ticketStatus, {
      limit: rowsAtOnce,
      ...defined({ cursor }),
    });
    const found = rows.find((row) => row.reference === reference);
    if (found !== undefined || next === undefined) return found?.ticketId;
    cursor = next;
  }
};
