import type { Type } from '@nestjs/common';
import { LookupController } from './requests.controller';
import { HealthController, MetricsController } from './operations.controllers';
import { TicketsController } from './tickets.controller';

/** The routes of the contract, under the mount path. */
export const apiControllers: Type[] = [LookupController, TicketsController];
/** Routes for whoever runs the service, at the root. */
export const operationsControllers: Type[] = [HealthController, MetricsController];
