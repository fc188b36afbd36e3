import { nothing } from '../../domain/kernel/decider';
import { personal } from '../../domain/kernel/personal-text';
import { reportRecordingMissing } from '../../domain/ticket/record-recording';
import { isRequested } from '../../domain/ticket/state';
import { causedBy, noteOutcome, ticketProcess, type TicketEvent, type TicketTodo } from './ticket-process';

const evolve = (todo: TicketTodo | undefined, event: TicketEvent): TicketTodo | undefined => {
  const { fact } = event;
  switch (fact.type) {
    case 'Scheduled':
      return fact.data.mode === 'online' ? causedBy(event) : undefined;
    case 'RecordingAttached':
    case 'RecordingMissing':
    case 'RecordingWaived':
      return undefined;
    case 'Held': {
      const { recordingDueAt } = fact.data;
      return todo && recordingDueAt !== undefined ? { ...causedBy(event), dueAt: recordingDueAt } : undefined;
    }
    case 'Cancelled':
    case 'CitizenAbsent':
      return undefined;
    default:
      return todo;
  }
};

const reason = 'Înregistrarea nu a fost atașată în termen. / No recording was attached in time.';

/** A13: an online meeting whose recording nobody attached within 48 hours is held all the same, and its recording is missing. */
export const recordingsProcess = ticketProcess({
  name: 'process-recordings',
  version: 1,
  attempts: Number.POSITIVE_INFINITY,
  evolve,
  perform: async (ports, work) => {
    await noteOutcome(ports, work, 'missing', (state) => {
      const settled = isRequested(state) && (state.recording.attached.length > 0 || state.recording.waivedAt !== undefined);
      return settled ? nothing() : reportRecordingMissing({ reason: personal('record', reason), at: work.at }, state);
    });
  },
  giveUp: () => Promise.resolve(),
});
