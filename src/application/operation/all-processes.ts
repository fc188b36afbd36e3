import { blockingProcess } from '../staff/blocking';
import { bookingProcess } from '../booking/booking-process';
import { deadlinesProcess } from '../meeting/deadlines';
import { filingProcess } from '../resolution/filing';
import { filingConfirmationProcess } from '../resolution/filing-confirmation';
import { cancellationLetters, changeLetters, codeLetters, invitationLetters } from '../booking/letters';
import { addressChangedLetters, newAddressLetters } from '../booking/contact-letters';
import { textMessages } from '../booking/text-messages';
import { officialLetters } from '../staff/official-letters';
import { earlierHourLetters } from '../booking/earlier-hours';
import { reminderLetters } from '../booking/reminders';
import { resolutionLetters } from '../resolution/resolution-letter';
import { newHoursProcess } from '../booking/new-hours';
import { meetingsProcess } from '../meeting/arrange-meetings';
import type { Process } from '../kernel/processes/process';
import { recordingWatchProcess } from '../meeting/recording-watch';
import { recordingsProcess } from '../meeting/recordings';
import { requestChangesProcess } from '../requests/request-changes';

/** Everything that must happen after a fact. Each is a projection: the projector keeps its table, the runner works it off. */
export const allProcesses: readonly Process[] = [
  bookingProcess,
  blockingProcess,
  codeLetters,
  newAddressLetters,
  addressChangedLetters,
  invitationLetters,
  changeLetters,
  cancellationLetters,
  reminderLetters,
  earlierHourLetters,
  resolutionLetters,
  officialLetters,
  textMessages,
  meetingsProcess,
  filingProcess,
  filingConfirmationProcess,
  recordingsProcess,
  recordingWatchProcess,
  deadlinesProcess,
  requestChangesProcess,
  newHoursProcess,
];
