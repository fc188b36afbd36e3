import {
  AttachMeetingLink,
  ContinueOtherwise,
  RecordAbsentParty,
  RecordHeld,
  StartMeeting,
} from '../../../application/meeting/hold-meeting';
import { sentences } from '../../phrasing/sentences';
import { DeleteRecording, RecordRecording, TakeBackRecording } from '../../../application/meeting/recordings';
import { defined } from '@tichet-albastru/kernel/defined';
import { continuedCause, otherMode } from '../../../domain/ticket/facts';
import { minutesBetween } from '../../../domain/time/civil-time';
import type { SaidOfRecording } from '../../../domain/ticket/taken-back';
import { ContinuedBody, MeetingLinkBody, RecordingBody, RecordingDeletedBody, RecordingTakenBackBody } from '../../api/dto/staff';
import { asTyped, secondsTyped } from './typed-time';
import { act, asTypedFor, carry, dateField, isOneOf, momentTyped, note, timeField, withoutFields } from './act-form';

/** What was said of the recording, as one value of a form. */
const saidView = ({ what, recordingId = '' }: SaidOfRecording): string => `${what} ${recordingId}`.trim();

/** Art. 5 and 6: the meeting itself, and its recording. */
export const meetingActs = {
  /** Art. 5 */
  link: act({
    ...asTypedFor(MeetingLinkBody),
    first: 'joinUrl',
    parts: (words, { card: { link }, instructions }) => [
      {
        kind: 'note',
        note: (
          <div class="notice">
            <h2>{words.instructions}</h2>
            <p class="typed">{instructions ?? words.noInstructions}</p>
          </div>
        ),
      },
      {
        name: 'joinUrl',
        label: words.joinUrl,
        hint: words.joinUrlHint,
        value: link?.joinUrl,
        autocomplete: 'off',
        spellcheck: false,
        missing: words.joinUrlFault,
      },
      { name: 'meetingId', width: 'middle', label: words.meetingId, optional: true, value: link?.meetingId, autocomplete: 'off' },
    ],
    order: (link, ticketId) => carry(AttachMeetingLink, ticketId, () => ({ ...link, ticketId })),
  }),
  /** A18: from now on; there is nothing to fill in */
  start: act({ ...withoutFields, order: (_, ticketId) => carry(StartMeeting, ticketId, () => ({ ticketId })) }),
  /** Art. 5: Webex could not be used to the end; nothing of the rest can be recorded */
  continued: act({
    first: 'mode',
    parts: (words, { locale, card }) => {
      const since = asTyped(card.proposedContinuation);
      return [
        {
          kind: 'radios',
          name: 'mode',
          label: words.continuedMode,
          options: otherMode.words.map((value) => ({ value, label: sentences[locale].modes.continuing[value] })),
          missing: words.continuedModeFault,
        },
        {
          kind: 'radios',
          name: 'cause',
          label: words.continuedCause,
          options: continuedCause.words.map((value) => ({ value, label: words.continuedCauses[value] })),
          missing: words.continuedCauseFault,
        },
        {
          kind: 'long',
          name: 'reasonText',
          rows: 3,
          label: words.reasonText,
          hint: words.reasonTextHint,
          wrong: (text, { cause }) => (cause === 'other' && text === '' ? words.reasonTextFault : undefined),
        },
        note(words.romanianTime),
        { kind: 'beside', fields: [dateField(words, since.date), timeField(words, 'at', words.continuedAt, since.time)] },
      ];
    },
    given: ({ mode, cause, reasonText, date, at }, { card }) => ({
      mode: isOneOf(otherMode.words, mode) ?? 'phone',
      cause: isOneOf(continuedCause.words, cause) ?? 'other',
      ...defined({ reasonText }),
      at: momentTyped(date, at, card.held === undefined ? (card.startedAt ?? card.slot.startsAt) : card.proposedContinuation),
    }),
    body: ContinuedBody,
    order: ({ at: continuedAt, ...said }, ticketId) => carry(ContinueOtherwise, ticketId, () => ({ ticketId, ...said, continuedAt })),
  }),
  /** Art. 6: planned for 15 minutes; how long it really took is what is noted (A15) */
  held: act({
    first: 'startedAt',
    parts: (words, { card, at }) => {
      const began = asTyped(card.startedAt ?? card.slot.startsAt);
      const now = asTyped(at);
      const ended = card.status === 'in-progress' && now.date === began.date ? now.time : '';
      return [
        dateField(words, began.date),
        note(words.romanianTime),
        {
          kind: 'beside',
          fields: [timeField(words, 'startedAt', words.startedAt, began.time), timeField(words, 'endedAt', words.endedAt, ended)],
        },
      ];
    },
    given: ({ date, startedAt, endedAt }, { card }) => ({
      startedAt: momentTyped(date, startedAt, card.startedAt),
      endedAt: momentTyped(date, endedAt),
    }),
    order: (times, ticketId) => carry(RecordHeld, ticketId, () => ({ ...times, ticketId })),
  }),
  /** Art. 5: there is a recording */
  recording: act({
    first: 'recordingId',
    parts: (words, { card }) => {
      const began = asTyped(card.held?.startedAt ?? card.startedAt ?? card.slot.startsAt);
      return [
        { name: 'recordingId', label: words.recordingId, autocomplete: 'off', spellcheck: false, missing: words.recordingIdFault },
        note(words.romanianTime),
        { kind: 'beside', fields: [dateField(words, began.date), timeField(words, 'at', words.recordedFrom, began.time)] },
        {
          name: 'durationSeconds',
          width: 'short',
          label: words.duration,
          hint: words.durationHint,
          autocomplete: 'off',
          wrong: (text) => (secondsTyped(text) === undefined ? words.durationFault : undefined),
        },
        { name: 'url', label: words.url, optional: true, hint: words.joinUrlHint, autocomplete: 'off', spellcheck: false },
      ];
    },
    given: ({ recordingId = '', url, durationSeconds = '', date, at }, { card }) => ({
      recordingId,
      ...defined({ url }),
      startedAt: momentTyped(date, at, card.held?.startedAt ?? card.startedAt ?? card.slot.startsAt),
      durationSeconds: secondsTyped(durationSeconds) ?? 0,
    }),
    body: RecordingBody,
    at: { startedAt: 'at' },
    order: (recording, ticketId) =>
      carry(RecordRecording, ticketId, () => ({ ticketId, recording: { kind: 'attached' as const, ...recording } })),
  }),
  /** A13: there is none, and why */
  'no-recording': act({
    first: 'reason',
    parts: (words) => [{ kind: 'long', name: 'reason', rows: 4, label: words.whyMissing, missing: words.whyFault }],
    given: ({ reason = '' }) => ({ missing: reason }),
    body: RecordingBody,
    at: { missing: 'reason' },
    order: ({ missing }, ticketId) =>
      carry(RecordRecording, ticketId, () => ({ ticketId, recording: { kind: 'missing' as const, reason: missing } })),
  }),
  /** A13: the citizen objected, and was offered a mode that is not recorded */
  'recording-waived': act({
    first: 'reason',
    parts: (words) => [
      { kind: 'long', name: 'reason', rows: 4, label: words.whyWaived, missing: words.whyFault },
      { kind: 'tick', name: 'offeredAlternative', legend: words.offeredLegend, label: words.offered, missing: words.offeredFault },
    ],
    given: ({ reason = '' }) => ({ missing: reason }),
    body: RecordingBody,
    at: { missing: 'reason' },
    order: ({ missing: reason }, ticketId) =>
      carry(RecordRecording, ticketId, () => ({ ticketId, recording: { kind: 'waived' as const, reason, offeredAlternative: true } })),
  }),
  /** A13: deleted from Webex once the time was over that the notice named */
  'recording-deleted': act({
    first: 'recordingId',
    parts: (words, { card: { deletable }, at }) => {
      const now = asTyped(at);
      return [
        {
          kind: 'radios',
          name: 'recordingId',
          label: words.deletedRecording,
          options: deletable.map((value) => ({ value, label: value })),
          missing: words.deletedRecordingFault,
        },
        note(words.romanianTime),
        { kind: 'beside', fields: [dateField(words, now.date), timeField(words, 'at', words.deletedAt, now.time)] },
      ];
    },
    given: ({ recordingId = '', date, at }) => ({ recordingId, at: momentTyped(date, at) }),
    body: RecordingDeletedBody,
    order: ({ recordingId, at: deletedAt }, ticketId) => carry(DeleteRecording, ticketId, () => ({ ticketId, recordingId, deletedAt })),
  }),
  /** A13: what was said of the recording was a mistake; the duty opens again */
  'recording-taken-back': act({
    first: 'said',
    parts: (words, { card: { saidOfRecording } }) => [
      {
        kind: 'radios',
        name: 'said',
        label: words.takenBack,
        options: saidOfRecording.map((said) => ({
          value: saidView(said),
          label: `${words.saidOfRecording[said.what]}${said.recordingId === undefined ? '' : ` ${said.recordingId}`}`,
        })),
        missing: words.takenBackFault,
      },
      { kind: 'long', name: 'reason', rows: 3, label: words.takenBackReason, missing: words.whyFault },
    ],
    given: ({ said, reason = '' }, { card: { saidOfRecording } }) => ({
      ...(saidOfRecording.find((one) => saidView(one) === said) ?? { what: 'attached' as const }),
      reason,
    }),
    body: RecordingTakenBackBody,
    order: (given, ticketId) => carry(TakeBackRecording, ticketId, () => ({ ...given, ticketId })),
  }),
  /** A22 */
  'citizen-absent': act({
    first: 'waitedMinutes',
    parts: (words, { card: { slot, citizenAbsentFrom = slot.endsAt }, at }) => [
      {
        name: 'waitedMinutes',
        width: 'short',
        inputmode: 'numeric',
        label: words.waited,
        hint: `${words.waitedHint} ${minutesBetween(slot.startsAt, citizenAbsentFrom)}.`,
        value: at < slot.endsAt ? String(Math.floor(minutesBetween(slot.startsAt, at))) : '',
        autocomplete: 'off',
        wrong: (text) => (/^\d{1,4}$/.test(text) ? undefined : words.waitedFault),
      },
    ],
    given: ({ waitedMinutes }) => ({ waitedMinutes: Number(waitedMinutes) }),
    order: (waited, ticketId) => carry(RecordAbsentParty, ticketId, () => ({ ticketId, who: 'citizen' as const, ...waited })),
  }),
  /** A23: its own fact; what follows is Art. 8 */
  'staff-absent': act({
    ...withoutFields,
    order: (_, ticketId) => carry(RecordAbsentParty, ticketId, () => ({ ticketId, who: 'staff' as const })),
  }),
};
