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
import { isRefusal } from '../../domain/kernel/refusal';
import { bindCommand } from './use-case';

/** Booking and what a citizen may do with it (Art. 3, A19). */
export const citizenCommands = {
  findRequest: bindCommand((ports) => {
    const find = findRequest(ports);
    return async (_, asked: Parameters<typeof find>[0]) => {
      const found = await find(asked);
      return isRefusal(found) ? found : done(found, '');
    };
  }, 'findRequest'),
  requestTicket: bindCommand(requestTicket),
  verifyEmail: bindCommand(verifyEmail),
  newCode: bindCommand(newCode),
  withdrawTicket: bindCommand(withdrawTicket),
  askToOpen: bindCommand(askToOpen),
  openWithCode: bindCommand(openWithCode),
  rescheduleTicket: bindCommand(rescheduleTicket),
  cancelTicket: bindCommand(cancelTicket),
  reassignTicket: bindCommand(reassignTicket),
};
