import type { PageModule } from '../page-module';
import { AccessController } from './access.controller';
import { CalendarPagesController } from './calendar.controller';
import { ErasureController } from './erasure.controller';
import { ParkedPagesController } from './parked.controller';
import { RestrictionController } from './restriction.controller';
import { RetentionPagesController } from './retention.controller';
import { ServicePagesController } from './service.controller';
import { StaffLeftController } from './staff-left.controller';
import { StaffPagesController } from './staff.controller';
import { StreamsPagesController } from './streams.controller';
import { AdministrationStartController } from './start.controller';

/** Staff, days off, erasure, and how the service does. */
export const administrationModule: PageModule = {
  controllers: [
    AccessController,
    AdministrationStartController,
    CalendarPagesController,
    ErasureController,
    ParkedPagesController,
    RestrictionController,
    RetentionPagesController,
    ServicePagesController,
    StaffLeftController,
    StaffPagesController,
    StreamsPagesController,
  ],
  providers: [],
};
