import type { RequestIdentity } from '../request/facts';
import { check, fail, notApplicable, pass, pending } from './check';
import { first, last, seen } from './dossier';
import { notHeld } from './wording';

const sameRequest = (one: RequestIdentity, other: RequestIdentity): boolean => one.number === other.number && one.filedOn === other.filedOn;

/** C14, Art. 7 (R7.1): the document system holds a resolution of type "Tichetul albastru" connected to the request. */
export const c14WrittenRecord = check('C14', '7', (dossier) => {
  const held = first(dossier, 'Held');
  if (held === undefined) return notApplicable(notHeld);
  const issued = last(dossier, 'ResolutionIssued');
  const filed = seen(dossier, 'ResolutionFiled');
  const connected = filed.find(({ fact }) => sameRequest(fact.data.connectedTo, held.fact.data.request));
  if (connected !== undefined) {
    return pass({ ro: 'Rezoluția este conexată la cerere.', en: 'The resolution is connected to the request.' }, [held, issued, connected]);
  }
  const { resolutionHardLimitAt } = held.fact.data;
  const evidence = [held, issued, ...filed];
  if (dossier.asOf <= resolutionHardLimitAt) {
    return pending({ ro: 'Rezoluția nu este încă înregistrată.', en: 'The resolution is not filed yet.' }, evidence, {
      failsAt: resolutionHardLimitAt,
    });
  }
  return filed.length === 0
    ? fail({ ro: 'Rezoluția nu este înregistrată la cerere.', en: 'The resolution is not filed with the request.' }, evidence)
    : fail({ ro: 'Rezoluția este conexată la altă cerere.', en: 'The resolution is connected to another request.' }, evidence);
});
