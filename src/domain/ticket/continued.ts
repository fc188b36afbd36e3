import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import type { PersonalText } from '../kernel/personal-text';
import { type Refusal, refuse } from '../kernel/refusal';
import { type ContinuedCause, type ContinuedOtherwise, type MeetingStarted, needsOf } from './facts';
import { plusSeconds } from '../time/civil-time';
import { checkStart } from './meeting';
import { isHeld, isRequested, type CurrentTicket, type HeldTicket, type MeetingTicket, type TicketState } from './ticket';

export type ContinueOtherwise = {
  readonly mode: ContinuedOtherwise['data']['mode'];
  readonly cause: ContinuedCause;
  /** key `contact` */
  readonly reasonText?: PersonalText;
  readonly continuedAt: Instant;
  readonly at: Instant;
};

type MetTicket = CurrentTicket | MeetingTicket | HeldTicket;

/** Said while they meet, or once it is over as long as the recording is awaited: what was never recorded is not explained much later. */
const checkWhen = ({ continuedAt, at }: ContinueOtherwise, state: MetTicket): Refusal | undefined => {
  if (!isHeld(state)) {
    const early = checkStart(continuedAt, at, state);
    if (early !== undefined || state.status !== 'in-progress') return early;
    if (continuedAt < state.startedAt) return refuse('invalid', { article: '5', field: 'at', reason: 'before-the-start' });
    return checkBegunOnline(continuedAt, state.startedAt, state);
  }
  const { startedAt, endedAt, recordingDueAt } = state.held;
  if (recordingDueAt !== undefined && at > recordingDueAt) return refuse('wrong-state', { article: '5', reason: 'recording-overdue' });
  if (state.recording.missingSince !== undefined) return refuse('wrong-state', { article: '5', reason: 'recording-missing' });
  if (continuedAt < startedAt || continuedAt > endedAt)
    return refuse('invalid', { article: '5', field: 'at', reason: 'not-in-the-meeting' });
  return checkBegunOnline(continuedAt, startedAt, state);
};

/** What was recorded was held on Webex, whether the recording is still there or not: it did not go on otherwise from the start. */
const checkBegunOnline = (continuedAt: Instant, startedAt: Instant, { recording }: MetTicket): Refusal | undefined =>
  continuedAt <= startedAt && recording.attached.length + recording.withdrawn.length > 0
    ? refuse('invalid', { article: '5', field: 'at', reason: 'begun-on-webex' })
    : undefined;

/**
 * The moment that is proposed to an official who records that the meeting went on otherwise. While they meet it is now. Afterwards it is
 * the start of the meeting, or the end of its recorded part where there is one.
 */
export const proposedContinuation = (state: TicketState, at: Instant): Instant => {
  if (!isHeld(state)) return at;
  const { held, recording } = state;
  if (recording.attached.length + recording.withdrawn.length === 0) return held.startedAt;
  const ends = recording.attached.flatMap(({ startedAt, durationSeconds }) =>
    startedAt === undefined ? [] : [plusSeconds(startedAt, durationSeconds)],
  );
  return (
    ends
      .filter((end) => end > held.startedAt && end <= held.endedAt)
      .toSorted()
      .at(-1) ?? held.endedAt
  );
};

/**
 * Art. 3 d, 5. Webex could not be used, or not to the end, and the meeting went on by phone or face to face: what is due of the recording
 * ends there. A start that was not recorded is recorded with it. The same again changes nothing. Refuses `wrong-state` unless the meeting
 * is an online one that began, for another way once one is known, and once the recording is overdue; `invalid` for a time that is not in
 * the meeting, for its start where something of it was recorded, and for `other` without words.
 */
export const continueOtherwise = (command: ContinueOtherwise, state: TicketState): Decision<MeetingStarted | ContinuedOtherwise> => {
  if (!isRequested(state)) return refuse('not-found');
  const { mode, cause, reasonText, continuedAt } = command;
  const { continued } = state;
  if (continued?.mode === mode && continued.continuedAt === continuedAt) return noChange();
  if (!needsOf(state.booking.mode).link) return refuse('wrong-state', { article: '5', reason: 'not-online' });
  if (state.status !== 'scheduled' && state.status !== 'in-progress' && !isHeld(state)) return refuse('wrong-state', { article: '5' });
  if (continued !== undefined) return refuse('wrong-state', { article: '5', reason: 'already-continued' });
  if (cause === 'other' && (reasonText === undefined || isBlank(reasonText)))
    return refuse('invalid', { article: '5', field: 'reasonText', reason: 'required' });
  const refusal = checkWhen(command, state);
  if (refusal !== undefined) return refusal;
  const { slot, staffId } = state.booking;
  const startedAt = isHeld(state) ? state.held.startedAt : state.status === 'in-progress' ? state.startedAt : undefined;
  const wasOnline = startedAt !== undefined && continuedAt > startedAt;
  const went: ContinuedOtherwise = {
    type: 'ContinuedOtherwise',
    data: { mode, cause, ...defined({ reasonText }), staffId, continuedAt, wasOnline },
  };
  if (startedAt !== undefined) return accept(went);
  return accept<MeetingStarted | ContinuedOtherwise>(
    { type: 'MeetingStarted', data: { startedAt: continuedAt, slot, staffId, grade: 'declared' } },
    went,
  );
};
