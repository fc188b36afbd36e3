import { cancelTicket } from '../../application/booking/cancel-ticket';
import { newCode } from '../../application/booking/new-code';
import { reassignTicket } from '../../application/booking/reassign-ticket';
import { requestTicket } from '../../application/booking/request-ticket';
import { rescheduleTicket } from '../../application/booking/reschedule-ticket';
import { verifyEmail } from '../../application/booking/verify-email';
import { withdrawTicket } from '../../application/booking/withdraw-ticket';
import { askToOpen } from '../../application/booking/ask-to-open';
import { openWithCode } from '../../application/booking/open-with-code';
import { done } from '../../application/kernel/done';
import { findRequest } from '../../application/requests/find-request';
import { aboutNeither, aboutRequest, aboutTicket } from '../../application/kernel/refused-attempts';
import { isRefusal } from '../../domain/kernel/refusal';
import { bindCommand } from './use-case';

/** Booking and what a citizen may do with it (Art. 3, A19). */
export const citizenCommands = {
  findRequest: bindCommand(
    (ports) => {
      const find = findRequest(ports);
      return async (_, asked: Parameters<typeof find>[0]) => {
        const found = await find(asked);
        return isRefusal(found) ? found : done(found, '');
      };
    },
    aboutNeither,
    'findRequest',
  ),
  requestTicket: bindCommand(requestTicket, aboutRequest),
  verifyEmail: bindCommand(verifyEmail, aboutTicket),
  newCode: bindCommand(newCode, aboutTicket),
  withdrawTicket: bindCommand(withdrawTicket, aboutTicket),
  askToOpen: bindCommand(askToOpen, aboutNeither),
  openWithCode: bindCommand(openWithCode, aboutNeither),
  rescheduleTicket: bindCommand(rescheduleTicket, aboutTicket),
  cancelTicket: bindCommand(cancelTicket, aboutTicket),
  reassignTicket: bindCommand(reassignTicket, aboutTicket),
};
