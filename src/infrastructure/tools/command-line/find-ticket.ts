import { nameOfTicket, ticketWithReference } from '../../../application/audit/ticket-named';
import { inBoth } from '../../phrasing/sentences';
import { whileReading } from './installation';
import type { Invocation } from './invocation';
import { CommandEnds, exitCodes } from './terminal';

/**
 * The id of the ticket that a person names by id or by reference (`TA-…`).
 * @throws CommandEnds when it is neither, or when nothing has that reference
 */
export const findTicket = async (desk: Invocation, named: string): Promise<string> => {
  const name = nameOfTicket(named);
  if (name === undefined) throw new CommandEnds(exitCodes.invalidInput, inBoth.cli.findTicket.neitherTicketsIdUuid({ named }));
  if ('ticketId' in name) return name.ticketId;
  const found = await whileReading(desk.settings, (ports) => ticketWithReference(ports, name.reference));
  if (found !== undefined) return found;
  throw new CommandEnds(exitCodes.notFound, inBoth.cli.findTicket.noTicket(name));
};
