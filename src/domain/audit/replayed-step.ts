import type { RecordedFact } from '../kernel/fact';
import type { TicketFact } from '../ticket/facts';
import type { TicketState } from '../ticket/state';
import { ticket } from '../ticket/ticket';

/** One event of a ticket's life between what the ticket was before it and what it was after. */
export type ReplayedStep = { readonly event: RecordedFact<TicketFact>; readonly before: TicketState; readonly after: TicketState };

/** Folds a ticket up to one of its events; `undefined` when it is not among them. Events in the order of the stream. */
export const replayedStep = (events: readonly RecordedFact<TicketFact>[], eventId: string): ReplayedStep | undefined => {
  let before = ticket.initial;
  for (const event of events) {
    const after = ticket.evolve(before, event.fact);
    if (event.id === eventId) return { event, before, after };
    before = after;
  }
  return undefined;
};
