import type { PageModule } from '../page-module';
import { ActService } from './act-service';
import { CalendarService } from './calendar-service';
import { MeetingCardService } from './card-service';
import { CardController } from './card.controller';
import { MoveHours } from './move-hours';
import { MeetingsController } from './meetings.controller';

/** „Programări Webex”: the calendar, the card of a meeting and what is done with it. */
export const meetingsModule: PageModule = {
  controllers: [CardController, MeetingsController],
  providers: [ActService, CalendarService, MeetingCardService, MoveHours],
};
