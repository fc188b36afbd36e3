import type { NoticeOutcome, TaskKind, TicketFact } from '../ticket/facts';
import type { PlannedTask } from './planned-task';

/** A21: only these count as told. */
const told: readonly NoticeOutcome[] = ['accepted', 'reached', 'declined-new-slot'];

/** What an ending, or a meeting that took place, leaves nothing to do about. */
const beforeTheMeeting: readonly TaskKind[] = [
  'create-meeting',
  'must-be-rescheduled',
  'notify-citizen',
  'request-changed',
  'record-outcome',
  'send-letter',
  'follow-up-bounce',
  'assign-staff',
];

/** What needs the citizen's name or address. */
const towardsTheCitizen: readonly TaskKind[] = ['notify-citizen', 'send-letter', 'follow-up-bounce'];

/** Whether this fact fulfils the duty, so that nobody needs to do it any more. */
export const isFulfilledBy = ({ kind, subjectId }: PlannedTask, fact: TicketFact): boolean => {
  const isOneOf = (...kinds: readonly TaskKind[]): boolean => kinds.includes(kind);
  switch (fact.type) {
    case 'Rescheduled':
      return isOneOf('create-meeting', 'must-be-rescheduled', 'assign-staff', 'notify-citizen', 'record-outcome');
    case 'Reassigned':
      return isOneOf('create-meeting', 'must-be-rescheduled', 'assign-staff', 'record-outcome');
    case 'MeetingLinkAttached':
      return kind === 'create-meeting';
    case 'InvitationSent':
      return kind === 'send-letter' || (kind === 'follow-up-bounce' && subjectId !== fact.data.letterId);
    case 'CitizenNotified': {
      const { outcome, letterId } = fact.data;
      if (!told.includes(outcome)) return false;
      if (outcome === 'declined-new-slot' && kind === 'must-be-rescheduled') return true;
      return isOneOf('notify-citizen', 'send-letter') || (kind === 'follow-up-bounce' && subjectId !== letterId);
    }
    case 'MeetingRemoved':
      return kind === 'remove-meeting';
    case 'StaffAbsent':
      return isOneOf('create-meeting', 'record-outcome', 'must-be-rescheduled');
    case 'Held':
    case 'CitizenAbsent':
    case 'Cancelled':
    case 'Lapsed':
      return beforeTheMeeting.includes(kind);
    case 'RecordingAttached':
    case 'RecordingMissing':
    case 'RecordingWaived':
      return kind === 'attach-recording';
    case 'ResolutionIssued':
      return kind === 'write-resolution';
    case 'ResolutionFiled':
      return kind === 'file-resolution';
    case 'ResolutionSent':
      return isOneOf('send-letter', 'hand-over-resolution') || (kind === 'follow-up-bounce' && subjectId !== fact.data.letterId);
    case 'ResolutionHandedOver':
      return isOneOf('send-letter', 'hand-over-resolution', 'follow-up-bounce');
    case 'PersonalDataErased':
      return towardsTheCitizen.includes(kind);
    default:
      return false;
  }
};
