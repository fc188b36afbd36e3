import type { Ground } from '../request/facts';
import { clarificationWindow } from '../calendar/clarification-window';
import { check, fail, notApplicable, pass } from './check';
import { first, type Dossier, type RequestSeen } from './dossier';
import { calendarThen } from './in-force';
import { requestThen } from './request-then';

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
