import { type HistoryStep, historySteps } from '../../domain/audit/history';
import type { Instant } from '../../domain/kernel/fact';
import { refuse, type Refusal } from '../../domain/kernel/refusal';
import { tickets } from '../kernel/streams';
import type { Ports } from '../kernel/ports/ports';
import { Query } from '../kernel/message';

export type HistoryAsked = { readonly ticketId: string; readonly asOf?: Instant };
export type TicketHistory = { readonly ticketId: string; readonly steps: readonly HistoryStep[] };

export class GetTicketHistory extends Query<HistoryAsked, TicketHistory | Refusal> {}

/** The ticket's life step by step, from the log itself. */
export const ticketHistory =
  (ports: Ports) =>
  async ({ ticketId, asOf }: HistoryAsked): Promise<TicketHistory | Refusal> => {
    const { events } = await tickets.of(ports, ticketId).load();
    return events.length === 0 ? refuse('not-found') : { ticketId, steps: historySteps(events, asOf) };
  };
