import { check, fail, notApplicable, pass } from './check';
import { first } from './dossier';

/** C01, Art. 2: the ground and the version of the policy that found it stand in `Requested`. */
export const c01EligibilityRecorded = check('C01', '2', (dossier) => {
  const requested = first(dossier, 'Requested');
  if (requested === undefined)
    return notApplicable({ ro: 'Tichetul nu a fost cerut.', en: 'The ticket was never requested.' }, [dossier.ticket[0]]);
  const { ground, policies, calendarVersion } = requested.fact.data;
  const groundPolicy = ground.kind === 'in-operation' || /^[a-z-]+@\d+$/.test(ground.policy);
  return policies.length > 0 && calendarVersion !== '' && groundPolicy
    ? pass(
        {
          ro: 'Temeiul și versiunea regulilor sunt înscrise în cerere.',
          en: 'The ground and the version of the policies are recorded in the request.',
        },
        [requested],
      )
    : fail(
        { ro: 'Lipsește temeiul sau versiunea regulilor aplicate.', en: 'The ground or the version of the policies applied is missing.' },
        [requested],
      );
});
