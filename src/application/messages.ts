/* Every command and query of the application, for the callers that send them. */
export { ListAuditedTickets, type AuditListQuery } from './audit/audit-list';
export { AuditTicket, type AuditQuery } from './audit/audit-ticket';
export { ExplainTicket, type ExplainedQuery } from './audit/ticket-history';
export { ListWhoLooked, type WhoLookedQuery } from './audit/who-looked';
export { GetTicketHistory, type HistoryQuery } from './audit/ticket-history';
export { AskToOpen, type AskToOpenInput } from './booking/opening';
export { GetCalendarEntry, type EntryQuery } from './booking/ticket-view';
export { CancelTicket, type CancelTicketInput } from './booking/cancel-ticket';
export { WantEarlierHour, type WantEarlierHourInput } from './booking/earlier-hours';
export { CorrectContact, type CorrectContactInput, VerifyContact, type VerifyContactInput } from './booking/correct-contact';
export { GetCitizenTicket } from './booking/citizen-ticket';
export { SendNewCode, type NewCodeInput } from './booking/verify-email';
export { OpenWithCode, type OpenWithCodeInput } from './booking/opening';
export {
  AcceptOffer,
  type AcceptOfferInput,
  DeclineOffer,
  type DeclineOfferInput,
  GetMoveOffer,
  type MoveOfferView,
  OfferMove,
  type OfferMoveInput,
  WithdrawOffer,
  type WithdrawOfferInput,
} from './booking/move-offers';
export { ReassignTicket, type ReassignTicketInput } from './booking/move-meeting';
export { RecordNotice, type RecordNoticeInput } from './booking/record-notice';
export { RequestTicket, type RequestTicketInput } from './booking/request-ticket';
export { RescheduleTicket, type RescheduleTicketInput } from './booking/move-meeting';
export { GetSlots, type SlotsQuery } from './booking/slots';
export { GetTicket, type TicketQuery } from './booking/ticket-view';
export { VerifyEmail, type VerifyEmailInput } from './booking/verify-email';
export { WithdrawTicket, type WithdrawTicketInput } from './booking/cancel-ticket';
export { AttachMeetingLink, type AttachMeetingLinkInput } from './meeting/hold-meeting';
export { GetMeetingCard, type MeetingCardQuery } from './meeting/meeting-card';
export { RecordAbsentParty, type RecordAbsent } from './meeting/hold-meeting';
export { RecordHeld, type RecordHeldInput } from './meeting/hold-meeting';
export { RecordRecording, type RecordRecordingInput } from './meeting/recordings';
export { StartMeeting, type StartMeetingInput } from './meeting/hold-meeting';
export { SkipParked, SkipParkedGroup, type SkipParkedGroupInput, type SkipParkedInput } from './operation/skip-parked';
export { ForgetRequest, type ForgetRequestInput } from './privacy/forget';
export { LiftRestriction, type LiftRestrictionInput, RestrictProcessing, type RestrictProcessingInput } from './privacy/restriction';
export { GetSubjectAccess, type SubjectAccess, type SubjectAccessQuery } from './privacy/subject-access';
export { ForgetConclusions, type ForgetConclusionsInput, ForgetTicket, type ForgetTicketInput } from './privacy/forget';
export { GetReportFigures, type FiguresQuery } from './reports/report-figures';
export { ListDuties, type DutiesQuery } from './reports/list-duties';
export { GetReportSummary, type SummaryQuery } from './reports/report-figures';
export { CorrectAnswer, type CorrectAnswerInput, WithdrawAnswer } from './requests/register-request';
export { CommunicateAnswer, type CommunicateAnswerInput } from './requests/register-request';
export { GetEligibility, type EligibilityQuery, ListEligibility, type EligibilityListQuery } from './requests/eligibility';
export { FindRequest, type FindRequestInput } from './requests/find-request';
export { GrantLateAdmission, type GrantLateAdmissionInput } from './requests/register-request';
export {
  RegisterRequest,
  type RegisterRequestInput,
  AllowSharedHour,
  type AllowSharedHourInput,
  SettleDispute,
  type SettleDisputeInput,
} from './requests/register-request';
export { TakeBackRecording, type TakeBackRecordingInput } from './meeting/recordings';
export { TakeBackHandOver, type TakeBackHandOverInput } from './resolution/issue-resolution';
export { HandOverResolution, type HandOverResolutionInput } from './resolution/issue-resolution';
export { AmendResolution, type AmendResolutionInput } from './resolution/issue-resolution';
export { IssueResolution, type IssueResolutionInput } from './resolution/issue-resolution';
export { AnswerObjection, type AnswerObjectionInput, DisputeCorrection, type DisputeCorrectionInput } from './resolution/objections';
export { RecordBouncedLetter, type LetterBounced } from './resolution/bounces';
export { RecordFiled, type RecordFiledInput } from './resolution/filing';
export { ArrangeAbsence, type ArrangeAbsenceInput, FollowAbsence, PlanAbsence, type AbsencePlanQuery } from './booking/absence-plan';
export {
  ArrangeDeparture,
  type ArrangeDepartureInput,
  type DeparturePlanQuery,
  FollowDeparture,
  PlanDeparture,
} from './booking/departure-plan';
export {
  GetDeputies,
  NameDepartmentDeputy,
  type NameDepartmentDeputyInput,
  NameDeputy,
  type NameDeputyInput,
  WithdrawDepartmentDeputy,
  WithdrawDeputy,
  type WithdrawDeputyInput,
} from './staff/deputies';
export {
  GetPauses,
  ListMeetingsInPause,
  type MeetingsInPauseQuery,
  type PausesQuery,
  PauseService,
  type PauseServiceInput,
  ResumeService,
  type ResumeServiceInput,
} from './staff/pauses';
export { DeclareBridgeDay, type DeclareDay } from './staff/declare-day';
export { DeclareWorkingDay } from './staff/declare-day';
export { ListMeetingsInTheWay, type InTheWayQuery } from './staff/in-the-way';
export { ListOpenTasks, type TasksQuery } from './staff/open-tasks';
export { RecordAbsence, type RecordAbsenceInput } from './staff/record-absence';
export { RegisterStaff, type RegisterStaffInput } from './staff/register-staff';
export { RestoreDay, type RestoreDayInput } from './staff/declare-day';
export { SetWorkingHours, type SetWorkingHoursInput } from './staff/register-staff';
export { GetStaffCalendar, type CalendarQuery } from './staff/staff-calendar';
export { ListMeetingsWithoutNames, type MeetingsQuery } from './staff/staff-calendar';
export { RecordStaffDeparture, type StaffLeft } from './staff/register-staff';
export { GetStaffSchedule, type ScheduleQuery } from './staff/staff-schedule';
export { ChooseLetters, type ChooseLettersInput, GetLetters } from './staff/choose-letters';
export { WithdrawAbsence, type WithdrawAbsenceInput } from './staff/record-absence';
export { Command, Query } from './kernel/message';
