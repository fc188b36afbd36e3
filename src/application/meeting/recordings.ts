import { type Decision, noChange } from '../../domain/kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../domain/kernel/fact';
import { gradeBy } from '../../domain/kernel/grade';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { needsOf, type TicketFact } from '../../domain/ticket/facts';
import {
  attachRecording,
  deleteRecording as deleteRecordingDecision,
  noteRecordingWithdrawn,
  reportRecordingMissing,
  waiveRecording,
} from '../../domain/ticket/recording';
import { type SaidOfRecording, takeBackRecording as takeBackRecordingDecision } from '../../domain/ticket/taken-back';
import { isRequested, type RequestedTicket, type TicketState } from '../../domain/ticket/ticket';
import { plusMinutes } from '../../domain/time/civil-time';
import { decideOnTicket, type TicketDone } from '../booking/on-ticket';
import type { CommandContext } from '../kernel/execute';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import type { VideoHost, VideoPlace } from '../kernel/ports/video-meetings';
import {
  causedBy,
  noteOutcome,
  type TicketEvent,
  ticketProcess,
  type TicketTodo,
  type TicketWork,
} from '../kernel/processes/ticket-process';
import { currentStaff } from '../kernel/streams';
import { instantOf } from '../kernel/typed-values';

/** The address of a civil servant, from the directory; `undefined` when it is not known any more. */
const hostOf = async (ports: Ports, staffId: string): Promise<VideoHost | undefined> => {
  const staff = await currentStaff(ports, staffId);
  const email = staff.status === 'unknown' ? undefined : await ports.personalData.open(staff.email);
  return email === undefined ? undefined : { email };
};

/**
 * Where the ticket's meeting is to be, then where it was to be before, the first place first. None at all when the host of the place
 * where it stands is not known; former hosts that are not known are left out.
 */
export const placesOf = async (ports: Ports, { booking, left }: RequestedTicket): Promise<readonly VideoPlace[]> => {
  const host = await hostOf(ports, booking.staffId);
  if (host === undefined) return [];
  const places: VideoPlace[] = [{ slot: booking.slot, host }];
  for (const { slot, staffId } of left) {
    const former = await hostOf(ports, staffId);
    if (former !== undefined) places.push({ slot, host: former });
  }
  return places;
};

export type TakeBackRecordingInput = SaidOfRecording & { readonly ticketId: string; readonly reason: string };

export class TakeBackRecording extends Command<TakeBackRecordingInput, TicketDone> {}

/** A13. What was said of the recording was a mistake: the duty opens again. */
export const takeBackRecording =
  (ports: Ports) =>
  (context: CommandContext, { ticketId, reason, ...said }: TakeBackRecordingInput): Promise<TicketDone | Refusal> =>
    decideOnTicket(ports, context, {
      ticketId,
      step: 'recording taken back',
      decide: (state) =>
        takeBackRecordingDecision({ ...said, reason: personal('record', reason), by: context.actor.id, at: context.at }, state),
    });

/** A to-do about the recordings of a meeting that the video service knows by this id. */
export type RecordingTodo = TicketTodo & { readonly meetingId?: string };

/**
 * Art. 5: attaches what the video service has of this meeting and the ticket has not.
 * @returns the ids of all that it has; undefined where it cannot be asked, because a person makes the meetings or the meeting's id is not
 *   known
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
    await noteOutcome(ports, work, `attach ${recording.recordingId}`, (state) =>
      attachRecording({ ...recording, ...address, grade: 'observed', at }, state),
    );
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

export type RecordRecordingInput = {
  readonly ticketId: string;
  readonly recording:
    | {
        readonly kind: 'attached';
        readonly recordingId: string;
        readonly url?: string;
        readonly startedAt?: string;
        readonly durationSeconds: number;
      }
    | { readonly kind: 'missing'; readonly reason: string }
    | { readonly kind: 'waived'; readonly reason: string; readonly offeredAlternative: boolean };
};

export class RecordRecording extends Command<RecordRecordingInput, TicketDone> {}

/** Art. 5 (A13). There is a recording, or there is none, or the citizen objected to it. */
export const recordRecording =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, recording }: RecordRecordingInput): Promise<TicketDone | Refusal> => {
    const { at } = context;
    const grade = gradeBy(context.actor);
    const on = (decide: (state: TicketState) => Decision<TicketFact>) =>
      decideOnTicket(ports, context, { ticketId, step: `recording ${recording.kind}`, decide });
    switch (recording.kind) {
      case 'attached': {
        const started = recording.startedAt === undefined ? undefined : instantOf('startedAt', recording.startedAt);
        if (isRefusal(started)) return started;
        const command = attached(recording, started?.instant);
        return on((state) => attachRecording({ ...command, grade, at }, state));
      }
      case 'missing':
        return on((state) => reportRecordingMissing({ reason: personal('contact', recording.reason), grade, at }, state));
      case 'waived': {
        const { offeredAlternative } = recording;
        return on((state) => waiveRecording({ reason: personal('contact', recording.reason), offeredAlternative, at }, state));
      }
    }
  };

