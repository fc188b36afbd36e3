import type { TicketStatusRow } from '../../../application/kernel/ports/tables';
import { tables } from '../../../application/kernel/ports/tables';
import { defined } from '../../../domain/kernel/defined';
import type { Invocation } from './invocation';
import { CommandEnds, exitCodes } from './exit-code';
import { whileReading } from './open-reading';
import { inBoth } from '../../phrasing/sentences';

const ticketIdForm = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/;
const referenceForm = /^TA-[0-9A-Z]{8}$/;

const pageSize = 500;

/**
 * The id of the ticket that a person names by id or by reference (`TA-…`).
 * @throws CommandEnds when it is neither, or when nothing has that reference
 */
export const findTicket = async (desk: Invocation, named: string): Promise<string> => {
  const id = named.toLowerCase();
  if (ticketIdForm.test(id)) return id;
  const reference = named.toUpperCase();
  if (!referenceForm.test(reference)) {
    throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.findTicket.neitherTicketsIdUuid({ named }));
  }
  const found = await whileReading(desk.settings, async ({ readModels }) => {
    for (let cursor: string | undefined; ;) {
      const page = await readModels.select<TicketStatusRow>(tables.ticketStatus, {
        limit: pageSize,
        ...defined({ cursor }),
      });
      const row = page.rows.find((one) => one.reference === reference);
      if (row !== undefined) return row.ticketId;
      if (page.next === undefined) return undefined;
      cursor = page.next;
    }
  });
  if (found !== undefined) return found;
  throw new CommandEnds(exitCodes.notFound, inBoth.cli.findTicket.noTicket({ reference }));
};
