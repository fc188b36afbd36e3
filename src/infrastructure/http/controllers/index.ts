import type { Type } from '@nestjs/common';
import { AbsenceCalendarsController } from './absence-calendars.controller';
import { CalendarController } from './calendar.controller';
import { FeedController } from './feed.controller';
import { MeetingsController } from './meetings.controller';
import { AdministrationController, RegistryController } from './office.controllers';
import { HealthController, MetricsController } from './operations.controllers';
import { AuditController, EligibilityController, LogController } from './reading.controllers';
import { ImportsController } from './imports.controller';
import { ParkedController } from './parked.controller';
import { LookupController } from './requests.controller';
import { ScheduleController } from './schedule.controller';
import { TicketsController } from './tickets.controller';

/** The routes of the contract, under the mount path. */
export const apiControllers: Type[] = [
  LookupController,
  ImportsController,
  ParkedController,
  TicketsController,
  MeetingsController,
  CalendarController,
  FeedController,
  ScheduleController,
  AbsenceCalendarsController,
  RegistryController,
  AdministrationController,
  EligibilityController,
  AuditController,
  LogController,
];
/** Routes for whoever runs the service, at the root. */
export const operationsControllers: Type[] = [HealthController, MetricsController];
