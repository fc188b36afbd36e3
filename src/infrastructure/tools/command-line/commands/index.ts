import type { CommandOfTichet } from '../invocation';
import { acceptLogCommand } from './accept-log';
import { auditCommand, replayCommand } from './audit';
import { backupCommand, drillCommand, restoreCommand } from './backup';
import { copyCommand } from './copy';
import { demoCommand, serveCommand } from './serve';
import { doctorCommand } from './doctor';
import { exportCommand, proofCommand } from './export';
import { forgetCommand, importCommand, lettersCommand, retentionCommand, sealCommand, webhooksCommand } from './of-service';
import { judgeCommand } from './judge';
import { keysCommand } from './keys';
import { openapiCommand } from './openapi';
import { projectionsCommand } from './projections';
import { peopleCommand, tokenCommand } from './token';
import { restrictCommand } from './restrict';
import { settingsCommand } from './settings';
import { streamsCommand } from './streams';
import { subjectAccessCommand } from './subject-access';
import { verifyCommand } from './verify';
import { witnessCommand } from './witness';

/** In the order in which the help shows them. */
export const commands: readonly CommandOfTichet[] = [
  serveCommand,
  demoCommand,
  importCommand,
  replayCommand,
  auditCommand,
  exportCommand,
  proofCommand,
  verifyCommand,
  judgeCommand,
  projectionsCommand,
  lettersCommand,
  webhooksCommand,
  sealCommand,
  acceptLogCommand,
  streamsCommand,
  subjectAccessCommand,
  forgetCommand,
  restrictCommand,
  retentionCommand,
  backupCommand,
  restoreCommand,
  drillCommand,
  copyCommand,
  keysCommand,
  tokenCommand,
  peopleCommand,
  witnessCommand,
  doctorCommand,
  settingsCommand,
  openapiCommand,
];
