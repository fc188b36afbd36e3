import type { Area } from '../area';
import { CancelController } from './cancel.controller';
import { FindController } from './find.controller';
import { MoveController } from './move.controller';
import { OpenController } from './open.controller';
import { TicketController } from './ticket.controller';

/** The citizen's own ticket. */
export const ticketArea: Area = {
  controllers: [CancelController, FindController, MoveController, OpenController, TicketController],
  providers: [],
};
