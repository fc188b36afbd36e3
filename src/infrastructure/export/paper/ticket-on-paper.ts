import type { Ports } from '../../../application/kernel/ports/ports';
import { isRefusal, type Refusal } from '../../../domain/kernel/refusal';
import type { PaperLanguages } from './draw-paper';
import { type PaperQuery, paperTicket } from './paper-ticket';

export type TicketOnPaper = {
  /** a PDF */
  readonly bytes: Buffer;
  readonly reference: string;
  /** an event of the ticket is not the one that was sealed; the paper says so */
  readonly differs: boolean;
};

/** Whoever wants no paper does not wait for pens and fonts to be read: they are fetched when the first is asked for. */
export const ticketOnPaper = async (ports: Ports, asked: PaperQuery, languages: PaperLanguages): Promise<TicketOnPaper | Refusal> => {
  const told = await paperTicket(ports, asked);
  if (isRefusal(told)) return told;
  const { drawPaper } = await import('./draw-paper.js');
  const { reference, proved } = told;
  return { bytes: await drawPaper(told, languages), reference, differs: proved.kind === 'differs' };
};
