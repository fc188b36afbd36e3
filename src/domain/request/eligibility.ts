import type { Instant } from '../kernel/instant';
import { refuse, type Refusal } from '../kernel/refusal';
import { civilDateOf, startOfNextDay } from '../time/civil-time';
import type { Ground } from './facts';
import { countingAnswer, type Answer, type RegisteredRequest, type RequestState } from './state';

/** Inside, why a request is not eligible (A2); outside, one neutral message. */
export type IneligibleReason = 'redirected' | 'closed-without-answer' | 'archived-without-answer' | 'answer-not-communicated' | 'erased';

/** 24:00 of the last day: from this instant on the window is over (A5). */
const isOver = (lastDay: string, at: Instant): boolean => at >= startOfNextDay(lastDay);

const clarification = (answer: Answer, lateAdmission: boolean): Ground => ({
  kind: 'clarification',
  documentNumber: answer.documentNumber,
  communicatedOn: answer.communicatedOn,
  advertisedUntil: answer.advertisedUntil,
  enforcedUntil: answer.enforcedUntil,
  policy: `${answer.policy.name}@${answer.policy.version}`,
  calendarVersion: answer.calendarVersion,
  lateAdmission,
});

const withoutAnswer = (status: Exclude<RegisteredRequest['status'], 'in-operation' | 'redirected'>): IneligibleReason => {
  switch (status) {
    case 'answered':
      return 'answer-not-communicated';
    case 'closed':
      return 'closed-without-answer';
    case 'archived':
      return 'archived-without-answer';
  }
};

/**
 * Art. 2. Why this request may have a ticket at that instant (A2, A5, A25, A27), from the windows as they were stored.
 * Refuses `request-not-found`; `not-eligible` (Art. 2) with an `IneligibleReason`;
 * `window-expired` (Art. 2 b) with the last day, `until`.
 */
export const groundAt = (state: RequestState, at: Instant): Ground | Refusal => {
  if (state.status === 'unknown') return refuse('request-not-found');
  const notEligible = (reason: IneligibleReason): Refusal => refuse('not-eligible', { article: '2', reason });
  if (state.erased) return notEligible('erased');
  if (state.status === 'in-operation') return { kind: 'in-operation' };
  if (state.status === 'redirected') return notEligible('redirected');
  const answer = countingAnswer(state);
  if (answer === undefined || answer.communicatedOn > civilDateOf(at)) return notEligible(withoutAnswer(state.status));
  if (!isOver(answer.enforcedUntil, at)) return clarification(answer, false);
  if (state.lateAdmission !== undefined && !isOver(state.lateAdmission.until, at)) return clarification(answer, true);
  return refuse('window-expired', { article: '2 b', until: answer.enforcedUntil });
};

/**
 * Art. 1 (A3). The one person whom the citizen meets: the current handler; once answered, whoever answered.
 * If that person has left, the head stands in: that is for whoever knows the staff to say.
 */
export const responsibleFor = (state: RegisteredRequest): string =>
  state.status === 'in-operation' ? state.handlerStaffId : (countingAnswer(state)?.answeredBy ?? state.handlerStaffId);
