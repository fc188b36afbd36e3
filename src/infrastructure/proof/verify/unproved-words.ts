import type { Proved } from '../ticket-proof';
import { inBoth, type Sentence } from '../../phrasing/sentences';

/** Why there is no proof of a ticket. */
export const unprovedWords = (unproved: Exclude<Proved, { readonly kind: 'proved' }>): Sentence => {
  switch (unproved.kind) {
    case 'not-sealed':
      return inBoth.proof.unproved.logInstallationNotSealed;
    case 'not-yet':
      return inBoth.proof.unproved.eventsTicketNotSealed;
    case 'unreadable':
      return inBoth.proof.unproved.sealsLogCannotRead;
    case 'differs': {
      const { eventId } = unproved;
      return eventId === undefined
        ? inBoth.proof.unproved.eventTicketsHistoryMissing
        : inBoth.proof.unproved.eventNotOneSealed({ eventId });
    }
  }
};
