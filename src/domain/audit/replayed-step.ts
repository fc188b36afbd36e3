import type { RecordedFact } from '../kernel/fact';
import type { TicketFact } from '../ticket/facts';
import type { TicketState } from '../ticket/state';
import { ticket } from '../ticket/ticket';

/** One event of a ticket's life between what the ticket was before it and what it was after. */
export type ReplayedStep = { readonly event: RecordedFact<TicketFact>; readonly before: TicketState; readonly after: TicketState };

/** A ticket folded event by event. Events in the order of the stream. */
export const replayedSteps = (events: readonly RecordedFact<TicketFact>[]): readonly ReplayedStep[] => {
  let before = ticket.initial;
  return events.map((event) => {
    const step = { event, before, after: ticket.evolve(before, event.fact) };
    before = step.after;
    return step;
  });
};

/** Folds a ticket up to one of its events; `undefined` when it is not among them. Events in the order of the stream. */
export const replayedStep = (events: readonly RecordedFact<TicketFact>[], eventId: string): ReplayedStep | undefined => {
  const place = events.findIndex(({ id }) => id === eventId);
  return replayedSteps(events.slice(0, place + 1)).at(-1);
};
