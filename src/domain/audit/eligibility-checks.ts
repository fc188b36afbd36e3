import { clarificationWindow } from '../calendar/working-days';
import type { Ground } from '../request/facts';
import { civilDateOf } from '../time/civil-time';
import { type Dossier, first, type RequestSeen, seenOfRequest } from './case-file';
import { check, day, fail, notApplicable, pass } from './check';
import { calendarThen, requestThen } from './in-force';

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

type Clarification = Extract<Ground, { readonly kind: 'clarification' }>;

/** The window as the policy and the calendar in force at the answer make it, not as anybody wrote it down. */
const windowEnd = (dossier: Dossier, { fact, recordedAt }: RequestSeen<'AnswerCommunicated'>): string | undefined => {
  const { policy, communicatedOn } = fact.data;
  if (policy.name !== 'clarification-window') return undefined;
  return clarificationWindow(communicatedOn, policy, calendarThen(dossier, recordedAt)).enforcedUntil;
};

const answerBehind = (dossier: Dossier, ground: Clarification): RequestSeen<'AnswerCommunicated'> | undefined =>
  requestThen(dossier).answers.find(
    (answer) =>
      answer.fact.data.documentNumber === ground.documentNumber &&
      answer.fact.data.communicatedOn === ground.communicatedOn &&
      windowEnd(dossier, answer) === ground.enforcedUntil,
  );

/** C02, Art. 2 (A2, A5): the ground, recomputed from the request's own events as they stood when the ticket was admitted. The 30 days are C03's. */
export const c02GroundWasTrue = check('C02', '2', (dossier) => {
  const requested = first(dossier, 'Requested');
  if (requested === undefined)
    return notApplicable({ ro: 'Tichetul nu a fost cerut.', en: 'The ticket was never requested.' }, [dossier.ticket[0]]);
  const { ground } = requested.fact.data;
  const then = requestThen(dossier);
  if (ground.kind === 'in-operation') {
    return then.status === 'in-operation'
      ? pass({ ro: 'Cererea era în operare.', en: 'The request was in operation.' }, [then.statusEvent, requested])
      : fail(
          {
            ro: 'Cererea nu era în operare când s-a cerut tichetul.',
            en: 'The request was not in operation when the ticket was requested.',
          },
          [then.statusEvent, requested],
        );
  }
  const answer = answerBehind(dossier, ground);
  return answer !== undefined && then.status !== 'redirected'
    ? pass(
        {
          ro: 'Răspunsul fusese comunicat, iar termenul este cel calculat.',
          en: 'The answer had been communicated and the window is as computed.',
        },
        [answer, requested],
      )
    : fail(
        {
          ro: 'Răspunsul sau termenul înscris nu se regăsește în istoricul cererii.',
          en: 'The answer or the window recorded is not borne out by the request’s history.',
        },
        [...then.answers, then.statusEvent, requested],
      );
});

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
