import { AskToOpen, askToOpen, OpenWithCode, openWithCode } from '../../application/booking/opening';
import { CancelTicket, cancelTicket, WithdrawTicket, withdrawTicket } from '../../application/booking/cancel-ticket';
import { newCode, SendNewCode, VerifyEmail, verifyEmail } from '../../application/booking/verify-email';
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
  StartMeeting,
  startMeeting,
} from '../../application/meeting/hold-meeting';
import { RecordRecording, recordRecording } from '../../application/meeting/recordings';
import { SkipParked, skipParked } from '../../application/operation/skip-parked';
import { ForgetRequest, forgetRequest, ForgetTicket, forgetTicket } from '../../application/privacy/forget';
import {
  CommunicateAnswer,
  communicateAnswer,
  GrantLateAdmission,
  grantLateAdmission,
  RegisterRequest,
  registerRequest,
} from '../../application/requests/register-request';
import { FindRequest, findRequest, type FindRequestInput, type FoundRequest } from '../../application/requests/find-request';
import { HandOverResolution, handOverResolution, IssueResolution, issueResolution } from '../../application/resolution/issue-resolution';
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
import { RecordAbsence, recordAbsence, WithdrawAbsence, withdrawAbsence } from '../../application/staff/record-absence';
import {
  RecordStaffDeparture,
  RegisterStaff,
  registerStaff,
  SetWorkingHours,
  setWorkingHours,
  staffLeft,
} from '../../application/staff/register-staff';
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
