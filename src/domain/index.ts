/**
 * The blue ticket's domain, for embedding teams: pure functions of facts, no framework, no clock, no I/O.
 * An aggregate folds facts into a state; a decision takes a command and a state, and answers with facts or a refusal.
 */
// Kernel: facts, decisions and refusals as values
export { type Decision, type Accepted, accept, nothing, type Aggregate, fold, unreachable } from './kernel/decider';
export type { Fact, ActorKind, Actor, RecordedFact } from './kernel/fact';
export type { Instant, CivilDate } from './kernel/instant';
export { type PersonalKeyKind, type ClearText, type SealedText, type PersonalText, personal, isClear } from './kernel/personal-text';
export { type RefusalCode, type RefusalDetails, type Refusal, refuse, isRefusal } from './kernel/refusal';
export type { FactsByCategory, Category, DomainFact, DomainEvent } from './facts';
export { type PolicyValues, type PolicyName, type Policy, type Policies, type PolicyStamp, policiesWith } from './policies';

// Time and the working calendar
export {
  zone,
  parseInstant,
  isInstant,
  isCivilDate,
  civilDateOf,
  localTimeOf,
  addDays,
  daysBetween,
  weekdayNumber,
  yearOf,
  atLocal,
  startOfDay,
  startOfNextDay,
  plusSeconds,
  plusMinutes,
  plusHours,
  secondsBetween,
  minutesBetween,
} from './time/civil-time';
export { type ClarificationWindow, clarificationWindow } from './calendar/clarification-window';
export { earliestStart, keepsLeadTime, checkLeadTime, latestStart, checkHorizon } from './time/lead-time';
export { type Slot, slotMinutes, isOnGrid, endOfSlot, nextGridPoint, slotStarting, isSlot, overlaps } from './time/slot';
export { type BridgeDayDeclared, type WorkingDayDeclared, type DayRestored, type CalendarFact, calendarStream } from './calendar/facts';
export { orthodoxEaster } from './calendar/orthodox-easter';
export { type PublicHoliday, holidayRulesVersion, publicHolidaysOf, publicHolidayOn } from './calendar/public-holidays';
export { type CalendarDecision, type CalendarState, workingCalendar, calendarAt, calendarVersion } from './calendar/working-calendar';
export {
  type DayKind,
  dayKindByLaw,
  dayKind,
  isWorkingDay,
  workingDayFrom,
  nextWorkingDay,
  endOfWorkingDayAfter,
} from './calendar/working-days';
export { type DeclareDay, declareBridgeDay, declareWorkingDay, restoreDay } from './calendar/declare-day';

// Staff members
export {
  type StaffRole,
  type Weekday,
  type WeeklyHours,
  type StaffRegistered,
  type WorkingHoursSet,
  type AbsenceRecorded,
  type AbsenceWithdrawn,
  type StaffLeft,
  type StaffFact,
  staffStream,
} from './staff/facts';
export { type Absence, type HoursFrom, type KnownStaff, type StaffState, defaultWeek, staffMember } from './staff/staff-member';
export { weekdays, weekOn, hoursOn, hasLeft, isAbsent } from './staff/hours';
export { type RegisterStaff, registerStaff, leave } from './staff/register-staff';
export { type RecordAbsence, recordAbsence, withdrawAbsence } from './staff/record-absence';
export { type SetWorkingHours, type HoursFault, setWorkingHours } from './staff/set-working-hours';

// Requests: who may ask (Art. 1 and 2)
export {
  type RequestIdentity,
  type RequestStatus,
  type AnswerChannel,
  type Ground,
  type RequestRegistered,
  type HandlerAssigned,
  type AnswerCommunicated,
  type StatusChanged,
  type ApplicantCorrected,
  type TicketAdmitted,
  type AdmissionEnded,
  type LateAdmissionGranted,
  type RequestPersonalDataErased,
  type RequestFact,
  requestStream,
} from './request/facts';
export {
  type Answer,
  type Admission,
  type LateAdmission,
  type RegisteredRequest,
  type RequestState,
  registeredRequest,
  countingAnswer,
} from './request/state';
export { type IneligibleReason, groundAt, responsibleFor } from './request/eligibility';
export { foldName, nameMatches } from './request/name-matching';
export { type RegistrationNumber, parseRegistrationNumber } from './request/registration-number';
export { type RegisterRequest, registerRequest } from './request/register-request';
export { registerWithAnswer } from './request/register-with-answer';
export { type CommunicateAnswer, communicateAnswer } from './request/communicate-answer';
export { type GrantLateAdmission, grantLateAdmission } from './request/grant-late-admission';
export { type AdmitTicket, admitTicket } from './request/admit-ticket';
export { endAdmission } from './request/end-admission';
export { eraseRequest } from './request/erase-request';

// Agendas: the only authority on slots
export {
  type Move,
  type SlotHeld,
  type SlotConfirmed,
  type SlotReleased,
  type BlockCause,
  type TimeBlocked,
  type TimeUnblocked,
  type AgendaFact,
  agendaStream,
} from './agenda/facts';
export {
  type HoldStanding,
  type Hold,
  type Block,
  type AgendaState,
  agenda,
  keepsOthersOut,
  takenTimes,
  liveBlocks,
  isBlocked,
} from './agenda/state';
export { type TimeWindow, type DayPlan, without, dayPlan, planAllows } from './agenda/day-plan';
export { type StartBounds, type DayAvailability, freeSlots, dayAvailability } from './agenda/free-slots';
export { type HoldSlot, holdSlot } from './agenda/hold-slot';
export { confirmSlot } from './agenda/confirm-slot';
export { releaseSlot } from './agenda/release-slot';
export { blockTime, unblockTime } from './agenda/block-time';
export { type WantedBlock, wantedBlocks, settleBlocks, type MeetingInTheWay, meetingsInTheWay } from './agenda/wanted-blocks';
export { type Place, type BookingKnowledge, type BookingStep, nextStep } from './booking/next-step';

