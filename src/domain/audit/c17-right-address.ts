import { isClear } from '../kernel/personal-text';
import { check, fail, notApplicable, pass } from './check';
import { owedSendings, sendings, type Sending } from './sending';

const toTheRightPlace = ({ fact }: Sending): boolean => {
  if (fact.type === 'ResolutionSent') return fact.data.toVerifiedAddress;
  return !isClear(fact.data.proof) || fact.data.proof.clear.trim() !== '';
};

/** C17, Art. 7 (R7.2, A10, A11): every sending went to the verified address, or by post or over the counter with proof. */
export const c17RightAddress = check('C17', '7', (dossier) => {
  const sent = sendings(dossier);
  if (sent.length === 0) return notApplicable({ ro: 'Rezoluția nu a fost trimisă.', en: 'The resolution has not been sent.' });
  const astray = sent.find((sending) => !toTheRightPlace(sending));
  if (astray !== undefined) {
    return fail(
      { ro: 'Trimisă la o adresă neverificată sau fără dovadă.', en: 'Sent to an address that was not verified, or without proof.' },
      [astray],
    );
  }
  if (owedSendings(dossier).length === 0) {
    return notApplicable(
      {
        ro: 'Predată pe hârtie; e-mailul către adresa verificată nu a plecat încă.',
        en: 'Handed over on paper; the e-mail to the verified address has not left yet.',
      },
      sent,
    );
  }
  return sent.some(({ fact }) => fact.type === 'ResolutionSent')
    ? pass({ ro: 'Trimisă la adresa verificată.', en: 'Sent to the verified address.' }, sent)
    : pass(
        {
          ro: 'Predată prin poștă sau la ghișeu, cu dovadă; nu s-a folosit e-mail.',
          en: 'Handed over by post or at the counter, with proof; no e-mail was used.',
        },
        sent,
      );
});
