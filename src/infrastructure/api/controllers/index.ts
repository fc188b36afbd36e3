import type { Type } from '@nestjs/common';
import { AbsenceCalendarsController } from './absence-calendars.controller';
import { AbsencePlansController } from './absence-plans.controller';
import { BouncesController } from './bounces.controller';
import { TextMessagesController } from './text-messages.controller';
import { CalendarController } from './calendar.controller';
import { DutiesController } from './duties.controller';
import { DeputiesController } from './deputies.controller';
import { FeedController } from './feed.controller';
import { MeetingsController } from './meetings.controller';
import { AdministrationController, RegistryController } from './administration.controllers';
import { HealthController, MetricsController } from './operations.controllers';
import { ExportController } from './export.controller';
import { AuditController, EligibilityController, LogController, WhoLookedController } from './reading.controllers';
import { ImportsController } from './imports.controller';
import { PausesController } from './pauses.controller';
import { ParkedController } from './parked.controller';
import { ProofController } from './proof.controller';
import { LookupController } from './requests.controller';
import { StaffLookupController } from './staff-lookup.controller';
import { SubjectAccessController } from './subject-access.controller';
import { RetentionController } from './retention.controller';
import { ScheduleController } from './schedule.controller';
import { ServiceStatusController } from './service-status.controller';
import { StreamsController } from './streams.controller';
import { TicketsController } from './tickets.controller';
import { WebexHintsController } from './webex-hints.controller';
import { WebhooksController } from './webhooks.controller';

/** The routes of the contract, under the mount path. */
export const apiControllers: Type[] = [
  LookupController,
  ImportsController,
  ParkedController,
  ServiceStatusController,
  StreamsController,
  WebhooksController,
  TicketsController,
  MeetingsController,
  CalendarController,
  FeedController,
  ScheduleController,
  AbsenceCalendarsController,
  AbsencePlansController,
  DeputiesController,
  BouncesController,
  TextMessagesController,
  RegistryController,
  AdministrationController,
  PausesController,
  RetentionController,
  SubjectAccessController,
  StaffLookupController,
  EligibilityController,
  AuditController,
  WhoLookedController,
  DutiesController,
  ExportController,
  ProofController,
  LogController,
  WebexHintsController,
];
/** Routes for the operator, at the root. */
export const operationsControllers: Type[] = [HealthController, MetricsController];
