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
import { bindCommand } from './use-case';

/** What civil servants do with a meeting and with their own time (Art. 5–8, A16). */
export const staffCommands = {
  attachMeetingLink: bindCommand(attachMeetingLink),
  startMeeting: bindCommand(startMeeting),
  recordRecording: bindCommand(recordRecording),
  recordHeld: bindCommand(recordHeld),
  recordAbsent: bindCommand(recordAbsent),
  issueResolution: bindCommand(issueResolution),
  recordFiled: bindCommand(recordFiled),
  handOverResolution: bindCommand(handOverResolution),
  recordNotice: bindCommand(recordNotice),
  letterBounced: bindCommand(letterBounced),
  recordAbsence: bindCommand(recordAbsence),
  withdrawAbsence: bindCommand(withdrawAbsence),
  setWorkingHours: bindCommand(setWorkingHours),
  grantLateAdmission: bindCommand(grantLateAdmission),
};

/** What the registry and administrators tell. */
export const officeCommands = {
  registerStaff: bindCommand(registerStaff),
  staffLeft: bindCommand(staffLeft),
  registerRequest: bindCommand(registerRequest),
  communicateAnswer: bindCommand(communicateAnswer),
  declareBridgeDay: bindCommand(declareBridgeDay),
  declareWorkingDay: bindCommand(declareWorkingDay),
  restoreDay: bindCommand(restoreDay),
  forgetRequest: bindCommand(forgetRequest),
  forgetTicket: bindCommand(forgetTicket),
  skipParked: bindCommand(skipParked),
};
