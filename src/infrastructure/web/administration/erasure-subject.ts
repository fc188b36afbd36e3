import type { Ports } from '../../../application/kernel/ports/ports';
import { tables, type TicketStatusRow } from '../../../application/kernel/ports/tables';
import type { RequestIdentity } from '../../../domain/request/facts';
import { parseRegistrationNumber } from '../../../domain/request/registering';
import { isCivilDate } from '../../../domain/time/civil-time';

export type ErasureSubject = { readonly reference: string } | { readonly request: RequestIdentity };

/** `TA-7K2M9QXD`, `154997/425/10.02.2026` or `154997_2026-02-10`; nothing for anything else. */
export const erasureSubjectIn = (text: string): ErasureSubject | undefined => {
  const reference = text.trim().toUpperCase();
  if (/^TA-[0-9A-Z]{8}$/.test(reference)) return { reference };
  const [number = '', filedOn = ''] = text.trim().split('_');
  const parsed = parseRegistrationNumber(number);
  if (parsed === undefined) return undefined;
  if (isCivilDate(filedOn)) return { request: { number: parsed.number, filedOn } };
  return parsed.filedOn === undefined ? undefined : { request: { number: parsed.number, filedOn: parsed.filedOn } };
};

/** The ticket that has this reference. */
export const ticketWithReference = async (ports: Ports, reference: string): Promise<string | undefined> => {
  const where = [{ column: 'reference', is: reference }];
  return (await ports.readModels.select<TicketStatusRow>(tables.ticketStatus, { where, limit: 1 })).rows[0]?.ticketId;
};
