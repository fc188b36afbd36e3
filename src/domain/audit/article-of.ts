import type { TaskKind, TicketFact } from '../ticket/facts';
import type { TicketState } from '../ticket/state';

const ofTask: Readonly<Record<TaskKind, string>> = {
  'create-meeting': '5',
  'remove-meeting': '5',
  'must-be-rescheduled': '8',
  'notify-citizen': '8',
  'request-changed': '2',
  'write-resolution': '7',
  'record-outcome': '6',
  'attach-recording': '5',
  'hand-over-resolution': '7',
  'file-resolution': '7',
  'send-letter': '3 e',
  'follow-up-bounce': '7',
  'assign-staff': '1',
};

const ofType: Readonly<Record<Exclude<TicketFact['type'], 'Rescheduled' | 'Cancelled' | 'TaskRaised' | 'TaskDone'>, string>> = {
  Requested: '3',
  VerificationCodeIssued: '3 e',
  VerificationFailed: '3 e',
  EmailVerified: '3 e',
  Scheduled: '4',
  Lapsed: '3 e',
  Reassigned: '1',
  MeetingLinkAttached: '5',
  MeetingRemoved: '5',
  InvitationSent: '5',
  InvitationBounced: '5',
  MeetingStarted: '6',
  Held: '6',
  RecordingAttached: '5',
  RecordingWithdrawn: '5',
  RecordingMissing: '5',
  RecordingWaived: '5',
  CitizenAbsent: '6',
  StaffAbsent: '8',
  CitizenNotified: '8',
  ResolutionIssued: '7',
  ResolutionFiled: '7',
  ResolutionSent: '7',
  ResolutionHandedOver: '7',
  ResolutionBounced: '7',
  PersonalDataErased: 'GDPR 17',
  ConclusionsErased: 'GDPR 5',
};

/** The article that asks for a task of this kind. */
export const articleOfTask = (kind: TaskKind): string => ofTask[kind];

/** The article that allowed this fact. `before` tells which task a done one was. */
export const articleOf = (fact: TicketFact, before: TicketState): string => {
  if (fact.type === 'Rescheduled') return fact.data.by === 'staff' ? '8' : '4';
  if (fact.type === 'Cancelled') return fact.data.by === 'staff' ? '8' : '3 c';
  if (fact.type === 'TaskRaised') return articleOfTask(fact.data.kind);
  if (fact.type !== 'TaskDone') return ofType[fact.type];
  const task = 'tasks' in before ? before.tasks[fact.data.taskId] : undefined;
  return task === undefined ? 'D4' : articleOfTask(task.kind);
};
