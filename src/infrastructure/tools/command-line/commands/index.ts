import type { CommandOfTichet } from '../invocation';
import { auditCommand } from './audit';
import { backupCommand } from './backup';
import { copyCommand } from './copy';
import { demoCommand } from './demo';
import { doctorCommand } from './doctor';
import { drillCommand } from './drill';
import { exportCommand } from './export';
import { forgetCommand } from './forget';
import { importCommand } from './import';
import { keysCommand } from './keys';
import { lettersCommand } from './letters';
import { openapiCommand } from './openapi';
import { projectionsCommand } from './projections';
import { proofCommand } from './proof';
import { replayCommand } from './replay';
import { restoreCommand } from './restore';
import { retentionCommand } from './retention';
import { sealCommand } from './seal';
import { serveCommand } from './serve';
import { tokenCommand } from './token';
import { verifyCommand } from './verify';
import { webhooksCommand } from './webhooks';
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
  projectionsCommand,
  lettersCommand,
  webhooksCommand,
  sealCommand,
  forgetCommand,
  retentionCommand,
  backupCommand,
  restoreCommand,
  drillCommand,
  copyCommand,
  keysCommand,
  tokenCommand,
  witnessCommand,
  doctorCommand,
  openapiCommand,
];
