import type { ProofFault } from './check-ticket-proof';
import { inBoth, inEveryLanguage, sentences, type Sentence } from '../../phrasing/sentences';

const wrongs: Readonly<Record<ProofFault['reason'], Sentence>> = inBoth.proof.proofFault.sentences;

/** Why a file proves nothing, in a sentence that names the event. */
export const proofFaultWords = ({ reason, event, eventId }: ProofFault): Sentence => {
  const wrong = wrongs[reason];
  if (event === undefined) return wrong;
  return inEveryLanguage((locale) => sentences[locale].proof.proofFault.ofEvent({ event, eventId: eventId ?? '', wrong: wrong[locale] }));
};
