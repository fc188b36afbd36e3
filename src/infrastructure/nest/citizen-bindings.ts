import { cancelTicket } from '../../application/commands/cancel-ticket';
import { newCode } from '../../application/commands/new-code';
import { reassignTicket } from '../../application/commands/reassign-ticket';
import { requestTicket } from '../../application/commands/request-ticket';
import { rescheduleTicket } from '../../application/commands/reschedule-ticket';
import { verifyEmail } from '../../application/commands/verify-email';
import { withdrawTicket } from '../../application/commands/withdraw-ticket';
import { askToOpen } from '../../application/opening/ask-to-open';
import { openWithCode } from '../../application/opening/open-with-code';
import { done } from '../../application/done';
import { findRequest } from '../../application/queries/find-request';
import { aboutNeither, aboutRequest, aboutTicket } from '../../application/refused-attempts';
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
