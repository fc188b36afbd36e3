import { attachMeetingLink } from '../../application/commands/attach-meeting-link';
import { communicateAnswer } from '../../application/commands/communicate-answer';
import { declareBridgeDay } from '../../application/commands/declare-bridge-day';
import { declareWorkingDay } from '../../application/commands/declare-working-day';
import { forgetRequest } from '../../application/commands/forget-request';
import { forgetTicket } from '../../application/commands/forget-ticket';
import { grantLateAdmission } from '../../application/commands/grant-late-admission';
import { handOverResolution } from '../../application/commands/hand-over-resolution';
import { issueResolution } from '../../application/commands/issue-resolution';
import { letterBounced } from '../../application/commands/letter-bounced';
import { recordAbsence } from '../../application/commands/record-absence';
import { recordAbsent } from '../../application/commands/record-absent';
import { recordFiled } from '../../application/commands/record-filed';
import { recordHeld } from '../../application/commands/record-held';
import { recordNotice } from '../../application/commands/record-notice';
import { recordRecording } from '../../application/commands/record-recording';
import { registerRequest } from '../../application/commands/register-request';
import { registerStaff } from '../../application/commands/register-staff';
import { restoreDay } from '../../application/commands/restore-day';
import { setWorkingHours } from '../../application/commands/set-working-hours';
import { skipParked } from '../../application/commands/skip-parked';
import { staffLeft } from '../../application/commands/staff-left';
import { startMeeting } from '../../application/commands/start-meeting';
import { withdrawAbsence } from '../../application/commands/withdraw-absence';
import { aboutNeither, aboutRegistered, aboutRequest, aboutTicket } from '../../application/refused-attempts';
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
