import { booked, held, invited, resolved } from '../../support/chapters';
import { defaultPlot, type TicketEntry } from '../../support/plot';

const story = [...booked(defaultPlot), ...invited(defaultPlot, defaultPlot.requestedAt), ...held(defaultPlot), ...resolved(defaultPlot)];
const of = (...types: readonly string[]): readonly TicketEntry[] =>
  types.flatMap((type) => story.filter(([, fact]) => fact.type === type).slice(0, 1));
/** Five facts with nothing personal in them. */
export const plain = of('VerificationCodeIssued', 'EmailVerified', 'Scheduled', 'InvitationSent', 'Held');
/** Five facts, one of which seals a name, a telephone number and an address. */
export const sealing = of('Requested', 'VerificationCodeIssued', 'EmailVerified', 'Scheduled', 'InvitationSent');
/** The beginning of a ticket's life. */
export const tenFacts = story.slice(0, 10);
