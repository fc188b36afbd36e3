import type { Instant } from '../kernel/instant';
import { seen, type Dossier, type Seen } from './dossier';

/** How a resolution leaves: by e-mail, accepted by the mail server, or handed over by post or at the counter (A11). */
export type Sending = Seen<'ResolutionSent' | 'ResolutionHandedOver'>;

export const sendings = (dossier: Dossier): readonly Sending[] => seen(dossier, 'ResolutionSent', 'ResolutionHandedOver');

export const sentAt = ({ fact }: Sending): Instant => (fact.type === 'ResolutionSent' ? fact.data.acceptedAt : fact.data.handedOverAt);

/** When the resolution first left (A17 is measured on *sent*). */
export const firstSending = (dossier: Dossier): Sending | undefined =>
  sendings(dossier).reduce<Sending | undefined>(
    (first, sending) => (first === undefined || sentAt(sending) < sentAt(first) ? sending : first),
    undefined,
  );
