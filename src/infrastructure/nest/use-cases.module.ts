import { LiftRestriction, liftRestriction, RestrictProcessing, restrictProcessing } from '../../application/privacy/restriction';
import { GetSubjectAccess, subjectAccess } from '../../application/privacy/subject-access';
import { Module, Inject, type Type } from '@nestjs/common';
import { CqrsModule, CommandHandler, QueryHandler } from '@nestjs/cqrs';
import { BackgroundModule } from './background.module';
import { AskToOpen, askToOpen, OpenWithCode, openWithCode } from '../../application/booking/opening';
import { BookAtCounter, bookAtCounter, FindTicketAtCounter, ticketAtCounter } from '../../application/booking/counter';
import { CancelTicket, cancelTicket, WithdrawTicket, withdrawTicket } from '../../application/booking/cancel-ticket';
import { CorrectContact, correctContact, VerifyContact, verifyContact } from '../../application/booking/correct-contact';
import { earlierHourWanted, WantEarlierHour } from '../../application/booking/earlier-hours';
import { newCode, SendNewCode, VerifyEmail, verifyEmail } from '../../application/booking/verify-email';
import {
  AcceptOffer,
  acceptOffer,
  DeclineOffer,
  declineOffer,
  GetMoveOffer,
  getMoveOffer,
  OfferMove,
  offerMove,
  WithdrawOffer,
  withdrawOffer,
} from '../../application/booking/move-offers';
import { ReassignTicket, reassignTicket, RescheduleTicket, rescheduleTicket } from '../../application/booking/move-meeting';
import { RecordNotice, recordNotice } from '../../application/booking/record-notice';
import { RequestTicket, requestTicket } from '../../application/booking/request-ticket';
import {
  AttachMeetingLink,
  attachMeetingLink,
  recordAbsent,
  RecordAbsentParty,
  RecordHeld,
  recordHeld,
  ContinueOtherwise,
  continueOtherwise,
  StartMeeting,
  startMeeting,
} from '../../application/meeting/hold-meeting';
import {
  DeleteRecording,
  deleteRecording,
  RecordRecording,
  recordRecording,
  TakeBackRecording,
  takeBackRecording,
} from '../../application/meeting/recordings';
import { CloseStream, closeStream } from '../../application/operation/close-stream';
import { SkipParked, SkipParkedGroup, skipParked, skipParkedGroup } from '../../application/operation/skip-parked';
import {
  ForgetConclusions,
  forgetConclusions,
  ForgetRequest,
  forgetRequest,
  ForgetTicket,
  forgetTicket,
} from '../../application/privacy/forget';
import {
  CommunicateAnswer,
  CorrectAnswer,
  correctAnswer,
  WithdrawAnswer,
  withdrawAnswer,
  communicateAnswer,
  GrantLateAdmission,
  grantLateAdmission,
  RegisterRequest,
  registerRequest,
  SettleDispute,
  settleDispute,
  AllowSharedHour,
  allowSharedHour,
  GetRequest,
  requestView,
} from '../../application/requests/register-request';
import { FindRequest, findRequest, type FindRequestInput, type FoundRequest } from '../../application/requests/find-request';
import {
  AmendResolution,
  amendResolution,
  HandOverResolution,
  handOverResolution,
  IssueResolution,
  issueResolution,
  SendResolutionAgain,
  sendResolutionAgain,
  TakeBackHandOver,
  takeBackHandOver,
} from '../../application/resolution/issue-resolution';
import { AnswerObjection, answerObjection, DisputeCorrection, disputeCorrection } from '../../application/resolution/objections';
import { letterBounced, RecordBouncedLetter } from '../../application/resolution/bounces';
import { RecordFiled, recordFiled } from '../../application/resolution/filing';
import {
  DeclareBridgeDay,
  declareBridgeDay,
  DeclareWorkingDay,
  declareWorkingDay,
  RestoreDay,
  restoreDay,
} from '../../application/staff/declare-day';
import {
  ArrangeAbsence,
  arrangeAbsence,
  FollowAbsence,
  followAbsence,
  PlanAbsence,
  planAbsence,
} from '../../application/booking/absence-plan';
import {
  ArrangeDeparture,
  arrangeDeparture,
  FollowDeparture,
  followDeparture,
  PlanDeparture,
  planDeparture,
} from '../../application/booking/departure-plan';
import { ChooseLetters, chooseLetters, GetLetters, lettersView } from '../../application/staff/choose-letters';
import {
  deputies,
  departmentDeputyWithdrawn,
  deputyWithdrawn,
  GetDeputies,
  NameDepartmentDeputy,
  nameDepartmentDeputy,
  NameDeputy,
  nameDeputy,
  WithdrawDepartmentDeputy,
  WithdrawDeputy,
} from '../../application/staff/deputies';
import {
  GetPauses,
  ListMeetingsInPause,
  meetingsInPause,
  PauseService,
  pauses,
  pauseService,
  ResumeService,
  resumeService,
} from '../../application/staff/pauses';
import { RecordAbsence, recordAbsence, WithdrawAbsence, withdrawAbsence } from '../../application/staff/record-absence';
import {
  RecordStaffDeparture,
  RegisterStaff,
  registerStaff,
  SetWorkingHours,
  setWorkingHours,
  staffLeft,
  GetStaffMember,
  staffMemberView,
} from '../../application/staff/register-staff';
import { done, type Done } from '../../application/kernel/done';
import {
  aboutNeither,
  aboutRegistered,
  aboutRequest,
  aboutTicket,
  type About,
  notingRefusals,
} from '../../application/kernel/refused-attempts';
import { isRefusal, type Refusal } from '../../domain/kernel/refusal';
import { ListAuditedTickets, auditList } from '../../application/audit/audit-list';
import { AuditTicket, auditTicket } from '../../application/audit/audit-ticket';
import { ExplainTicket, GetTicketHistory, ticketExplained, ticketHistory } from '../../application/audit/ticket-history';
import { ListWhoLooked, whoLooked } from '../../application/audit/who-looked';
import { calendarEntry, GetCalendarEntry, GetTicket, ticketView } from '../../application/booking/ticket-view';
import { GetCitizenTicket, citizenTicket } from '../../application/booking/citizen-ticket';
import { GetSlots, slots } from '../../application/booking/slots';
import { GetMeetingCard, meetingCard } from '../../application/meeting/meeting-card';
import { ListDuties, listDuties } from '../../application/reports/list-duties';
import { GetReportFigures, GetReportSummary, reportFigures, reportSummary } from '../../application/reports/report-figures';
import { GetEligibility, eligibility, ListEligibility, listEligibility } from '../../application/requests/eligibility';
import { ListMeetingsInTheWay, inTheWay } from '../../application/staff/in-the-way';
import { ListOpenTasks, openTasks } from '../../application/staff/open-tasks';
import { GetStaffCalendar, staffCalendar, ListMeetingsWithoutNames, meetingsWithoutNames } from '../../application/staff/staff-calendar';
import { GetStaffSchedule, staffSchedule } from '../../application/staff/staff-schedule';
import { chainOf } from '../proof/chain-of';
import { explaining } from './explaining';
import type { CommandContext } from '../../application/kernel/execute';
import type { Command, CommandClass, Query, QueryClass } from '../../application/kernel/message';
import type { Ports } from '../../application/kernel/ports/ports';
import type { Selection } from '@tichet-albastru/event-log/ports/read-models';
import { pagesOf } from '../../application/kernel/reading/pages-of-lists';
import { traced } from '../telemetry/tracing';
import { portsToken } from './tokens';

