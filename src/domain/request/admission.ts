import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../kernel/refusal';
import { civilDateOf, isCivilDate, startOfNextDay } from '../time/civil-time';
import type { Slot } from '../time/slot';
import type { AdmissionEnded, Ground, LateAdmissionGranted, NewHourDeclined, TicketAdmitted } from './facts';
import { type Answer, countingAnswer, isOfAnotherApplicant, type RegisteredRequest, type RequestState } from './request';

/** Inside, why a request is not eligible (A2); outside, one neutral message. */
export type IneligibleReason =
  'redirected' | 'closed-without-answer' | 'archived-without-answer' | 'answer-not-communicated' | 'erased' | 'applicant-disputed';

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

/** Art. 2. Why the request may have a ticket by itself, apart from a new hour that is owed. */
const ownGroundAt = (state: RegisteredRequest, at: Instant): Ground | Refusal => {
  const notEligible = (reason: IneligibleReason): Refusal => refuse('not-eligible', { article: '2', reason });
  if (state.erased) return notEligible('erased');
  // a caller with all three data right may be the other applicant
  if (state.dispute !== undefined) return notEligible('applicant-disputed');
  if (state.status === 'in-operation') return { kind: 'in-operation' };
  if (state.status === 'redirected') return notEligible('redirected');
  const answer = countingAnswer(state);
  if (answer === undefined || answer.communicatedOn > civilDateOf(at)) return notEligible(withoutAnswer(state.status));
  if (!isOver(answer.enforcedUntil, at)) return clarification(answer, false);
  if (state.lateAdmission !== undefined && !isOver(state.lateAdmission.until, at)) return clarification(answer, true);
  return refuse('window-expired', { article: '2 b', until: answer.enforcedUntil });
};

/**
 * Art. 2, 8. Why this request may have a ticket at that instant (A2, A5, A25, A27), from the windows as they were stored. Where it could
 * have none, the new hour that is owed for a ticket which staff cancelled is a ground of its own: neither a day nor a status ends it; while
 * it is disputed whose the request is, no caller is admitted on it. Refuses `request-not-found`; `not-eligible` (Art. 2) with an
 * `IneligibleReason`; `window-expired` (Art. 2 b) with the last day, `until`.
 */
export const groundAt = (state: RequestState, at: Instant): Ground | Refusal => {
  if (state.status === 'unknown') return refuse('request-not-found');
  const own = ownGroundAt(state, at);
  if (!isRefusal(own) || state.erased || state.dispute !== undefined || state.newHourOwed === undefined) return own;
  return { kind: 'new-hour-owed', ...state.newHourOwed };
};

/**
 * Art. 1 (A3). The one person whom the citizen meets: the current handler; once answered, the person who answered. If that person has left,
 * the head stands in: the caller, who knows the staff, decides that.
 */
export const responsibleFor = (state: RegisteredRequest): string =>
  state.status === 'in-operation' ? state.handlerStaffId : (countingAnswer(state)?.answeredBy ?? state.handlerStaffId);

export type AdmitTicket = {
  readonly ticketId: string;
  readonly holdId: string;
  /** whom the citizen is to meet */
  readonly staffId: string;
  /** A3: the responsible person who has left, when `staffId` is the head who stands in */
  readonly standsInFor?: string;
  readonly slot: Slot;
  readonly at: Instant;
  readonly until: Instant;
};

/**
 * Step 1 of a booking: eligible at that instant (Art. 2), no other active ticket (A24), this id never admitted before.
 * The very same admission again changes nothing. Refuses as `groundAt`, `active-ticket-exists`, and `wrong-state` for an id
 * that was admitted before or a person who is not responsible for the request (Art. 1).
 */
export const admitTicket = (command: AdmitTicket, state: RequestState): Decision<TicketAdmitted> => {
  const { ticketId, holdId, staffId, standsInFor, slot, at, until } = command;
  if (state.status === 'unknown') return refuse('request-not-found');
  const active = state.admission;
  if (active?.ticketId === ticketId && active.holdId === holdId) return noChange();
  if (state.admittedTicketIds.includes(ticketId)) return refuse('wrong-state', { reason: 'admitted-before' });
  const ground = groundAt(state, at);
  if (isRefusal(ground)) return ground;
  if (active !== undefined) return refuse('active-ticket-exists');
  if (responsibleFor(state) !== (standsInFor ?? staffId)) return refuse('wrong-state', { article: '1', reason: 'not-responsible' });
  return accept({ type: 'TicketAdmitted', data: { ticketId, holdId, staffId, slot, ground, admittedAt: at, until } });
};

/**
 * What the ending of a ticket means for a new hour (Art. 8): `owed`, staff cancelled it; `met`, its hour was given, with any outcome;
 * `unmet`, it was never scheduled, or its outcome cannot be read.
 */
export type NewHourAfter = 'owed' | 'met' | 'unmet';

/**
 * After the ticket ended: the request is free for another one, and what is owed is said. No effect unless that ticket is the active one, so
 * a conclusion that comes late, or twice, never frees the place of another ticket.
 */
export const endAdmission = (
  { ticketId, newHour, at }: { readonly ticketId: string; readonly newHour: NewHourAfter; readonly at: Instant },
  state: RequestState,
): Decision<AdmissionEnded> => {
  if (state.status === 'unknown' || state.admission?.ticketId !== ticketId) return noChange();
  // what staff owed the applicant whose request it turned out not to be is no ground for the other one
  if (newHour === 'owed' && isOfAnotherApplicant(state, ticketId))
    return accept({ type: 'AdmissionEnded', data: { ticketId, endedAt: at } });
  const newHourOwedFor = { owed: ticketId, met: undefined, unmet: state.newHourOwed?.ticketId }[newHour];
  return accept({ type: 'AdmissionEnded', data: { ticketId, endedAt: at, ...defined({ newHourOwedFor }) } });
};

/**
 * Art. 8. Whether the new hour of that ticket is owed to whom the request is of: not to an applicant whose request it turned out not to be
 * (A29). While the ticket has just ended, the request has not been told yet.
 */
export const owesNewHour = (state: RequestState, ticketId: string): boolean => {
  if (state.status === 'unknown' || isOfAnotherApplicant(state, ticketId)) return false;
  return state.newHourOwed?.ticketId === ticketId || state.admission?.ticketId === ticketId;
};

/** Art. 8. The citizen wants no new hour for that ticket. No effect where none is owed for it. */
export const declineNewHour = (
  { ticketId, at }: { readonly ticketId: string; readonly at: Instant },
  state: RequestState,
): Decision<NewHourDeclined> =>
  state.status !== 'unknown' && state.newHourOwed?.ticketId === ticketId
    ? accept({ type: 'NewHourDeclined', data: { ticketId, declinedAt: at } })
    : noChange();

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
  if (isBlank(reason)) return refuse('invalid', { field: 'reason', reason: 'empty' });
  if (!isCivilDate(until)) return refuse('invalid', { field: 'until', reason: 'not-a-date' });
  if (until < civilDateOf(at)) return refuse('invalid', { field: 'until', reason: 'in-the-past' });
  const answer = countingAnswer(state);
  if (answer === undefined) return refuse('not-eligible', { article: '2', reason: 'answer-not-communicated' });
  if (until <= answer.enforcedUntil) return refuse('invalid', { article: '2 b', field: 'until', reason: 'within-window' });
  if (state.lateAdmission?.until === until) return noChange();
  return accept({ type: 'LateAdmissionGranted', data: { grantedBy, reason, until, grantedAt: at } });
};
