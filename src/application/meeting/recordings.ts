import { noChange } from '../../domain/kernel/decider';
import type { Instant } from '../../domain/kernel/fact';
import { personal } from '../../domain/kernel/personal-text';
import { reportRecordingMissing } from '../../domain/ticket/recording';
import { isRequested } from '../../domain/ticket/state';
import { plusMinutes } from '../../domain/time/civil-time';
import type { Ports } from '../kernel/ports/ports';
import { lookForRecordings, type RecordingTodo } from './look-for-recordings';
import { causedBy, noteOutcome, ticketProcess, type TicketEvent, type TicketWork } from '../kernel/processes/ticket-process';

/** A meeting whose recording is awaited, from `dueAt` to `missingAt`. */
export type AwaitedRecording = RecordingTodo & { readonly missingAt?: Instant };

/** The service needs some minutes before it shows what was recorded. */
const firstLookMinutes = 15;
/** A look costs the service little, and a hint of its own comes sooner. */
const betweenLooksMinutes = 15;

const evolve = (todo: AwaitedRecording | undefined, event: TicketEvent): AwaitedRecording | undefined => {
  const { fact } = event;
  switch (fact.type) {
    case 'Scheduled':
      return fact.data.mode === 'online' ? causedBy(event) : undefined;
    case 'MeetingLinkAttached':
      return todo && fact.data.meetingId !== undefined ? { ...todo, meetingId: fact.data.meetingId } : todo;
    case 'Reassigned':
      // Another person, another meeting.
      return todo && causedBy(event);
    case 'RecordingAttached':
    case 'RecordingMissing':
    case 'RecordingWaived':
      return undefined;
    case 'Held': {
      const { recordingDueAt, endedAt } = fact.data;
      if (todo === undefined || recordingDueAt === undefined) return undefined;
      const { meetingId } = todo;
      if (meetingId === undefined) return { ...causedBy(event), dueAt: recordingDueAt, missingAt: recordingDueAt };
      return { ...causedBy(event), meetingId, dueAt: plusMinutes(endedAt, firstLookMinutes), missingAt: recordingDueAt };
    }
    case 'Cancelled':
    case 'CitizenAbsent':
      return undefined;
    default:
      return todo;
  }
};

const reasons = {
  'cannot-ask': 'Înregistrarea nu a fost atașată în termen. / No recording was attached in time.',
  asked: 'Webex nu are nicio înregistrare a întâlnirii. / Webex has no recording of the meeting.',
  silent: 'Webex nu a putut fi întrebat la împlinirea termenului. / Webex could not be asked when the deadline came.',
} as const;

/** At the deadline an answer is not waited for any longer: a recording that is found later still counts. */
const asked = async (ports: Ports, work: TicketWork<AwaitedRecording>, isOver: boolean): Promise<keyof typeof reasons> => {
  try {
    return (await lookForRecordings(ports, work)) === undefined ? 'cannot-ask' : 'asked';
  } catch (error) {
    if (!isOver) throw error;
    return 'silent';
  }
};

/**
 * A13: looks for the recording of an online meeting from 15 minutes after its end on; after 48 hours the meeting is held all the same,
 * and its recording is missing.
 */
export const recordingsProcess = ticketProcess<AwaitedRecording>({
  name: 'process-recordings',
  version: 2,
  attempts: Number.POSITIVE_INFINITY,
  columns: { meetingId: 'text' },
  evolve,
  again: ({ missingAt = '' }, at) => {
    if (at >= missingAt) return undefined;
    const next = plusMinutes(at, betweenLooksMinutes);
    return next < missingAt ? next : missingAt;
  },
  perform: async (ports, work) => {
    const isOver = work.todo.missingAt === undefined || work.at >= work.todo.missingAt;
    const found = await asked(ports, work, isOver);
    if (!isOver) return;
    await noteOutcome(ports, work, 'missing', (state) => {
      const settled = isRequested(state) && (state.recording.attached.length > 0 || state.recording.waivedAt !== undefined);
      return settled ? noChange() : reportRecordingMissing({ reason: personal('record', reasons[found]), at: work.at }, state);
    });
  },
  giveUp: () => Promise.resolve(),
});