/** A use case is a function of the ports; the buses carry its input to it. */
type UseCase<Input, Value> = (ports: Ports) => (context: CommandContext, input: Input) => Promise<Done<Value> | Refusal>;
type Question<Input, Answer> = (ports: Ports) => (input: Input) => Promise<Answer>;

/** A handler as Nest takes it, and the name of the use case behind it. */
type Handling = Type & { readonly useCase: string };

const named = (handler: Type, message: { readonly name: string }, useCase: string): Handling => {
  Object.defineProperty(handler, 'name', { value: `${message.name}Handler` });
  return Object.assign(handler, { useCase });
};

/**
 * The handler of one command. Traces call it by the name of its use case, and so does the record of refused attempts; `about` says under
 * which ticket or request a refusal is noted there.
 */
const commandHandler = <Input, Value>(
  message: CommandClass<Input, Done<Value>>,
  useCase: UseCase<Input, Value>,
  about: About<Input>,
  name = useCase.name,
): Handling => {
  @CommandHandler(message)
  class Handler {
    readonly #run: ReturnType<UseCase<Input, Value>>;
    constructor(@Inject(portsToken) ports: Ports) {
      this.#run = notingRefusals(ports, name, about, useCase(ports));
    }
    execute({ context, input }: Command<Input, Done<Value>>): Promise<Done<Value> | Refusal> {
      return traced(`command ${name}`, () => this.#run(context, input), { values: { 'tichet.command': name } });
    }
  }
  return named(Handler, message, name);
};

const queryHandler = <Input, Answer>(
  message: QueryClass<Input, Answer>,
  question: Question<Input, Answer>,
  name = question.name,
): Handling => {
  @QueryHandler(message)
  class Handler {
    readonly #ask: ReturnType<Question<Input, Answer>>;
    constructor(@Inject(portsToken) ports: Ports) {
      this.#ask = question(ports);
    }
    execute({ input }: Query<Input, Answer>): Promise<Answer> {
      return traced(`question ${name}`, () => this.#ask(input), { values: { 'tichet.question': name } });
    }
  }
  return named(Handler, message, name);
};

const listHandler = <Input extends Pick<Selection, 'limit' | 'cursor'>, Answer extends object>(
  message: QueryClass<Input, Answer>,
  list: Question<Input, Answer>,
): Handling => queryHandler(message, pagesOf(message.name, list), list.name);

/** Every query of the application: Nest discovers its handler. */
export const queryHandlers = [
  queryHandler(AuditTicket, auditTicket(chainOf)),
  listHandler(GetStaffCalendar, staffCalendar),
  listHandler(ListMeetingsWithoutNames, meetingsWithoutNames),
  listHandler(ListAuditedTickets, auditList(chainOf)),
  listHandler(ListDuties, listDuties),
  queryHandler(GetTicket, ticketView),
  queryHandler(GetCalendarEntry, calendarEntry),
  queryHandler(GetCitizenTicket, citizenTicket),
  queryHandler(GetEligibility, eligibility),
  queryHandler(FindTicketAtCounter, ticketAtCounter, 'ticketAtCounter'),
  listHandler(ListEligibility, listEligibility),
  queryHandler(ListMeetingsInTheWay, inTheWay),
  queryHandler(PlanAbsence, planAbsence),
  queryHandler(FollowAbsence, followAbsence),
  queryHandler(GetPauses, pauses),
  queryHandler(ListMeetingsInPause, meetingsInPause),
  queryHandler(GetDeputies, deputies),
  queryHandler(PlanDeparture, planDeparture),
  queryHandler(FollowDeparture, followDeparture),
  queryHandler(GetMeetingCard, meetingCard),
  queryHandler(GetMoveOffer, getMoveOffer),
  listHandler(ListOpenTasks, openTasks),
  queryHandler(GetReportSummary, reportSummary),
  queryHandler(GetReportFigures, reportFigures),
  queryHandler(GetSlots, slots),
  queryHandler(GetStaffSchedule, staffSchedule),
  queryHandler(GetStaffMember, staffMemberView),
  queryHandler(GetLetters, lettersView),
  queryHandler(GetRequest, requestView),
  queryHandler(ExplainTicket, ticketExplained(explaining), 'ticketExplained'),
  queryHandler(GetTicketHistory, ticketHistory),
  listHandler(ListWhoLooked, whoLooked),
  queryHandler(GetSubjectAccess, subjectAccess),
];

/** A lookup changes nothing that a reader could wait for. */
const requestFound: UseCase<FindRequestInput, FoundRequest> = (ports) => {
  const find = findRequest(ports);
  return async (_, asked) => {
    const found = await find(asked);
    return isRefusal(found) ? found : done(found, '');
  };
};

/** Every command of the application: Nest discovers its handler. */
export const commandHandlers = [
  commandHandler(RecordAbsence, recordAbsence, aboutNeither),
  commandHandler(ArrangeAbsence, arrangeAbsence, aboutNeither),
  commandHandler(NameDeputy, nameDeputy, aboutNeither),
  commandHandler(WithdrawDeputy, deputyWithdrawn, aboutNeither),
  commandHandler(NameDepartmentDeputy, nameDepartmentDeputy, aboutNeither),
  commandHandler(WithdrawDepartmentDeputy, departmentDeputyWithdrawn, aboutNeither),
  commandHandler(ArrangeDeparture, arrangeDeparture, aboutNeither),
  commandHandler(CommunicateAnswer, communicateAnswer, aboutRequest),
  commandHandler(CorrectAnswer, correctAnswer, aboutRequest),
  commandHandler(WithdrawAnswer, withdrawAnswer, aboutRequest),
  commandHandler(RegisterRequest, registerRequest, aboutRegistered),
  commandHandler(RegisterStaff, registerStaff, aboutNeither),
  commandHandler(RecordBouncedLetter, letterBounced, aboutNeither),
  commandHandler(WithdrawAbsence, withdrawAbsence, aboutNeither),
  commandHandler(ForgetRequest, forgetRequest, aboutRequest),
  commandHandler(ForgetTicket, forgetTicket, aboutTicket),
  commandHandler(ForgetConclusions, forgetConclusions, aboutTicket),
  commandHandler(RestrictProcessing, restrictProcessing, aboutTicket),
  commandHandler(LiftRestriction, liftRestriction, aboutTicket),
  commandHandler(AttachMeetingLink, attachMeetingLink, aboutTicket),
  commandHandler(CancelTicket, cancelTicket, aboutTicket),
  commandHandler(DisputeCorrection, disputeCorrection, aboutTicket),
  commandHandler(AnswerObjection, answerObjection, aboutTicket),
  commandHandler(HandOverResolution, handOverResolution, aboutTicket),
  commandHandler(SendResolutionAgain, sendResolutionAgain, aboutTicket),
  commandHandler(AmendResolution, amendResolution, aboutTicket),
  commandHandler(IssueResolution, issueResolution, aboutTicket),
  commandHandler(RecordAbsentParty, recordAbsent, aboutTicket),
  commandHandler(RecordHeld, recordHeld, aboutTicket),
  commandHandler(RecordNotice, recordNotice, aboutTicket),
  commandHandler(RecordRecording, recordRecording, aboutTicket),
  commandHandler(DeleteRecording, deleteRecording, aboutTicket),
  commandHandler(TakeBackRecording, takeBackRecording, aboutTicket),
  commandHandler(TakeBackHandOver, takeBackHandOver, aboutTicket),
  commandHandler(RequestTicket, requestTicket, aboutRequest),
  commandHandler(RescheduleTicket, rescheduleTicket, aboutTicket),
  commandHandler(StartMeeting, startMeeting, aboutTicket),
  commandHandler(ContinueOtherwise, continueOtherwise, aboutTicket),
  commandHandler(VerifyEmail, verifyEmail, aboutTicket),
  commandHandler(SendNewCode, newCode, aboutTicket),
  commandHandler(ReassignTicket, reassignTicket, aboutTicket),
  commandHandler(OfferMove, offerMove, aboutTicket),
  commandHandler(AcceptOffer, acceptOffer, aboutTicket),
  commandHandler(DeclineOffer, declineOffer, aboutTicket),
  commandHandler(WithdrawOffer, withdrawOffer, aboutTicket),
  commandHandler(WithdrawTicket, withdrawTicket, aboutTicket),
  commandHandler(CorrectContact, correctContact, aboutTicket),
  commandHandler(VerifyContact, verifyContact, aboutTicket),
  commandHandler(WantEarlierHour, earlierHourWanted, aboutTicket),
  commandHandler(AskToOpen, askToOpen, aboutNeither),
  commandHandler(OpenWithCode, openWithCode, aboutNeither),
  commandHandler(FindRequest, requestFound, aboutNeither, 'findRequest'),
  commandHandler(DeclareBridgeDay, declareBridgeDay, aboutNeither),
  commandHandler(DeclareWorkingDay, declareWorkingDay, aboutNeither),
  commandHandler(GrantLateAdmission, grantLateAdmission, aboutRequest),
  commandHandler(RecordFiled, recordFiled, aboutTicket),
  commandHandler(BookAtCounter, bookAtCounter, aboutNeither, 'bookAtCounter'),
  commandHandler(SettleDispute, settleDispute, aboutRequest),
  commandHandler(AllowSharedHour, allowSharedHour, aboutRequest),
  commandHandler(PauseService, pauseService, aboutNeither),
  commandHandler(ResumeService, resumeService, aboutNeither),
  commandHandler(RestoreDay, restoreDay, aboutNeither),
  commandHandler(ChooseLetters, chooseLetters, aboutNeither),
  commandHandler(SetWorkingHours, setWorkingHours, aboutNeither),
  commandHandler(SkipParked, skipParked, aboutNeither),
  commandHandler(SkipParkedGroup, skipParkedGroup, aboutNeither),
  commandHandler(CloseStream, closeStream, aboutNeither),
  commandHandler(RecordStaffDeparture, staffLeft, aboutNeither),
];

/** The use cases on the two buses. */
@Module({ imports: [CqrsModule], providers: [...commandHandlers, ...queryHandlers], exports: [CqrsModule] })
class BusesModule {}

/** The use cases, and what goes on in the background: all that a host without routes needs. */
@Module({ imports: [BusesModule, BackgroundModule], exports: [BusesModule, BackgroundModule] })
export class UseCasesModule {}
