import type { TicketFact } from '../../domain/ticket/facts';

/** The article of the Annex that each fact of a ticket answers to. */
const articles: Readonly<Record<TicketFact['type'], string>> = {
  Requested: '3',
  VerificationCodeIssued: '3 e',
  VerificationFailed: '3 e',
  EmailVerified: '3 e',
  Scheduled: '4',
  Lapsed: '3 e',
  Rescheduled: '8',
  Reassigned: '1',
  MeetingLinkAttached: '5',
  InvitationSent: '3 e',
  InvitationBounced: '3 e',
  MeetingStarted: '6',
  Held: '6',
  RecordingAttached: '5',
  RecordingMissing: '5',
  RecordingWaived: '5',
  CitizenAbsent: '6',
  StaffAbsent: '8',
  Cancelled: '8',
  CitizenNotified: '8',
  ResolutionIssued: '7',
  ResolutionFiled: '7',
  ResolutionSent: '7',
  ResolutionHandedOver: '7',
  ResolutionBounced: '7',
  TaskRaised: '8',
  TaskDone: '8',
  PersonalDataErased: '7',
};

export const articleOf = (type: TicketFact['type']): string => articles[type];
