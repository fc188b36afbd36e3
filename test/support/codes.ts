import { codeOfTicket } from '../../src/application/booking/codes';
import type { Ports } from '../../src/application/kernel/ports/ports';

/** The code n that the letter of this ticket says, while it is awaited. */
export const awaitedCodeOf = async (
  { operations, clock }: Pick<Ports, 'operations' | 'clock'>,
  ticketId: string,
  n = 1,
): Promise<string> => {
  const code = await operations.codes.get(codeOfTicket(ticketId, n), clock.now());
  if (code === undefined) throw new Error(`No code ${n} of this ticket is awaited.`);
  return code;
};
