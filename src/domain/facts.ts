import type { AgendaFact } from './agenda/facts';
import type { CalendarFact } from './calendar/calendar';
import type { RecordedFact } from './kernel/fact';
import type { OpsFact } from './ops/ops';
import type { RequestFact } from './request/facts';
import type { StaffFact } from './staff/facts';
import type { TicketFact } from './ticket/facts';

/** Which facts stand in the streams of each category. */
export type FactsByCategory = {
  readonly request: RequestFact;
  readonly agenda: AgendaFact;
  readonly ticket: TicketFact;
  readonly staff: StaffFact;
  readonly calendar: CalendarFact;
  readonly ops: OpsFact;
};
export type Category = keyof FactsByCategory;
export type DomainFact = FactsByCategory[Category];

/**
 * A recorded fact with its category beside it, so that `switch (event.category)` narrows `event.fact`.
 * (`PersonalDataErased` stands in two categories.)
 */
export type DomainEvent = { [C in Category]: RecordedFact<FactsByCategory[C]> & { readonly category: C } }[Category];
