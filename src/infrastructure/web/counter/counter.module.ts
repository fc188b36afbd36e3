import type { PageModule } from '../page-module';
import { CounterContactController } from './contact.controller';
import { CounterController } from './counter.controller';
import { CounterTicketController } from './ticket.controller';

/** For citizens without internet: a clerk books, moves, cancels and prints for them. */
export const counterModule: PageModule = {
  controllers: [CounterContactController, CounterController, CounterTicketController],
  providers: [],
};
