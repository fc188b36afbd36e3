import { agendaFactShapes } from './agenda/facts';
import { calendarFactShapes } from './calendar/calendar';
import type { RecordedFact } from './kernel/fact';
import type { FactsOf } from './kernel/shape';
import { opsFactShapes } from './ops/ops';
import { readingFactShapes } from './reading/reading';
import { requestFactShapes } from './request/facts';
import { staffFactShapes } from './staff/facts';
import { ticketFactShapes } from './ticket/facts';

/** Every fact that may stand in the log, by the category of its stream and by type. What is not here is refused. */
export const factShapes = {
  request: requestFactShapes,
  agenda: agendaFactShapes,
  ticket: ticketFactShapes,
  staff: staffFactShapes,
  calendar: calendarFactShapes,
  ops: opsFactShapes,
  reading: readingFactShapes,
};
export type Category = keyof typeof factShapes;
/** Which facts stand in the streams of each category. */
export type FactsByCategory = { readonly [C in Category]: FactsOf<(typeof factShapes)[C]> };
export type DomainFact = FactsByCategory[Category];

/**
 * A recorded fact with its category beside it, so that `switch (event.category)` narrows `event.fact`.
 * (`PersonalDataErased` stands in two categories.)
 */
export type DomainEvent = { [C in Category]: RecordedFact<FactsByCategory[C]> & { readonly category: C } }[Category];
