import type { PageModule } from '../page-module';
import { CancelController } from './cancel.controller';
import { ContactController } from './contact.controller';
import { EarlierHourController } from './earlier-hour.controller';
import { FindController } from './find.controller';
import { MoveController } from './move.controller';
import { NewHourController } from './new-hour.controller';
import { ObjectionController } from './objection.controller';
import { OpenController } from './open.controller';
import { TicketController } from './ticket.controller';

/** The citizen's own ticket. */
export const ticketModule: PageModule = {
  controllers: [
    CancelController,
    ContactController,
    EarlierHourController,
    FindController,
    MoveController,
    NewHourController,
    ObjectionController,
    OpenController,
    TicketController,
  ],
  providers: [],
};
