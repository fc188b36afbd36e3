import type { Actor, RecordedFact } from '../kernel/fact';
import type { Instant } from '../kernel/instant';
import type { TicketFact } from '../ticket/facts';
import { publicStatus, type TicketState, type TicketStatus } from '../ticket/state';
import { ticket } from '../ticket/ticket';
import { articleOf } from './article-of';

/** One event of a ticket's life, and what it made of the ticket. */
export type HistoryStep = {
  readonly position: string;
  readonly eventId: string;
  readonly type: TicketFact['type'];
  /** recordedAt */
  readonly at: Instant;
  readonly actor: Actor;
  /** article of the Annex that allowed it, as `3 e`; `D4` of the Order; `GDPR 17` for an erasure */
  readonly article: string;
  /** public status after it */
  readonly state: TicketStatus;
  /** names of what it changed, in alphabetical order; never the values */
  readonly changed: readonly string[];
};

type Named = Readonly<Record<string, unknown>>;

/** The ticket's parts by name, its place (slot, person, hold …) among them. */
export const partsOf = (state: TicketState): Named => ('booking' in state ? { ...state, ...state.booking, booking: undefined } : state);

const differ = (before: unknown, after: unknown): boolean => JSON.stringify(before) !== JSON.stringify(after);

const changedBy = (fact: TicketFact, before: TicketState, after: TicketState): readonly string[] => {
  // The first event finds nothing: it changed whatever it tells.
  if (before.status === 'absent') return ['status', ...Object.keys(fact.data)].toSorted();
  const [was, is] = [partsOf(before), partsOf(after)];
  return [...new Set([...Object.keys(was), ...Object.keys(is)])].filter((name) => differ(was[name], is[name])).toSorted();
};

/** A ticket's life, event by event, as it was known at `asOf` (without it: to the end). Events in the order of the stream. */
export const historySteps = (events: readonly RecordedFact<TicketFact>[], asOf?: Instant): readonly HistoryStep[] => {
  const steps: HistoryStep[] = [];
  let state = ticket.initial;
  for (const { position, id, fact, recordedAt, actor } of events) {
    if (asOf !== undefined && recordedAt > asOf) break;
    const before = state;
    state = ticket.evolve(state, fact);
    const shown = publicStatus(state);
    // No ticket begins with anything but Requested or the fence; whatever stands before one made no ticket.
    if (shown === undefined) continue;
    const article = articleOf(fact, before);
    steps.push({
      position,
      eventId: id,
      type: fact.type,
      at: recordedAt,
      actor,
      article,
      state: shown,
      changed: changedBy(fact, before, state),
    });
  }
  return steps;
};
