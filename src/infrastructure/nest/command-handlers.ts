import { AskToOpen, askToOpen } from '../../application/booking/ask-to-open';
import { CancelTicket, cancelTicket } from '../../application/booking/cancel-ticket';
import { SendNewCode, newCode } from '../../application/booking/new-code';
import { OpenWithCode, openWithCode } from '../../application/booking/open-with-code';
import { ReassignTicket, reassignTicket } from '../../application/booking/reassign-ticket';
import { RecordNotice, recordNotice } from '../../application/booking/record-notice';
import { RequestTicket, requestTicket } from '../../application/booking/request-ticket';
import { RescheduleTicket, rescheduleTicket } from '../../application/booking/reschedule-ticket';
import { VerifyEmail, verifyEmail } from '../../application/booking/verify-email';
import { WithdrawTicket, withdrawTicket } from '../../application/booking/withdraw-ticket';
import { AttachMeetingLink, attachMeetingLink } from '../../application/meeting/attach-meeting-link';
import { RecordAbsentParty, recordAbsent } from '../../application/meeting/record-absent';
import { RecordHeld, recordHeld } from '../../application/meeting/record-held';
import { RecordRecording, recordRecording } from '../../application/meeting/record-recording';
import { StartMeeting, startMeeting } from '../../application/meeting/start-meeting';
import { SkipParked, skipParked } from '../../application/operation/skip-parked';
import { ForgetRequest, forgetRequest } from '../../application/privacy/forget-request';
import { ForgetTicket, forgetTicket } from '../../application/privacy/forget-ticket';
import { CommunicateAnswer, communicateAnswer } from '../../application/requests/communicate-answer';
import { FindRequest, findRequest, type FindRequestInput, type FoundRequest } from '../../application/requests/find-request';
import { GrantLateAdmission, grantLateAdmission } from '../../application/requests/grant-late-admission';
import { RegisterRequest, registerRequest } from '../../application/requests/register-request';
import { HandOverResolution, handOverResolution } from '../../application/resolution/hand-over-resolution';
import { IssueResolution, issueResolution } from '../../application/resolution/issue-resolution';
import { RecordBouncedLetter, letterBounced } from '../../application/resolution/letter-bounced';
import { RecordFiled, recordFiled } from '../../application/resolution/record-filed';
import { DeclareBridgeDay, declareBridgeDay } from '../../application/staff/declare-bridge-day';
import { DeclareWorkingDay, declareWorkingDay } from '../../application/staff/declare-working-day';
import { RecordAbsence, recordAbsence } from '../../application/staff/record-absence';
import { RegisterStaff, registerStaff } from '../../application/staff/register-staff';
import { RestoreDay, restoreDay } from '../../application/staff/restore-day';
import { SetWorkingHours, setWorkingHours } from '../../application/staff/set-working-hours';
import { RecordStaffDeparture, staffLeft } from '../../application/staff/staff-left';
import { WithdrawAbsence, withdrawAbsence } from '../../application/staff/withdraw-absence';
import { done } from '../../application/kernel/done';
import { aboutNeither, aboutRegistered, aboutRequest, aboutTicket } from '../../application/kernel/refused-attempts';
import { isRefusal } from '../../domain/kernel/refusal';
import { commandHandler, type UseCase } from './handlers';

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
  commandHandler(CommunicateAnswer, communicateAnswer, aboutRequest),
  commandHandler(RegisterRequest, registerRequest, aboutRegistered),
  commandHandler(RegisterStaff, registerStaff, aboutNeither),
  commandHandler(RecordBouncedLetter, letterBounced, aboutNeither),
  commandHandler(WithdrawAbsence, withdrawAbsence, aboutNeither),
  commandHandler(ForgetRequest, forgetRequest, aboutRequest),
  commandHandler(ForgetTicket, forgetTicket, aboutTicket),
  commandHandler(AttachMeetingLink, attachMeetingLink, aboutTicket),
  commandHandler(CancelTicket, cancelTicket, aboutTicket),
  commandHandler(HandOverResolution, handOverResolution, aboutTicket),
  commandHandler(IssueResolution, issueResolution, aboutTicket),
  commandHandler(RecordAbsentParty, recordAbsent, aboutTicket),
  commandHandler(RecordHeld, recordHeld, aboutTicket),
  commandHandler(RecordNotice, recordNotice, aboutTicket),
  commandHandler(RecordRecording, recordRecording, aboutTicket),
  commandHandler(RequestTicket, requestTicket, aboutRequest),
  commandHandler(RescheduleTicket, rescheduleTicket, aboutTicket),
  commandHandler(StartMeeting, startMeeting, aboutTicket),
  commandHandler(VerifyEmail, verifyEmail, aboutTicket),
  commandHandler(SendNewCode, newCode, aboutTicket),
  commandHandler(ReassignTicket, reassignTicket, aboutTicket),
  commandHandler(WithdrawTicket, withdrawTicket, aboutTicket),
  commandHandler(AskToOpen, askToOpen, aboutNeither),
  commandHandler(OpenWithCode, openWithCode, aboutNeither),
  commandHandler(FindRequest, requestFound, aboutNeither, 'findRequest'),
  commandHandler(DeclareBridgeDay, declareBridgeDay, aboutNeither),
  commandHandler(DeclareWorkingDay, declareWorkingDay, aboutNeither),
  commandHandler(GrantLateAdmission, grantLateAdmission, aboutRequest),
  commandHandler(RecordFiled, recordFiled, aboutTicket),
  commandHandler(RestoreDay, restoreDay, aboutNeither),
  commandHandler(SetWorkingHours, setWorkingHours, aboutNeither),
  commandHandler(SkipParked, skipParked, aboutNeither),
  commandHandler(RecordStaffDeparture, staffLeft, aboutNeither),
];
