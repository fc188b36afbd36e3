import type { DocumentRegister } from '../../../application/kernel/ports/document-register';
import { referenceOf } from '../../../domain/ticket/ticket';

/**
 * Where no document system is connected, the log itself is the register of resolutions (Art. 7): the document's number is made
 * of the ticket's, so that filing the same ticket again answers the same number.
 */
export const localDocumentRegister: DocumentRegister = {
  kind: 'local',
  file: ({ ticketId, amendment }) =>
    Promise.resolve({ documentNumber: `R-${referenceOf(ticketId)}${amendment === undefined ? '' : `-${amendment}`}` }),
};
