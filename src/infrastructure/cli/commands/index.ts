import type { CommandOfTichet } from '../desk';
import { auditCommand } from './audit';
import { backupCommand } from './backup';
import { copyCommand } from './copy';
import { demoCommand } from './demo';
import { doctorCommand } from './doctor';
import { exportCommand } from './export';
import { forgetCommand } from './forget';
import { importCommand } from './import';
import { lettersCommand } from './letters';
import { openapiCommand } from './openapi';
import { projectionsCommand } from './projections';
import { proofCommand } from './proof';
import { replayCommand } from './replay';
import { restoreCommand } from './restore';
import { serveCommand } from './serve';
import { tokenCommand } from './token';
import { verifyCommand } from './verify';
import { webhooksCommand } from './webhooks';

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
  forgetCommand,
  backupCommand,
  restoreCommand,
  copyCommand,
  tokenCommand,
  doctorCommand,
  openapiCommand,
];
