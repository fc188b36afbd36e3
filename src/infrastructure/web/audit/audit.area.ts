import type { Area } from '../area';
import { AuditPagesController } from './audit.controller';
import { AuditedTicketController } from './audited-ticket.controller';
import { AuditDownloadsController } from './downloads.controller';

/** The list, one ticket step by step, and what is downloaded. */
export const auditArea: Area = {
  controllers: [AuditDownloadsController, AuditedTicketController, AuditPagesController],
  providers: [],
};
