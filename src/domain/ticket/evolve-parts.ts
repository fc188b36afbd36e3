import { unreachable } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { TicketFact } from './facts';
import type { RecordingState, ResolutionState, TaskState, TicketParts } from './state';

type CodeFact = Extract<TicketFact, { type: 'VerificationCodeIssued' | 'VerificationFailed' }>;
type RecordingFact = Extract<TicketFact, { type: 'RecordingAttached' | 'RecordingWithdrawn' | 'RecordingMissing' | 'RecordingWaived' }>;
type ResolutionFact = Extract<
  TicketFact,
  { type: 'ResolutionIssued' | 'ResolutionFiled' | 'ResolutionSent' | 'ResolutionBounced' | 'ResolutionHandedOver' }
>;
type TaskFact = Extract<TicketFact, { type: 'TaskRaised' | 'TaskDone' }>;

export const evolveCodes = (codes: TicketParts['codes'], fact: CodeFact): TicketParts['codes'] => {
  const { n } = fact.data;
  if (fact.type === 'VerificationCodeIssued') {
    const { issuedAt, expiresAt } = fact.data;
    return [...codes, { n, issuedAt, expiresAt }];
  }
  const { triesLeft } = fact.data;
  return codes.map((code) => (code.n === n ? { ...code, triesLeft: Math.min(triesLeft, code.triesLeft ?? triesLeft) } : code));
};

export const evolveRecording = (recording: RecordingState, fact: RecordingFact): RecordingState => {
  switch (fact.type) {
    case 'RecordingAttached': {
      const { recordingId } = fact.data;
      const withdrawn = recording.withdrawn.filter((gone) => gone !== recordingId);
      return { ...recording, attached: [...recording.attached, fact.data], withdrawn };
    }
    case 'RecordingWithdrawn': {
      const { recordingId } = fact.data;
      const attached = recording.attached.filter((known) => known.recordingId !== recordingId);
      return { ...recording, attached, withdrawn: [...recording.withdrawn, recordingId] };
    }
    case 'RecordingMissing':
      return { ...recording, missingSince: fact.data.reportedAt };
    case 'RecordingWaived':
      return { ...recording, waivedAt: fact.data.waivedAt };
    default:
      return unreachable(recording, fact);
  }
};

export const evolveResolution = (resolution: ResolutionState, fact: ResolutionFact): ResolutionState => {
  switch (fact.type) {
    case 'ResolutionIssued':
      return { ...resolution, issued: fact.data };
    case 'ResolutionFiled':
      return { ...resolution, filed: { documentNumber: fact.data.documentNumber, filedAt: fact.data.filedAt } };
    case 'ResolutionSent':
      return { ...resolution, sent: [...resolution.sent, fact.data] };
    case 'ResolutionBounced':
      return { ...resolution, bounced: [...resolution.bounced, fact.data.letterId] };
    case 'ResolutionHandedOver':
      return { ...resolution, handedOver: [...resolution.handedOver, fact.data] };
    default:
      return unreachable(resolution, fact);
  }
};

export const evolveTasks = (tasks: TicketParts['tasks'], fact: TaskFact): TicketParts['tasks'] => {
  const { taskId } = fact.data;
  const known = tasks[taskId];
  if (fact.type === 'TaskDone') return known ? { ...tasks, [taskId]: { ...known, done: true } } : tasks;
  const { kind, staffId, dueAt, subjectId } = fact.data;
  const raised: TaskState = {
    taskId,
    kind,
    staffId,
    done: known?.done ?? false,
    ...defined({ dueAt, subjectId }),
  };
  return { ...tasks, [taskId]: raised };
};
