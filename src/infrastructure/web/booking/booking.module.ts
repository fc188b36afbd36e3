import type { PageModule } from '../page-module';
import { BookingService } from './booking-service';
import { CheckStepController } from './check-step.controller';
import { CodeStepController } from './code-step.controller';
import { ContactStep } from './contact-step';
import { ContactStepController } from './contact-step.controller';
import { HourStep } from './hour-step';
import { HourStepController } from './hour-step.controller';
import { ModeStepController } from './mode-step.controller';
import { RequestStepController } from './request-step.controller';

/** The wizard from the request to the ticket, a page a step. */
export const bookingModule: PageModule = {
  controllers: [
    CheckStepController,
    CodeStepController,
    ContactStepController,
    HourStepController,
    ModeStepController,
    RequestStepController,
  ],
  providers: [BookingService, ContactStep, HourStep],
};
