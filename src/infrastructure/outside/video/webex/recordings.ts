import type { FoundRecording, VideoPlace } from '../../../../application/kernel/ports/video-meetings';
import { defined } from '../../../../domain/kernel/defined';
import { plusHours } from '../../../../domain/time/civil-time';
import { AnswerUnreadable } from './answer-unreadable';
import { recordingOf, recordingsOf, type WebexRecording } from './webex-answers';
import type { WebexCalls } from './webex-calls';
import { WebexFailing } from './webex-failing';

/** Webex looks back seven days when it is told nothing, and takes a window of thirty. */
const windowHours = { before: 24, after: 29 * 24 } as const;

/** An instance of the meeting has the meeting's id, and `_I_…` or a date behind it. */
const isOf =
  (meetingId: string) =>
  ({ ofMeetings }: WebexRecording): boolean =>
    ofMeetings.some((id) => id === meetingId || id.startsWith(`${meetingId}_`));

const found = ({ id, isAvailable, durationSeconds, url, startedAt }: WebexRecording): readonly FoundRecording[] =>
  // one without a length is still being made
  !isAvailable || durationSeconds === undefined
    ? []
    : [
        {
          recordingId: id,
          durationSeconds,
          ...defined({ url, startedAt }),
        },
      ];

/** @throws WebexFailing also for a refusal: "none" is only what Webex itself lists as none */
export const findRecordings = async (
  ask: WebexCalls,
  { slot, host }: VideoPlace,
  meetingId: string,
): Promise<readonly FoundRecording[]> => {
  const operation = 'find-recordings';
  const from = plusHours(slot.startsAt, -windowHours.before);
  const query = { meetingId, from, to: plusHours(slot.startsAt, windowHours.after), max: '100', hostEmail: host.email };
  const answer = await ask({ operation, method: 'GET', path: '/recordings', query, mayRepeat: true });
  // a number that a person typed as the meeting's id may be no id at all
  if (answer.status === 404 || answer.status === 400) return [];
  if (answer.status >= 400) throw new WebexFailing(operation, answer.status);
  return recordingsOf(operation, answer.body).filter(isOf(meetingId)).flatMap(found);
};

export const recordingStands = async (ask: WebexCalls, recordingId: string, host: string): Promise<'there' | 'gone'> => {
  const operation = 'read-recording';
  const path = `/recordings/${encodeURIComponent(recordingId)}`;
  const answer = await ask({ operation, method: 'GET', path, query: { hostEmail: host }, mayRepeat: true });
  if (answer.status === 404) return 'gone';
  if (answer.status >= 400) throw new WebexFailing(operation, answer.status);
  const recording = recordingOf(operation, answer.body);
  if (recording.id !== recordingId) throw new AnswerUnreadable(operation);
  return recording.isAvailable ? 'there' : 'gone';
};
