import type { Role } from '../../../application/kernel/access';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import type { ProviderSession } from '../../outside/identity/provider-sign-in';

/** Who signed in, as their token said; what the log says of them now is asked each time. */
export type SignedIn = { readonly role: Role; readonly person: string };

/** Good as long as the ticket's manage token is. */
export type HeldTicket = { readonly ticketId: string; readonly token: string };

/** What the server keeps for one browser. The cookie itself says nothing. */
export type Session = {
  /** of chance: the browser itself, once it must be told from others */
  readonly browser?: string;
  /** the browser has a newer cookie: this one is good for who sends the same form once more, and is never kept longer */
  readonly left?: string;
  readonly official?: SignedIn;
  /** of a token of our own: how long it lets them in */
  readonly officialUntil?: Instant;
  /** of a token of our own: which, so that they are out once it is revoked */
  readonly tokenId?: string;
  /** where the identity provider said who they are: `official` stands only as long as this does */
  readonly provider?: ProviderSession;
  /** tickets that this browser has booked or opened with a code, each with what proves it */
  readonly tickets: readonly HeldTicket[];
  /** what a citizen has answered so far on the way to a ticket, by the name of the field */
  readonly draft: Readonly<Record<string, string>>;
};

export const emptySession: Session = { tickets: [], draft: {} };
/** What is left to the browser once its sign-in has ended. */
export const withoutSignIn = ({ browser, tickets, draft }: Session): Session => ({ ...defined({ browser }), tickets, draft });

// Written by this build or an older one into a row of ours, sealed: the shape is ours too.
export const sessionText = (session: Session): string => JSON.stringify(session);
export const sessionOf = (text: string): Session => {
  const kept = JSON.parse(text) as Session;
  // of a build that kept nothing but the ids of tickets: nothing proves that they are this browser's
  const session = { ...kept, tickets: kept.tickets.filter((held) => typeof held === 'object') };
  // of an older build whose sign-ins named no person: they sign in again
  const isNamed = session.official === undefined || 'person' in session.official;
  return isNamed ? session : withoutSignIn(session);
};
