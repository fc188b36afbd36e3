import { accept, nothing, type Decision } from '../kernel/decider';
import type { CivilDate, Instant } from '../kernel/instant';
import type { ClearText } from '../kernel/personal-text';
import { refuse } from '../kernel/refusal';
import { civilDateOf, isCivilDate } from '../time/civil-time';
import type { LateAdmissionGranted } from './facts';
import { countingAnswer, type RequestState } from './state';

export type GrantLateAdmission = {
  readonly grantedBy: string;
  readonly reason: ClearText;
  /** the last day, whole */
  readonly until: CivilDate;
  readonly at: Instant;
};

/**
 * A27. A head admits a request whose 30 days are over, with a reason; the ground stays `clarification`.
 * Refuses `request-not-found`, `invalid` naming the field, and `not-eligible` (Art. 2) where no answer ever opened the 30 days.
 */
export const grantLateAdmission = (command: GrantLateAdmission, state: RequestState): Decision<LateAdmissionGranted> => {
  if (state.status === 'unknown') return refuse('request-not-found');
  const { grantedBy, reason, until, at } = command;
  if (reason.clear.trim() === '') return refuse('invalid', { field: 'reason', reason: 'empty' });
  if (!isCivilDate(until)) return refuse('invalid', { field: 'until', reason: 'not-a-date' });
  if (until < civilDateOf(at)) return refuse('invalid', { field: 'until', reason: 'in-the-past' });
  const answer = countingAnswer(state);
  if (answer === undefined) return refuse('not-eligible', { article: '2', reason: 'answer-not-communicated' });
  if (until <= answer.enforcedUntil) return refuse('invalid', { article: '2 b', field: 'until', reason: 'within-window' });
  if (state.lateAdmission?.until === until) return nothing();
  return accept({ type: 'LateAdmissionGranted', data: { grantedBy, reason, until, grantedAt: at } });
};
