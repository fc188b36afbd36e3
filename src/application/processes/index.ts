import { blockingProcess } from './blocking';
import { bookingProcess } from './booking';
import { deadlinesProcess } from './deadlines';
import { filingProcess } from './filing';
import { cancellationLetters } from './letters/cancellation';
import { changeLetters } from './letters/change';
import { codeLetters } from './letters/code';
import { invitationLetters } from './letters/invitation';
import { resolutionLetters } from './letters/resolution';
import { meetingsProcess } from './meetings';
import type { Process } from './process';
import { recordingWatchProcess } from './recording-watch';
import { recordingsProcess } from './recordings';
import { requestChangesProcess } from './request-changes';

/** Everything that must happen after a fact. Each is a projection: the projector keeps its table, the runner works it off. */
export const allProcesses: readonly Process[] = [
  bookingProcess,
  blockingProcess,
  codeLetters,
  invitationLetters,
  changeLetters,
  cancellationLetters,
  resolutionLetters,
  meetingsProcess,
  filingProcess,
  recordingsProcess,
  recordingWatchProcess,
  deadlinesProcess,
  requestChangesProcess,
];
