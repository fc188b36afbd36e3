import type { Actor } from '../../domain/kernel/fact';
import type { Instant } from '../../domain/kernel/instant';
import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { ticketStream } from '../../domain/ticket/facts';
import { publicStatus, type TicketStatus } from '../../domain/ticket/state';
import { ticket } from '../../domain/ticket/ticket';
import { loadStream } from '../execute';
import type { Ports } from '../ports/ports';
import { articleOf } from './article-of';

export type HistoryAsked = { readonly ticketId: string; readonly asOf?: Instant };
/** One fact of the ticket. `changed` names the fields that it says; of personal ones, only that they were said. */
export type HistoryStep = {
  readonly position: string;
  readonly eventId: string;
  readonly type: string;
  readonly at: Instant;
  readonly actor: Actor;
  readonly article: string;
  readonly state: TicketStatus | null;
  readonly changed: readonly string[];
};
export type TicketHistory = { readonly ticketId: string; readonly steps: readonly HistoryStep[] };

/** The ticket's life step by step, from the log itself. */
export const ticketHistory =
  (ports: Ports) =>
  async ({ ticketId, asOf }: HistoryAsked): Promise<TicketHistory | Refusal> => {
    const { events } = await loadStream(ports, ticket, ticketStream(ticketId));
    if (events.length === 0) return refuse('not-found');
    let state = ticket.initial;
    const steps: HistoryStep[] = [];
    for (const { fact, id, position, recordedAt, actor } of events) {
      if (asOf !== undefined && recordedAt > asOf) break;
      state = ticket.evolve(state, fact);
      steps.push({
        position,
        eventId: id,
        type: fact.type,
        at: recordedAt,
        actor,
        article: articleOf(fact.type),
        state: publicStatus(state) ?? null,
        changed: Object.keys(fact.data),
      });
    }
    return { ticketId, steps };
  };
