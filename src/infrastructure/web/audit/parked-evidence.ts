import type { Ports } from '../../../application/kernel/ports/ports';
import { tables } from '../../../application/kernel/ports/tables';
import { ticketKey } from '../../../domain/audit/evidence';

/** Evidence that waits for a person: what was judged from it before stands still. */
export type ParkedEvidence = {
  /** tickets whose own events wait */
  readonly tickets: readonly string[];
  /** how many other keys wait: a request, a civil servant, the calendar, a day of meetings */
  readonly others: number;
};

export const parkedEvidence = async ({ readModels }: Pick<Ports, 'readModels'>): Promise<ParkedEvidence> => {
  const keys = (await readModels.parked())
    .filter(({ projection, filling }) => projection === tables.auditEvidence && !filling)
    .map(({ key }) => key);
  const ofTickets = keys.filter((key) => key.startsWith(ticketKey('')));
  return { tickets: ofTickets.map((key) => key.slice(ticketKey('').length)), others: keys.length - ofTickets.length };
};
