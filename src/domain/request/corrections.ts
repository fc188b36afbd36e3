import { type CalendarState, calendarVersion } from '../calendar/calendar';
import { clarificationWindow } from '../calendar/working-days';
import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../kernel/fact';
import type { Grade } from '../kernel/grade';
import type { ClearText } from '../kernel/personal-text';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import type { AnswerChannel, AnswerCorrected, AnswerWithdrawn, RequestStatus } from './facts';
import { answerFault } from './registering';
import type { Answer, RegisteredRequest, RequestState } from './request';

type Correction = {
  /** the number under which the answer stands */
  readonly ofDocument: string;
  /** key `office` */
  readonly reason: ClearText;
  readonly by: string;
  /** left out: a person says so */
  readonly grade?: Grade;
  readonly at: Instant;
};

const answerNamed = (state: RegisteredRequest, documentNumber: string): Answer | Refusal =>
  state.answers.find((answer) => answer.documentNumber === documentNumber.trim()) ??
  refuse('invalid', { article: '2 b', field: 'ofDocument', reason: 'unknown-answer' });

const reasonFault = (reason: ClearText): Refusal | undefined =>
  isBlank(reason) ? refuse('invalid', { field: 'reason', reason: 'required' }) : undefined;

export type CorrectAnswer = Correction & {
  readonly documentNumber: string;
  readonly communicatedOn: CivilDate;
  readonly channel: AnswerChannel;
  /** left out: who answered stays */
  readonly answeredBy?: string;
  readonly policies: Pick<Policies, 'clarification-window'>;
  readonly calendar: CalendarState;
};

const isAsItStands = (
  answer: Answer,
  { documentNumber, communicatedOn, channel, answeredBy = answer.answeredBy }: CorrectAnswer,
): boolean =>
  answer.documentNumber === documentNumber.trim() &&
  answer.communicatedOn === communicatedOn &&
  answer.channel === channel &&
  answer.answeredBy === answeredBy;

/**
 * Art. 2 b (A25). An answer was recorded with a mistake: its number, day, channel or person. The 30 days follow the right day, by the policy
 * that the answer was recorded under. What it says already changes nothing. Refuses `request-not-found`, and `invalid` naming the field: for an
 * answer that there is not, a day that cannot be, another answer’s number, or no reason.
 */
export const correctAnswer = (command: CorrectAnswer, state: RequestState): Decision<AnswerCorrected> => {
  if (state.status === 'unknown') return refuse('request-not-found');
  const answer = answerNamed(state, command.ofDocument);
  if ('kind' in answer) return answer;
  const { communicatedOn, channel, answeredBy = answer.answeredBy, reason, by, grade = 'declared', at, policies, calendar } = command;
  const documentNumber = command.documentNumber.trim();
  const fault = answerFault({ documentNumber, communicatedOn, at }, state.filedOn) ?? reasonFault(reason);
  if (fault !== undefined) return fault;
  const taken = state.answers.some((other) => other !== answer && other.documentNumber === documentNumber);
  if (taken) return refuse('invalid', { article: '2 b', field: 'documentNumber', reason: 'another-answer' });
  if (isAsItStands(answer, command)) return noChange();
  const policy = answer.policy.name === 'clarification-window' ? answer.policy : policies['clarification-window'];
  return accept({
    type: 'AnswerCorrected',
    data: {
      ofDocument: answer.documentNumber,
      documentNumber,
      communicatedOn,
      channel,
      answeredBy,
      ...clarificationWindow(communicatedOn, policy, calendar),
      policy,
      calendarVersion: calendarVersion(calendar),
      reason,
      correctedBy: by,
      correctedAt: at,
      grade,
    },
  });
};

/**
 * Art. 2 b (A25). An answer was recorded that never was, or was another request’s: it opens no 30 days. A request that it alone had made
 * `answered` is in operation again. Taken back already, it changes nothing. Refuses `request-not-found` and `invalid` as `correctAnswer`.
 */
export const withdrawAnswer = (command: Correction, state: RequestState): Decision<AnswerWithdrawn> => {
  if (state.status === 'unknown') return refuse('request-not-found');
  const { ofDocument, reason, by, grade = 'declared', at } = command;
  const isGone = state.mistakenDocuments.includes(ofDocument.trim());
  const answer = answerNamed(state, ofDocument);
  if ('kind' in answer) return isGone ? noChange() : answer;
  const fault = reasonFault(reason);
  if (fault !== undefined) return fault;
  const status: RequestStatus | undefined = state.status === 'answered' && state.answers.length === 1 ? 'in-operation' : undefined;
  return accept({
    type: 'AnswerWithdrawn',
    data: { documentNumber: answer.documentNumber, ...defined({ status }), reason, withdrawnBy: by, withdrawnAt: at, grade },
  });
};
