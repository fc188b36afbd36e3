import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import type { Grade } from '../kernel/grade';
import type { ClearText } from '../kernel/personal-text';
import { type Refusal, refuse } from '../kernel/refusal';
import { addDays, civilDateOf, startOfNextDay } from '../time/civil-time';
import {
  type AcceptedNotice,
  needsOf,
  type RecordingAttached,
  type RecordingDeleted,
  type RecordingMissing,
  type RecordingWaived,
  type RecordingWithdrawn,
} from './facts';
import { isHeld, isRequested, type RequestedTicket, type TicketState } from './ticket';

/** A12: only online meetings are recorded, and there is nothing to say before the meeting. */
const checkRecordable = (state: RequestedTicket): Refusal | undefined => {
  if (!needsOf(state.booking.mode).recording) return refuse('wrong-state', { article: '5', reason: 'not-online' });
  return state.status === 'in-progress' || isHeld(state) ? undefined : refuse('wrong-state', { article: '5' });
};
/** Of a meeting that was never on Webex no recording is missing. */
const checkOwed = ({ continued }: RequestedTicket): Refusal | undefined =>
  continued?.wasOnline === false ? refuse('wrong-state', { article: '5', reason: 'continued-otherwise' }) : undefined;
const checkReasonGiven = (reason: ClearText): Refusal | undefined =>
  isBlank(reason) ? refuse('invalid', { article: '5', field: 'reason', reason: 'required' }) : undefined;

export type AttachRecording = {
  readonly recordingId: string;
  /** key `record` */
  readonly url?: ClearText;
  /** required from a person who records it: without the start, nothing shows that it is of this meeting */
  readonly startedAt?: Instant;
  readonly durationSeconds: number;
  /** left out: a person says so */
  readonly grade?: Grade;
  readonly at: Instant;
};

/**
 * Art. 5. A recording, however late (A13). The same one again changes nothing, unless a person had said that it is there and the video
 * service shows it now: then what the service says counts from there on. Refuses `wrong-state` and `invalid`.
 */
export const attachRecording = (command: AttachRecording, state: TicketState): Decision<RecordingAttached> => {
  if (!isRequested(state)) return refuse('not-found');
  const { recordingId, url, startedAt, durationSeconds, grade = 'declared', at } = command;
  if (isBlank(recordingId)) return refuse('invalid', { field: 'recordingId', reason: 'required' });
  if (!Number.isInteger(durationSeconds) || durationSeconds <= 0)
    return refuse('invalid', { field: 'durationSeconds', reason: 'not-positive' });
  const known = state.recording.attached.find((recording) => recording.recordingId === recordingId);
  if (known !== undefined && (known.grade === 'observed' || grade === 'declared')) return noChange();
  const refusal = checkRecordable(state);
  if (refusal !== undefined) return refusal;
  if (startedAt === undefined && grade === 'declared') return refuse('invalid', { article: '5', field: 'startedAt', reason: 'required' });
  return accept({
    type: 'RecordingAttached',
    data: {
      recordingId,
      ...defined({ url, startedAt }),
      durationSeconds,
      attachedAt: at,
      grade,
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

/**
 * A13. Until when the notice that the citizen accepted said that the recording is kept: to the end of so many days after the day of the
 * meeting. `undefined` where it named no time: such a recording is never deleted lawfully.
 */
export const recordingKeptUntil = (notice: Pick<AcceptedNotice, 'keptDays'> | undefined, endedAt: Instant): Instant | undefined =>
  notice?.keptDays === undefined ? undefined : startOfNextDay(addDays(civilDateOf(endedAt), notice.keptDays));

export type DeleteRecording = { readonly recordingId: string; readonly deletedAt: Instant; readonly at: Instant };

/**
 * A13. A recording was deleted once the time was over for which it is kept. The same again changes nothing. Refuses `invalid` for one that
 * is not there and for a time ahead of the clock, `wrong-state` before the meeting was held and where no time was named,
 * `too-early` with `earliest` before its end.
 */
export const deleteRecording = ({ recordingId, deletedAt, at }: DeleteRecording, state: TicketState): Decision<RecordingDeleted> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.recording.deleted.includes(recordingId)) return noChange();
  if (!isHeld(state)) return refuse('wrong-state', { article: '5', reason: 'not-held' });
  if (!state.recording.attached.some((recording) => recording.recordingId === recordingId))
    return refuse('invalid', { article: '5', field: 'recordingId', reason: 'unknown' });
  const earliest = recordingKeptUntil(state.recordingNotice, state.held.endedAt);
  if (earliest === undefined) return refuse('wrong-state', { article: '5', reason: 'no-recording-period' });
  if (deletedAt < earliest) return refuse('too-early', { article: '5', earliest });
  if (deletedAt > at) return refuse('invalid', { field: 'at', reason: 'in-the-future' });
  return accept({ type: 'RecordingDeleted', data: { recordingId, deletedAt } });
};

/** A13: the meeting is held all the same; there is no recording, and why. Refuses `wrong-state`, also once one is attached or waived. */
export const reportRecordingMissing = (
  { reason, grade = 'declared', at }: { readonly reason: ClearText; readonly grade?: Grade; readonly at: Instant },
  state: TicketState,
): Decision<RecordingMissing> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.recording.missingSince !== undefined) return noChange();
  const refusal = checkRecordable(state) ?? checkOwed(state) ?? checkReasonGiven(reason);
  if (refusal !== undefined) return refusal;
  if (state.recording.attached.length > 0 || state.recording.deleted.length > 0)
    return refuse('wrong-state', { article: '5', reason: 'recording-attached' });
  if (state.recording.waivedAt !== undefined) return refuse('wrong-state', { article: '5', reason: 'recording-waived' });
  return accept({ type: 'RecordingMissing', data: { reason, reportedAt: at, grade } });
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
  const refusal = checkRecordable(state) ?? checkOwed(state) ?? checkReasonGiven(reason);
  if (refusal !== undefined) return refusal;
  if (!offeredAlternative) return refuse('invalid', { article: '5', field: 'offeredAlternative', reason: 'required' });
  const { attached, withdrawn, deleted } = state.recording;
  const wasThere = attached.length > 0 || withdrawn.length > 0 || deleted.length > 0;
  if (wasThere) return refuse('wrong-state', { article: '5', reason: 'recording-attached' });
  if (state.recording.missingSince !== undefined) return refuse('wrong-state', { article: '5', reason: 'recording-missing' });
  return accept({ type: 'RecordingWaived', data: { reason, offeredAlternative: true, waivedAt: at } });
};
