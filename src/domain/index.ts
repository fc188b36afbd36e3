/**
 * The blue ticket's domain, for embedding teams: pure functions of facts, no framework, no clock, no I/O.
 * An aggregate folds facts into a state; a decision takes a command and a state, and answers with facts or a refusal.
 */
// Kernel: facts, decisions and refusals as values
export { type Decision, type Accepted, accept, noChange, type Aggregate, fold, unreachable } from './kernel/decider';
export type { Fact, ActorKind, Actor, RecordedFact } from './kernel/fact';
export type { Instant, CivilDate } from './kernel/fact';
export { type Grade, gradeShape, gradeBy, weakest } from './kernel/grade';
export { type PersonalKeyKind, type ClearText, type EncryptedText, type PersonalText, personal, isClear } from './kernel/personal-text';
export { type RefusalCode, type RefusalDetails, type Refusal, refuse, isRefusal } from './kernel/refusal';
export { factShapes, type FactsByCategory, type Category, type DomainFact, type DomainEvent } from './facts';
export type { Shape, Fields, FactShape, ValueOf, DataOf, FactOf, FactsOf } from './kernel/shape';
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
export { type ClarificationWindow, clarificationWindow } from './calendar/working-days';
export { latestStart, checkHorizon } from './time/slot';
export { earliestStart, keepsLeadTime, checkLeadTime } from './agenda/lead-time';
export { type Slot, slotMinutes, isOnGrid, endOfSlot, nextGridPoint, slotStarting, isSlot, overlaps } from './time/slot';
export { type BridgeDayDeclared, type WorkingDayDeclared, type DayRestored, type CalendarFact, calendarStream } from './calendar/calendar';
export { orthodoxEaster } from './calendar/public-holidays';
export { type PublicHoliday, holidayRulesVersion, publicHolidaysOf, publicHolidayOn } from './calendar/public-holidays';
export { type CalendarDecision, type CalendarState, workingCalendar, calendarAt, calendarVersion } from './calendar/calendar';
export {
  type DayKind,
  dayKindByLaw,
  dayKind,
  isWorkingDay,
  workingDayFrom,
  nextWorkingDay,
  endOfWorkingDayAfter,
} from './calendar/working-days';
export { type ServicePaused, type ServiceResumed, type Pause } from './calendar/calendar';
export { type PauseService, pauseService, resumeService, pauseOn, textsOf } from './agenda/pauses';
export { type DeclareDay, declareBridgeDay, declareWorkingDay, restoreDay } from './calendar/working-days';

// Staff members
export * from './staff/facts';
export { type Absence, type HoursFrom, type KnownStaff, type StaffState, defaultWeek, staffMember } from './staff/staff-member';
export { weekdays, weekOn, hoursOn, hasLeft, isAbsent } from './staff/staff-member';
export { type RegisterStaff, registerStaff, leave } from './staff/staff-member';
export { type Deputyship, type DepartmentDeputyship } from './staff/staff-member';
export {
  type NameDeputy,
  type DeputyFor,
  nameDeputy,
  withdrawDeputy,
  nameForDepartment,
  withdrawFromDepartment,
  deputyFor,
} from './staff/deputies';
export { type RecordAbsence, recordAbsence, withdrawAbsence } from './staff/staff-member';
export { type ChosenLetters, chooseLetters } from './staff/staff-member';
export { type SetWorkingHours, type HoursFault, setWorkingHours } from './staff/staff-member';

// Requests: who may ask (Art. 1 and 2)
export * from './request/facts';
export {
  type Answer,
  type Admission,
  type LateAdmission,
  type RegisteredRequest,
  type RequestState,
  registeredRequest,
  countingAnswer,
} from './request/request';
export { type IneligibleReason, groundAt, responsibleFor } from './request/admission';
export { foldName, nameMatches } from './request/name-matching';
export { type RegistrationNumber, parseRegistrationNumber } from './request/registering';
export { type RegisterRequest, registerRequest } from './request/registering';
export { registerWithAnswer } from './request/registering';
export { type CommunicateAnswer, communicateAnswer } from './request/registering';
export { type GrantLateAdmission, grantLateAdmission } from './request/admission';
export { type AdmitTicket, admitTicket } from './request/admission';
export { endAdmission } from './request/admission';
export { eraseRequest } from './request/registering';

// Why a meeting is cancelled or moved, and on whose wish
export { changeReason, type ChangeReason, party } from './kernel/change-reason';

// Agendas: the only authority on slots
export * from './agenda/facts';
export {
  type HoldStatus,
  type Hold,
  type Block,
  type AgendaState,
  agenda,
  keepsOthersOut,
  takenTimes,
  liveBlocks,
  isBlocked,
} from './agenda/agenda';
export { type TimeWindow, type DayPlan, without, dayPlan, planAllows } from './agenda/day-plan';
export { type StartBounds, type DayAvailability, freeSlots, dayAvailability } from './agenda/day-plan';
export { type HoldSlot, holdSlot } from './agenda/agenda';
export { confirmSlot } from './agenda/agenda';
export { releaseSlot } from './agenda/agenda';
export { blockTime, unblockTime } from './agenda/agenda';
export { type WantedBlock, wantedBlocks, settleBlocks, type MeetingInTheWay, meetingsInTheWay } from './agenda/wanted-blocks';
export { type Place, type BookingKnowledge, type BookingStep, nextStep } from './booking/next-step';

