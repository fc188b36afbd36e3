import type { Area } from '../area';
import { ActDesk } from './act-desk';
import { CalendarDesk } from './calendar-desk';
import { CardDesk } from './card-desk';
import { CardController } from './card.controller';
import { MoveHours } from './move-hours';
import { MeetingsController } from './meetings.controller';

/** „Programări Webex”: the calendar, the card of a meeting and what is done with it. */
export const meetingsArea: Area = {
  controllers: [CardController, MeetingsController],
  providers: [ActDesk, CalendarDesk, CardDesk, MoveHours],
};
