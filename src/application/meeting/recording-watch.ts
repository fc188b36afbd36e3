import type { Instant } from '../../domain/kernel/fact';
import type { Refusal } from '../../domain/kernel/refusal';
import { plusHours } from '../../domain/time/civil-time';
import type { Asker } from '../kernel/access';
import { forbiddenEffect } from '../kernel/permission';
import type { Ports } from '../kernel/ports/ports';
import { dueAfter, type Process, type Todo } from '../kernel/processes/process';
import { causedBy, type TicketEvent, ticketProcess } from '../kernel/processes/ticket-process';
import { lookForRecordings, lookForWithdrawn, meetingBecomes, recordingsProcess, type RecordingTodo } from './recordings';
import { needsOf } from '../../domain/ticket/facts';

/** A meeting whose recording is there, or was reported missing: what becomes of it until `until`. */
type WatchedRecording = RecordingTodo & {
  readonly endedAt?: Instant;
  readonly until?: Instant;
  /** ids of recordings that the machine itself found, and has not yet seen gone: what people typed is no id that it could ask for */
  readonly found: readonly string[];
};

/** As long as a recycle bin of Webex keeps what was deleted: until then it can be brought back. */
const watchedDays = 30;
/** A late part of the recording comes within hours; a person deletes a recording later, not in these hours. */
const busyHours = 48;
const hoursBetween = { busy: 1, quiet: 24 } as const;

const withFound = (todo: WatchedRecording, event: TicketEvent): readonly string[] => {
  const { fact, actor } = event;
  if (fact.type !== 'RecordingAttached' && fact.type !== 'RecordingWithdrawn' && fact.type !== 'RecordingDeleted') return todo.found;
  const { recordingId } = fact.data;
  const others = todo.found.filter((id) => id !== recordingId);
  return fact.type === 'RecordingAttached' && actor.kind === 'system' ? [...others, recordingId] : others;
};

const evolve = (todo: WatchedRecording | undefined, event: TicketEvent): WatchedRecording | undefined => {
  const { fact } = event;
  const becomes = meetingBecomes(fact);
  if (fact.type === 'Scheduled') return needsOf(fact.data.mode).recording ? { ...causedBy(event), found: [] } : undefined;
  if (becomes === 'otherwise') return undefined;
  if (becomes === 'online' || (becomes === 'another' && todo !== undefined)) return { ...causedBy(event), found: [] };
  if (todo === undefined) return undefined;
  switch (fact.type) {
    case 'MeetingLinkAttached':
      return fact.data.meetingId === undefined ? todo : { ...todo, meetingId: fact.data.meetingId };
    case 'Held': {
      const { endedAt } = fact.data;
      return { ...todo, endedAt, until: plusHours(endedAt, watchedDays * 24) };
    }
    case 'RecordingAttached':
    case 'RecordingWithdrawn':
    case 'RecordingDeleted':
    case 'RecordingMissing': {
      const found = withFound(todo, event);
      // A meeting about which the service cannot be asked is not watched.
      if (todo.meetingId === undefined) return { ...todo, found };
      return { ...todo, ...causedBy(event), found, ...dueAfter(event, hoursBetween.busy * 3600) };
    }
    case 'Cancelled':
    case 'CitizenAbsent':
    case 'RecordingWaived':
      return undefined;
    default:
      return todo;
  }
};

/** Before the meeting is said to be over there is no end to count from: it is looked at often. */
const nextLook = ({ endedAt, until }: WatchedRecording, at: Instant): Instant | undefined => {
  if (until !== undefined && at >= until) return undefined;
  const isQuiet = endedAt !== undefined && at >= plusHours(endedAt, busyHours);
  return plusHours(at, isQuiet ? hoursBetween.quiet : hoursBetween.busy);
};

/**
 * C13: for 30 days after a meeting looks whether a recording came after all, and whether those that were there still are. One that is
 * gone is a fact, and a task for the civil servant. Rows stay when their days are over, and are not looked at any more.
 */
export const recordingWatchProcess = ticketProcess<WatchedRecording>({
  name: 'process-recording-watch',
  version: 2,
  attempts: Number.POSITIVE_INFINITY,
  columns: { until: 'text', meetingId: 'text' },
  indexes: [['until'], ['meetingId']],
  evolve,
  again: nextLook,
  among: (at) => [{ column: 'until', from: at }],
  perform: async (ports, work) => {
    const there = await lookForRecordings(ports, work);
    if (there === undefined) return;
    await lookForWithdrawn(
      ports,
      work,
      work.todo.found.filter((id) => !there.includes(id)),
    );
  },
  giveUp: () => Promise.resolve(),
});

const processes: readonly Process[] = [recordingsProcess, recordingWatchProcess];

/**
 * A caller reports news of the recordings of this meeting: a process that waits for its next look looks at once. The report itself is not
 * believed, the service is asked. For a meeting that no process waits for, nothing happens.
 */
export const wakeRecordings = async (ports: Ports, asker: Asker, meetingId: string): Promise<Refusal | undefined> => {
  const forbidden = forbiddenEffect(asker, 'recordings.looked-for');
  if (forbidden) return forbidden;
  const at = ports.clock.now();
  for (const process of processes) {
    const { rows } = await ports.readModels.select<Todo>(process.name, { where: [{ column: 'meetingId', is: meetingId }] });
    for (const row of rows.filter(({ dueAt }) => dueAt !== undefined && dueAt <= at)) {
      const effectId = process.effectId(row);
      const attempt = await ports.operations.attempts.get(effectId);
      if (attempt?.done === false) await ports.operations.attempts.reset(effectId);
    }
  }
  return undefined;
};
