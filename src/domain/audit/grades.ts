import type { CalendarFact } from '../calendar/calendar';
import type { Grade } from '../kernel/grade';
import type { RequestFact } from '../request/facts';
import type { StaffFact } from '../staff/facts';
import type { StoredFact } from './case-file';

/** A fact that a verdict may rest on. */
type ProvingFact = StoredFact | RequestFact | StaffFact | CalendarFact;

/**
 * How each fact is known. `told`: an outside system may have seen it, or a person said so, and the fact itself tells which. The others can
 * only be one way: seen by our own form or clock or by the mail server, or said by a person about what happened elsewhere.
 */
export const grades: Readonly<Record<ProvingFact['type'], Grade | 'told'>> = {
  Requested: 'observed',
  VerificationCodeIssued: 'observed',
  VerificationFailed: 'observed',
  EmailVerified: 'observed',
  ContactCorrectionRequested: 'observed',
  ContactCorrected: 'observed',
  Scheduled: 'observed',
  Lapsed: 'observed',
  Rescheduled: 'observed',
  Reassigned: 'observed',
  ModeChanged: 'observed',
  MoveOffered: 'observed',
  MoveOfferDeclined: 'observed',
  MoveOfferWithdrawn: 'observed',
  MeetingLinkAttached: 'told',
  MeetingRemoved: 'observed',
  InvitationSent: 'observed',
  InvitationBounced: 'told',
  ReminderSent: 'observed',
  ReminderLeftOut: 'observed',
  EarlierHourWanted: 'observed',
  EarlierHourNoLongerWanted: 'observed',
  EarlierHourOffered: 'observed',
  MeetingStarted: 'told',
  ContinuedOtherwise: 'declared',
  Held: 'told',
  RecordingAttached: 'told',
  RecordingWithdrawn: 'observed',
  RecordingDeleted: 'declared',
  RecordingMissing: 'told',
  RecordingWaived: 'declared',
  RecordingTakenBack: 'declared',
  CitizenAbsent: 'declared',
  StaffAbsent: 'declared',
  Cancelled: 'observed',
  NewHourGiven: 'observed',
  CitizenNotified: 'told',
  ResolutionIssued: 'observed',
  ResolutionAmended: 'observed',
  ResolutionFiled: 'told',
  FilingDisproved: 'observed',
  ResolutionSent: 'observed',
  ResolutionHandedOver: 'declared',
  HandOverTakenBack: 'declared',
  ResolutionBounced: 'told',
  ResolutionToBeSentAgain: 'observed',
  CorrectionDisputed: 'observed',
  ObjectionAnswered: 'observed',
  TaskRaised: 'observed',
  TaskDone: 'observed',
  PersonalDataErased: 'observed',
  ConclusionsErased: 'observed',
  ProcessingRestricted: 'observed',
  RestrictionLifted: 'declared',
  RequestRegistered: 'told',
  HandlerAssigned: 'told',
  AnswerCommunicated: 'told',
  AnswerCorrected: 'told',
  AnswerWithdrawn: 'told',
  StatusChanged: 'told',
  ApplicantCorrected: 'told',
  ApplicantDisputed: 'told',
  ApplicantDisputeSettled: 'declared',
  TicketAdmitted: 'observed',
  AdmissionEnded: 'observed',
  NewHourDeclined: 'observed',
  LateAdmissionGranted: 'observed',
  SharedHourAllowed: 'observed',
  StaffRegistered: 'observed',
  WorkingHoursSet: 'observed',
  AbsenceRecorded: 'observed',
  AbsenceWithdrawn: 'observed',
  DeputyNamed: 'observed',
  DeputyWithdrawn: 'observed',
  DepartmentDeputyNamed: 'observed',
  DepartmentDeputyWithdrawn: 'observed',
  LettersChosen: 'observed',
  StaffLeft: 'observed',
  BridgeDayDeclared: 'observed',
  WorkingDayDeclared: 'observed',
  DayRestored: 'observed',
  ServicePaused: 'observed',
  ServiceResumed: 'observed',
};

/** How this fact is known. What does not say that it was observed was declared. */
export const gradeOf = (fact: ProvingFact): Grade => {
  // Our form saw what was written in it, and not what it says of elsewhere: that the citizen agreed, under which number a document stands.
  if ((fact.type === 'Rescheduled' || fact.type === 'ModeChanged') && fact.data.by === 'staff' && fact.data.citizenAgreed)
    return 'declared';
  if ((fact.type === 'ResolutionIssued' || fact.type === 'ResolutionAmended') && fact.data.documentNumber !== undefined) return 'declared';
  const grade = grades[fact.type];
  if (grade !== 'told') return grade;
  return 'grade' in fact.data && fact.data.grade === 'observed' ? 'observed' : 'declared';
};
