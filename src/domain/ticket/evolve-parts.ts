import { unreachable } from '../kernel/decider';
import type { TicketFact } from './facts';
import type { CodeState, RecordingState, ResolutionState, TaskState, TicketParts } from './state';

type CodeFact = Extract<TicketFact, { type: 'VerificationCodeIssued' | 'VerificationFailed' | 'EmailVerified' }>;
type RecordingFact = Extract<TicketFact, { type: 'RecordingAttached' | 'RecordingMissing' | 'RecordingWaived' }>;
type ResolutionFact = Extract<
  TicketFact,
  { type: 'ResolutionIssued' | 'ResolutionFiled' | 'ResolutionSent' | 'ResolutionBounced' | 'ResolutionHandedOver' }
>;
type TaskFact = Extract<TicketFact, { type: 'TaskRaised' | 'TaskDone' }>;

export const evolveCode = (code: CodeState, fact: CodeFact): CodeState => {
  switch (fact.type) {
    case 'VerificationCodeIssued': {
      const { triesLeft: _, ...rest } = code;
      const { n, issuedAt, expiresAt } = fact.data;
      return { ...rest, n, issuedAt: [...code.issuedAt, issuedAt], expiresAt };
    }
    case 'VerificationFailed':
      return fact.data.n === code.n ? { ...code, triesLeft: Math.min(fact.data.triesLeft, code.triesLeft ?? fact.data.triesLeft) } : code;
    case 'EmailVerified':
      return { ...code, spent: { n: fact.data.n, verifiedAt: fact.data.verifiedAt } };
    default:
      return unreachable(code, fact);
  }
};

export const evolveRecording = (recording: RecordingState, fact: RecordingFact): RecordingState => {
  switch (fact.type) {
    case 'RecordingAttached':
      return { ...recording, attached: [...recording.attached, fact.data] };
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
    ...(dueAt === undefined ? {} : { dueAt }),
    ...(subjectId === undefined ? {} : { subjectId }),
  };
  return { ...tasks, [taskId]: raised };
};
