import type { Instant } from '../kernel/instant';
import { first, seen, type Dossier, type Seen } from './dossier';

/** How a resolution leaves: by e-mail, accepted by the mail server, or handed over by post or at the counter (A11). */
export type Sending = Seen<'ResolutionSent' | 'ResolutionHandedOver'>;

export const sendings = (dossier: Dossier): readonly Sending[] => seen(dossier, 'ResolutionSent', 'ResolutionHandedOver');

export const sentAt = ({ fact }: Sending): Instant => (fact.type === 'ResolutionSent' ? fact.data.acceptedAt : fact.data.handedOverAt);

/** The e-mail came back, or nobody could send it and a person was asked to: `send-letter` about the fact that asked for it. */
const emailFailed = (dossier: Dossier): boolean => {
  if (first(dossier, 'ResolutionBounced') !== undefined) return true;
  const asking = seen(dossier, 'Held', 'ResolutionIssued');
  return seen(dossier, 'TaskRaised').some(
    ({ fact: { data } }) => data.kind === 'send-letter' && asking.some(({ id }) => id === data.subjectId),
  );
};

/**
 * The sendings that Art. 7 asks for: the e-mail where there is a verified address that works; by post or over the counter
 * only where there is none, or where the e-mail failed (A11).
 */
export const owedSendings = (dossier: Dossier): readonly Sending[] => {
  const owesEmail = first(dossier, 'EmailVerified') !== undefined && !emailFailed(dossier);
  return sendings(dossier).filter(({ fact }) => fact.type === 'ResolutionSent' || !owesEmail);
};

const earliest = (sent: readonly Sending[]): Sending | undefined =>
  sent.reduce<Sending | undefined>(
    (soonest, sending) => (soonest === undefined || sentAt(sending) < sentAt(soonest) ? sending : soonest),
    undefined,
  );

/** When the resolution first left as Art. 7 asks (A17 is measured on *sent*). */
export const firstOwedSending = (dossier: Dossier): Sending | undefined => earliest(owedSendings(dossier));

/** When the resolution first left, in whatever way. */
export const firstSending = (dossier: Dossier): Sending | undefined => earliest(sendings(dossier));
