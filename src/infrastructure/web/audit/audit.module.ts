import type { PageModule } from '../page-module';
import { AuditCalendarController } from './calendar.controller';
import { AuditPagesController } from './audit.controller';
import { AuditedTicketController } from './audited-ticket.controller';
import { AuditDownloadsController } from './downloads.controller';
import { SealController } from './seal.controller';
import { WhoLookedPageController } from './who-looked.controller';

/** The list, one ticket step by step, the seal, and what is downloaded. */
export const auditModule: PageModule = {
  controllers: [
    AuditCalendarController,
    AuditDownloadsController,
    SealController,
    WhoLookedPageController,
    AuditedTicketController,
    AuditPagesController,
  ],
  providers: [],
};
