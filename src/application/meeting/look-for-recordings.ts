import { personal } from '../../domain/kernel/personal-text';
import { attachRecording, noteRecordingWithdrawn } from '../../domain/ticket/recording';
import type { Ports } from '../kernel/ports/ports';
import { noteOutcome, type TicketTodo, type TicketWork } from '../kernel/processes/ticket-process';
import { hostOf } from './video-places';

/** A to-do about the recordings of a meeting that the video service knows by this id. */
export type RecordingTodo = TicketTodo & { readonly meetingId?: string };

/**
 * Art. 5: attaches what the video service has of this meeting and the ticket has not.
 * @returns the ids of all that it has; undefined where it cannot be asked, because a person makes the meetings or nobody knows the
 * meeting's id
 */
export const lookForRecordings = async (ports: Ports, work: TicketWork<RecordingTodo>): Promise<readonly string[] | undefined> => {
  const { video } = ports;
  const { todo, ticket, at } = work;
  const { meetingId } = todo;
  const { slot, staffId } = ticket.booking;
  const host = video.kind === 'manual' || meetingId === undefined ? undefined : await hostOf(ports, staffId);
  if (video.kind === 'manual' || meetingId === undefined || host === undefined) return undefined;
  const found = await video.recordings({ meetingId, slot, host });
  for (const { url, ...recording } of found) {
    const address = url === undefined ? {} : { url: personal('record', url) };
    await noteOutcome(ports, work, `attach ${recording.recordingId}`, (state) => attachRecording({ ...recording, ...address, at }, state));
  }
  return found.map(({ recordingId }) => recordingId);
};

/** Reports those of these recordings that the service itself says are gone. */
export const lookForWithdrawn = async (ports: Ports, work: TicketWork<RecordingTodo>, recordingIds: readonly string[]): Promise<void> => {
  const { video } = ports;
  const host = video.kind === 'manual' ? undefined : await hostOf(ports, work.ticket.booking.staffId);
  if (video.kind === 'manual' || host === undefined) return;
  for (const recordingId of recordingIds) {
    if ((await video.recordingStands({ recordingId, host })) === 'there') continue;
    await noteOutcome(ports, work, `withdraw ${recordingId}`, (state) => noteRecordingWithdrawn({ recordingId, at: work.at }, state));
  }
};
