import { GetTicket } from '../../../application/booking/ticket-view';
import { unseen } from '../../runtime/opened-for';
import type { Telling } from './command-service';
import type { QueryService } from './query-service';

/** The answer to a caller who changed something about a ticket: its reference and how it stands, and nothing of the person. */
export const ticketNamed = (reads: QueryService, ticketId: string): Pick<Telling<unknown>, 'answer'> => ({
  answer: async () => {
    const { reference, status } = await unseen(() => reads.ask(GetTicket, { ticketId, viewer: 'citizen' }));
    return { body: { ticketId, reference, status } };
  },
});
