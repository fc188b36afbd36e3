import { attachMeetingLink } from '../../application/meeting/attach-meeting-link';
import { communicateAnswer } from '../../application/requests/communicate-answer';
import { declareBridgeDay } from '../../application/staff/declare-bridge-day';
import { declareWorkingDay } from '../../application/staff/declare-working-day';
import { forgetRequest } from '../../application/privacy/forget-request';
import { forgetTicket } from '../../application/privacy/forget-ticket';
import { grantLateAdmission } from '../../application/requests/grant-late-admission';
import { handOverResolution } from '../../application/resolution/hand-over-resolution';
import { issueResolution } from '../../application/resolution/issue-resolution';
import { letterBounced } from '../../application/resolution/letter-bounced';
import { recordAbsence } from '../../application/staff/record-absence';
import { recordAbsent } from '../../application/meeting/record-absent';
import { recordFiled } from '../../application/resolution/record-filed';
import { recordHeld } from '../../application/meeting/record-held';
import { recordNotice } from '../../application/booking/record-notice';
import { recordRecording } from '../../application/meeting/record-recording';
import { registerRequest } from '../../application/requests/register-request';
import { registerStaff } from '../../application/staff/register-staff';
import { restoreDay } from '../../application/staff/restore-day';
import { setWorkingHours } from '../../application/staff/set-working-hours';
import { skipParked } from '../../application/operation/skip-parked';
import { staffLeft } from '../../application/staff/staff-left';
import { startMeeting } from '../../application/meeting/start-meeting';
import { withdrawAbsence } from '../../application/staff/withdraw-absence';
import { aboutNeither, aboutRegistered, aboutRequest, aboutTicket } from '../../application/kernel/refused-attempts';
import { bindCommand } from './use-case';

/** What civil servants do with a meeting and with their own time (Art. 5–8, A16). */
export const staffCommands = {
  attachMeetingLink: bindCommand(attachMeetingLink, aboutTicket),
  startMeeting: bindCommand(startMeeting, aboutTicket),
  recordRecording: bindCommand(recordRecording, aboutTicket),
  recordHeld: bindCommand(recordHeld, aboutTicket),
  recordAbsent: bindCommand(recordAbsent, aboutTicket),
  issueResolution: bindCommand(issueResolution, aboutTicket),
  recordFiled: bindCommand(recordFiled, aboutTicket),
  handOverResolution: bindCommand(handOverResolution, aboutTicket),
  recordNotice: bindCommand(recordNotice, aboutTicket),
  letterBounced: bindCommand(letterBounced, aboutNeither),
  recordAbsence: bindCommand(recordAbsence, aboutNeither),
  withdrawAbsence: bindCommand(withdrawAbsence, aboutNeither),
  setWorkingHours: bindCommand(setWorkingHours, aboutNeither),
  grantLateAdmission: bindCommand(grantLateAdmission, aboutRequest),
};

/** What the registry and administrators tell. */
export const officeCommands = {
  registerStaff: bindCommand(registerStaff, aboutNeither),
  staffLeft: bindCommand(staffLeft, aboutNeither),
  registerRequest: bindCommand(registerRequest, aboutRegistered),
  communicateAnswer: bindCommand(communicateAnswer, aboutRequest),
  declareBridgeDay: bindCommand(declareBridgeDay, aboutNeither),
  declareWorkingDay: bindCommand(declareWorkingDay, aboutNeither),
  restoreDay: bindCommand(restoreDay, aboutNeither),
  forgetRequest: bindCommand(forgetRequest, aboutRequest),
  forgetTicket: bindCommand(forgetTicket, aboutTicket),
  skipParked: bindCommand(skipParked, aboutNeither),
};