// Tickets: from the request to the resolution (Art. 3 to 8)
export {
  type Mode,
  type Locale,
  type ChangeReason,
  type RecordKind,
  type Booking,
  type FormerPlace,
  type Contact,
  type Requested,
  type VerificationCodeIssued,
  type VerificationFailed,
  type EmailVerified,
  type Scheduled,
  type LapseCause,
  type Lapsed,
  type Rescheduled,
  type Reassigned,
  type MeetingLinkAttached,
  type MeetingRemoved,
  type InvitationSent,
  type InvitationBounced,
  type MeetingStarted,
  type Held,
  type RecordingAttached,
  type RecordingWithdrawn,
  type RecordingMissing,
  type RecordingWaived,
  type CitizenAbsent,
  type StaffAbsent,
  type Cancelled,
  type NoticeSubject,
  type NoticeOutcome,
  type CitizenNotified,
  type ResolutionIssued,
  type ResolutionFiled,
  type ResolutionSent,
  type ResolutionHandedOver,
  type ResolutionBounced,
  type TaskKind,
  type TaskRaised,
  type TaskDone,
  type TicketPersonalDataErased,
  type ConclusionsErased,
  type TicketFact,
  ticketStream,
} from './ticket/facts';
export {
  type CodeState,
  type InvitationState,
  type RecordingState,
  type ResolutionState,
  type NoticeDuty,
  type Notice,
  type TaskState,
  type HeldMeeting,
  type TicketParts,
  type PendingTicket,
  type StandingTicket,
  type MeetingTicket,
  type HeldTicket,
  type CancelledTicket,
  type MissedTicket,
  type LapsedTicket,
  type FencedTicket,
  type RequestedTicket,
  type TicketState,
  type TicketStatus,
  publicStatus,
  isRequested,
  isPending,
  isStanding,
  newestCode,
  isHeld,
  isActive,
  hasEnded,
  gaveSlotBack,
} from './ticket/state';
export { ticket } from './ticket/ticket';
export { type RulesInForce, meetingDeadlines, noticeDueAt, newSlotDueAt, followUpDueAt } from './ticket/deadlines';
export { type RecordingNotice, recordingNotice } from './ticket/recording-notice';
export { referenceOf } from './ticket/reference';
export { type Viewer, type TicketAction, allowedActions } from './ticket/allowed-actions';
export { type TicketRequest, type TicketRequestRules, checkTicketRequest } from './ticket/check-ticket-request';
export { type RequestTicket, requestTicket } from './ticket/request-ticket';
export { type IssueCode, issueCode } from './ticket/issue-code';
export { verifyEmail, failVerification } from './ticket/verify-email';
export { schedule } from './ticket/schedule';
export { type Lapse, lapse } from './ticket/lapse';
export { type RescheduleRequest, type Reschedule, checkReschedule, reschedule, wasMovedTo } from './ticket/reschedule';
export { type Reassign, checkReassign, reassign } from './ticket/reassign';
export { type Cancel, checkCancel, cancel } from './ticket/cancel';
export { type AttachMeetingLink, attachMeetingLink } from './ticket/attach-meeting-link';
export { noteInvitationSent, noteInvitationBounced } from './ticket/note-invitation';
export { checkStart, startMeeting } from './ticket/start-meeting';
export { type RecordHeld, recordHeld } from './ticket/record-held';
export { type RecordCitizenAbsent, recordCitizenAbsent, recordStaffAbsent } from './ticket/record-absence';
export { noteMeetingRemoved } from './ticket/note-meeting-removed';
export {
  type AttachRecording,
  attachRecording,
  noteRecordingWithdrawn,
  reportRecordingMissing,
  waiveRecording,
} from './ticket/record-recording';
export { type IssueResolution, issueResolution } from './ticket/issue-resolution';
export { maySendResolution, noteResolutionFiled, noteResolutionSent, noteResolutionBounced } from './ticket/note-resolution';
export { type HandOverResolution, handOverResolution } from './ticket/hand-over-resolution';
export { type NotifyCitizen, countsAsTold, isTold, notifyCitizen } from './ticket/notify-citizen';
export { raiseTask, finishTask } from './ticket/tasks';
export { eraseTicket } from './ticket/erase-ticket';
export { eraseConclusions } from './ticket/erase-conclusions';

// How long something is kept (GDPR 5 (1) e)
export { type Period, periodOf, endOfPeriod } from './retention/period';
export { type RetentionClass, type RetentionPeriods, retentionClasses, defaultRetention } from './retention/classes';
export { type Standing, type TicketThen, ticketDue, requestDue } from './retention/due';

// The log of operations
export { type EventSkipped, type OpsFact, opsStream } from './ops/facts';
export { type OpsState, ops, skipName, skipEvent } from './ops/skip-event';

// What an auditor asks (C01 to C21)
export { type Evidence, type LiveMeeting, type ChainState, type CaseFile, personsConcerned } from './audit/case-file';
export { checkIds, type CheckId, type Verdict, type Sentence, type CheckResult } from './audit/check';
export { type Overall, type Judgement, judge } from './audit/judge';
export { meetingsAfter, liveMeetings } from './audit/live-meetings';
export { type HistoryStep, historySteps } from './audit/history-steps';
