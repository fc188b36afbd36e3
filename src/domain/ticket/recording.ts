import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/fact';
import type { ClearText } from '../kernel/personal-text';
import { type Refusal, refuse } from '../kernel/refusal';
import type { RecordingAttached, RecordingMissing, RecordingWaived, RecordingWithdrawn } from './facts';
import { isHeld, isRequested, type RequestedTicket, type TicketState } from './ticket';

/** A12: only online meetings are recorded, and there is nothing to say before the meeting. */
const checkRecordable = (state: RequestedTicket): Refusal | undefined => {
  if (state.booking.mode !== 'online') return refuse('wrong-state', { article: '5', reason: 'not-online' });
  return state.status === 'in-progress' || isHeld(state) ? undefined : refuse('wrong-state', { article: '5' });
};
const checkReasonGiven = (reason: ClearText): Refusal | undefined =>
  isBlank(reason) ? refuse('invalid', { article: '5', field: 'reason', reason: 'required' }) : undefined;

export type AttachRecording = {
  readonly recordingId: string;
  /** key `record` */
  readonly url?: ClearText;
  readonly startedAt?: Instant;
  readonly durationSeconds: number;
  readonly at: Instant;
};

/** Art. 5. A recording, however late (A13). The same one again changes nothing. Refuses `wrong-state` and `invalid`. */
export const attachRecording = (command: AttachRecording, state: TicketState): Decision<RecordingAttached> => {
  if (!isRequested(state)) return refuse('not-found');
  const { recordingId, url, startedAt, durationSeconds, at } = command;
  if (isBlank(recordingId)) return refuse('invalid', { field: 'recordingId', reason: 'required' });
  if (!Number.isInteger(durationSeconds) || durationSeconds <= 0)
    return refuse('invalid', { field: 'durationSeconds', reason: 'not-positive' });
  if (state.recording.attached.some((recording) => recording.recordingId === recordingId)) return noChange();
  const refusal = checkRecordable(state);
  if (refusal !== undefined) return refusal;
  return accept({
    type: 'RecordingAttached',
    data: {
      recordingId,
      ...defined({ url, startedAt }),
      durationSeconds,
      attachedAt: at,
    },
  });
};

/** A12. A recording that was there is gone. One that was never there, or is known to be gone, changes nothing; it may be attached again. */
export const noteRecordingWithdrawn = (
  { recordingId, at }: { readonly recordingId: string; readonly at: Instant },
  state: TicketState,
): Decision<RecordingWithdrawn> => {
  if (!isRequested(state)) return refuse('not-found');
  return state.recording.attached.some((recording) => recording.recordingId === recordingId)
    ? accept({ type: 'RecordingWithdrawn', data: { recordingId, noticedAt: at } })
    : noChange();
};

/** A13: the meeting is held all the same; there is no recording, and why. Refuses `wrong-state`, also once one is attached or waived. */
export const reportRecordingMissing = (
  { reason, at }: { readonly reason: ClearText; readonly at: Instant },
  state: TicketState,
): Decision<RecordingMissing> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.recording.missingSince !== undefined) return noChange();
  const refusal = checkRecordable(state) ?? checkReasonGiven(reason);
  if (refusal !== undefined) return refusal;
  if (state.recording.attached.length > 0) return refuse('wrong-state', { article: '5', reason: 'recording-attached' });
  if (state.recording.waivedAt !== undefined) return refuse('wrong-state', { article: '5', reason: 'recording-waived' });
  return accept({ type: 'RecordingMissing', data: { reason, reportedAt: at } });
};

/**
 * A13: the citizen objected and was offered an alternative. Refuses `invalid` without that offer, `wrong-state` once a recording is
 * attached (even if it is gone since), or reported missing: an objection made at the meeting is not found out afterwards.
 */
export const waiveRecording = (
  { reason, offeredAlternative, at }: { readonly reason: ClearText; readonly offeredAlternative: boolean; readonly at: Instant },
  state: TicketState,
): Decision<RecordingWaived> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.recording.waivedAt !== undefined) return noChange();
  const refusal = checkRecordable(state) ?? checkReasonGiven(reason);
  if (refusal !== undefined) return refusal;
  if (!offeredAlternative) return refuse('invalid', { article: '5', field: 'offeredAlternative', reason: 'required' });
  const wasThere = state.recording.attached.length > 0 || state.recording.withdrawn.length > 0;
  if (wasThere) return refuse('wrong-state', { article: '5', reason: 'recording-attached' });
  if (state.recording.missingSince !== undefined) return refuse('wrong-state', { article: '5', reason: 'recording-missing' });
  return accept({ type: 'RecordingWaived', data: { reason, offeredAlternative: true, waivedAt: at } });
};