// Tickets: from the request to the resolution (Art. 3 to 8)
export * from './ticket/facts';
export {
  type CodeState,
  type InvitationState,
  type EarlierHourState,
  type RecordingState,
  type ResolutionState,
  type NoticeDuty,
  type Notice,
  type TaskState,
  type HeldMeeting,
  type TicketParts,
  type PendingTicket,
  type CurrentTicket,
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
  stillStands,
  newestCode,
  isHeld,
  isActive,
  hasEnded,
  gaveSlotBack,
} from './ticket/ticket';
export { ticket } from './ticket/ticket';
export { type RulesInForce, meetingDeadlines, noticeDueAt, newSlotDueAt, followUpDueAt } from './ticket/meeting';
export {
  type OwnRecordingNotice,
  type RecordingNotice,
  recordingNotice,
  recordingNoticeFor,
  recordingNoticeOf,
} from './ticket/request-ticket';
export { referenceOf } from './ticket/ticket';
export { type Viewer, type TicketAction, allowedActions } from './ticket/allowed';
export { type TicketRequest, type TicketRequestRules, checkTicketRequest } from './ticket/request-ticket';
export { type RequestTicket, requestTicket } from './ticket/request-ticket';
export { type IssueCode, issueCode } from './ticket/verification';
export { verifyEmail, failVerification } from './ticket/verification';
export { schedule } from './ticket/request-ticket';
export { type Lapse, lapse } from './ticket/request-ticket';
export { type RescheduleRequest, type Reschedule, changeMode, checkReschedule, reschedule, wasMovedTo } from './ticket/changes';
export { type Reassign, checkReassign, reassign } from './ticket/changes';
export { type Cancel, checkCancel, cancel } from './ticket/changes';
export { type AttachMeetingLink, attachMeetingLink } from './ticket/meeting';
export { meetingLinkFault, type MeetingLinkFault, usualMeetingHosts } from './ticket/meeting-link';
export { noteInvitationSent, noteInvitationBounced } from './ticket/meeting';
export { checkStart, startMeeting } from './ticket/meeting';
export { type RecordHeld, recordHeld } from './ticket/meeting';
export { type RecordCitizenAbsent, recordCitizenAbsent, recordStaffAbsent } from './ticket/meeting';
export { noteMeetingRemoved } from './ticket/meeting';
export { addressAwaited, correctContact, failContactCode, mayCorrectContact, mayVerifyContact, verifyContact } from './ticket/contact';
export { mayWantEarlierHour, wantEarlierHour, wantNoEarlierHour } from './ticket/earlier-hour';
export { earlierHourWantedSince, hourToOffer, noteEarlierHourOffered } from './ticket/earlier-hour';
export { type Reminder, type ReminderPlan, remindersOf, remindersAfter, reminderDue } from './ticket/reminders';
export { noteReminderSent, noteReminderLeftOut } from './ticket/reminders';
export { type ContinueOtherwise, continueOtherwise } from './ticket/continued';
export { type AttachRecording, attachRecording, noteRecordingWithdrawn, reportRecordingMissing, waiveRecording } from './ticket/recording';
export { type DeleteRecording, deleteRecording, recordingKeptUntil } from './ticket/recording';
export { askToSendAgain } from './ticket/resolution';
export { type IssueResolution, issueResolution } from './ticket/resolution';
export { maySendResolution, noteResolutionFiled, noteResolutionSent, noteResolutionBounced } from './ticket/resolution';
export { type ConfirmFiling, type ConnectedDocument, confirmFiling } from './ticket/filing-confirmation';
export { type HandOverResolution, handOverResolution } from './ticket/resolution';
export { type NotifyCitizen, countsAsTold, isTold, notifyCitizen } from './ticket/changes';
export { raiseTask, finishTask } from './ticket/tasks';
export { eraseTicket } from './ticket/erasure';
export { eraseConclusions } from './ticket/erasure';

// How long something is kept (GDPR 5 (1) e)
export { type Period, periodOf, endOfPeriod } from './retention/retention';
export { type RetentionClass, type RetentionPeriods, retentionClasses, defaultRetention } from './retention/retention';
export { type DueStatus, type TicketThen, ticketDue, requestDue } from './retention/retention';

// The log of operations
export { opsStream, skipName } from '@tichet-albastru/kernel/skip';
export type { EventSkipped, OpsFact, PersonForgotten } from './ops/ops';
export { type OpsState, ops, skipEvent, skipEvents, forgetPerson } from './ops/ops';

// Who was shown what
export { type PersonalDataRead, type ReadingFact, type ReadingPurpose, type ReadingState, reading, readingStream } from './reading/reading';

// What an auditor asks
export { type Evidence, type LiveMeeting, type ChainState, type CaseFile, personsConcerned } from './audit/case-file';
export { type Check, type Verdict, type Sentence, type Observer, observers } from './audit/check';
export { grades, gradeOf } from './audit/grades';
export {
  auditChecks,
  checkIds,
  type CheckId,
  type CheckResult,
  type Overall,
  type Judgement,
  type Verdicts,
  judge,
  NothingToJudge,
  verdictsOf,
} from './audit/judge';
export { meetingsAfter, liveMeetings } from './audit/case-file';
export { type HistoryStep, historySteps } from './audit/history';