export type DeleteRecordingInput = { readonly ticketId: string; readonly recordingId: string; readonly deletedAt?: string };

export class DeleteRecording extends Command<DeleteRecordingInput, TicketDone> {}

/** `deletedAt` left out: now. A13. A recording was deleted from Webex once the time was over for which it is kept. */
export const deleteRecording =
  (ports: Ports) =>
  async (context: CommandContext, { ticketId, recordingId, deletedAt }: DeleteRecordingInput): Promise<TicketDone | Refusal> => {
    const deleted = instantOf('at', deletedAt ?? context.at);
    if (isRefusal(deleted)) return deleted;
    return decideOnTicket(ports, context, {
      ticketId,
      step: `recording deleted ${recordingId}`,
      decide: (state) => deleteRecordingDecision({ recordingId, deletedAt: deleted.instant, at: context.at }, state),
    });
  };

const attached = (
  { recordingId, url, durationSeconds }: Extract<RecordRecordingInput['recording'], { kind: 'attached' }>,
  startedAt: Instant | undefined,
) => ({
  recordingId,
  ...(url === undefined ? {} : { url: personal('record', url) }),
  ...defined({ startedAt }),
  durationSeconds,
});

/** A meeting whose recording is awaited, from `dueAt` to `missingAt`. */
type AwaitedRecording = RecordingTodo & { readonly missingAt?: Instant };

/** The service needs some minutes before it shows what was recorded. */
const firstLookMinutes = 15;
/** A look costs the service little, and a hint of its own comes sooner. */
const betweenLooksMinutes = 15;

/** Whether this fact makes another meeting of it, by the way or the person; `undefined` of what changes nothing of that. */
export const meetingBecomes = (fact: TicketFact): 'online' | 'otherwise' | 'another' | undefined => {
  if (fact.type === 'Reassigned') return 'another';
  if (fact.type !== 'Rescheduled' && fact.type !== 'ModeChanged') return undefined;
  const { mode, formerMode, staffId } = fact.data;
  if (formerMode !== undefined) return needsOf(mode).recording ? 'online' : 'otherwise';
  return fact.type === 'Rescheduled' && fact.data.from.staffId !== staffId ? 'another' : undefined;
};

const evolve = (todo: AwaitedRecording | undefined, event: TicketEvent): AwaitedRecording | undefined => {
  const { fact } = event;
  const becomes = meetingBecomes(fact);
  if (becomes === 'otherwise') return undefined;
  if (becomes === 'online' || (becomes === 'another' && todo !== undefined)) return causedBy(event);
  switch (fact.type) {
    case 'Scheduled':
      return needsOf(fact.data.mode).recording ? causedBy(event) : undefined;
    case 'MeetingLinkAttached':
      return todo && fact.data.meetingId !== undefined ? { ...todo, meetingId: fact.data.meetingId } : todo;
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
    case 'ContinuedOtherwise':
      // what was never on Webex has no recording there
      return fact.data.wasOnline ? todo : undefined;
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
      if (settled) return noChange();
      return reportRecordingMissing({ reason: personal('record', reasons[found]), grade: 'observed', at: work.at }, state);
    });
  },
  giveUp: () => Promise.resolve(),
});
