import { civilDateOf } from '../time/civil-time';
import { check, fail, notApplicable, pass } from './check';
import { first, seenOfRequest } from './dossier';
import { requestThen } from './request-then';
import { day } from './wording';

/** C03, Art. 2 b (A5, A6, A27): the request for a clarification falls on or before the last day, or a head had admitted it late. */
export const c03WithinThirtyDays = check('C03', '2 b', (dossier) => {
  const requested = first(dossier, 'Requested');
  if (requested?.fact.data.ground.kind !== 'clarification') {
    return notApplicable({ ro: 'Cererea nu era de clarificare.', en: 'The ground was not a clarification.' }, [requested]);
  }
  const { ground, requestedAt } = requested.fact.data;
  const requestedOn = civilDateOf(requestedAt);
  if (requestedOn <= ground.enforcedUntil) {
    return pass(
      { ro: `Cerut în termen (până la ${day(ground.enforcedUntil)}).`, en: `Requested in time (until ${day(ground.enforcedUntil)}).` },
      [requested],
    );
  }
  const admission = seenOfRequest(requestThen(dossier).events, 'LateAdmissionGranted').find(({ fact }) => requestedOn <= fact.data.until);
  return admission === undefined
    ? fail(
        {
          ro: `Cerut la ${day(requestedOn)}, după ${day(ground.enforcedUntil)}.`,
          en: `Requested on ${day(requestedOn)}, after ${day(ground.enforcedUntil)}.`,
        },
        [requested],
      )
    : pass({ ro: 'Cerut după termen, cu admitere motivată.', en: 'Requested after the window, with a reasoned late admission.' }, [
        admission,
        requested,
      ]);
});
