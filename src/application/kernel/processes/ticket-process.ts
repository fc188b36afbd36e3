import type { DomainEvent } from '../../../domain/facts';
import type { Decision } from '../../../domain/kernel/decider';
import { defined } from '../../../domain/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import { isRefusal } from '../../../domain/kernel/refusal';
import type { TicketFact } from '../../../domain/ticket/facts';
import { isRequested, type RequestedTicket, type TicketState } from '../../../domain/ticket/state';
import type { CommandContext } from '../execute';
import { tickets } from '../streams';
import type { Ports } from '../ports/ports';
import type { Columns } from '../ports/projection';
import type { Condition } from '../ports/read-models';
import type { Waits } from './back-off';
import { type Process, type Todo, todoColumns } from './process';

export type TicketEvent = Extract<DomainEvent, { category: 'ticket' }>;

/** A to-do of one ticket. `causeId` is the event that asks for the effect; the ids of its outcome derive from it. */
export type TicketTodo = Todo & { readonly causeId: string; readonly correlationId: string };

/** What an effect works with: the to-do as the log itself says it, the ticket, and on whose behalf. */
export type TicketWork<T extends TicketTodo> = {
  readonly todo: T;
  readonly ticketId: string;
  readonly ticket: RequestedTicket;
  /** the event that asks for the effect */
  readonly cause: TicketFact;
  readonly at: Instant;
  readonly context: CommandContext;
};

export type TicketProcess<T extends TicketTodo> = {
  readonly name: string;
  readonly version: number;
  readonly attempts: number;
  readonly waits?: Waits;
  readonly uselessAfter?: (todo: T) => Instant | undefined;
  /** The to-do after this fact of the ticket. */
  readonly evolve: (todo: T | undefined, event: TicketEvent) => T | undefined;
  readonly again?: (todo: T, at: Instant) => Instant | undefined;
  readonly among?: (at: Instant) => readonly Condition[];
  readonly columns?: Columns;
  readonly indexes?: readonly (readonly string[])[];
  perform(ports: Ports, work: TicketWork<T>): Promise<void>;
  giveUp(ports: Ports, work: TicketWork<T>): Promise<void>;
};

const prefix = 'ticket-';
export const ticketIdOf = (event: TicketEvent): string => event.stream.slice(prefix.length);

/** What every row says of itself and of the event that asks for the effect. */
export const causedBy = (event: TicketEvent): { readonly key: string; readonly causeId: string; readonly correlationId: string } => ({
  key: ticketIdOf(event),
  causeId: event.id,
  correlationId: event.correlationId,
});

/** On behalf of the process: the same cause and effect are the same command, however often it runs. */
export const effectContext = (
  ports: Ports,
  effect: { readonly process: string; readonly causeId: string; readonly correlationId: string; readonly at: Instant },
): CommandContext => ({
  commandId: ports.identifiers.derive(effect.causeId, effect.process),
  correlationId: effect.correlationId,
  causationId: effect.causeId,
  actor: { kind: 'system', id: effect.process },
  at: effect.at,
});

/** Appends an outcome to the ticket. An outcome is accepted in every state: a refusal here is a fault of ours. */
export const noteOutcome = async (
  ports: Ports,
  work: { readonly ticketId: string; readonly context: CommandContext },
  step: string,
  decide: (state: TicketState) => Decision<TicketFact>,
): Promise<void> => {
  const executed = await tickets.of(ports, work.ticketId).transact(work.context, step, decide);
  if (isRefusal(executed)) throw new OutcomeRefused(`The outcome ${step} was refused: ${executed.code}.`);
};
class OutcomeRefused extends Error {
  override readonly name = 'OutcomeRefused';
}

/**
 * A process over the facts of one ticket. Before anything is done the to-do is folded again from the ticket's own stream,
 * with the same function that made the row: a table that lags behind causes nothing twice.
 */
export const ticketProcess = <T extends TicketTodo>(definition: TicketProcess<T>): Process<T> => {
  const { name, version, attempts, waits, uselessAfter, evolve, again, among, columns, indexes } = definition;
  const effectId = ({ key, causeId, dueAt }: T): string => `${name}:${key}:${causeId}:${dueAt ?? ''}`;

  const current = async (ports: Ports, row: T, at: Instant): Promise<TicketWork<T> | undefined> => {
    const { state, events } = await tickets.of(ports, row.key).load();
    let todo: T | undefined;
    for (const event of events) todo = evolve(todo, { ...event, category: 'ticket' });
    const cause = events.find(({ id }) => id === todo?.causeId)?.fact;
    if (!isRequested(state) || cause === undefined || todo?.dueAt === undefined || todo.dueAt > at || effectId(todo) !== effectId(row))
      return undefined;
    const { causeId, correlationId } = todo;
    const context = effectContext(ports, { process: name, causeId, correlationId, at });
    return { todo, ticketId: row.key, ticket: state, cause, at, context };
  };

  return {
    name,
    version,
    attempts,
    ...defined({ waits, uselessAfter }),
    columns: { ...todoColumns, ...columns },
    ...defined({ indexes, again, among }),
    keysOf: (event) => (event.category === 'ticket' ? [ticketIdOf(event)] : []),
    apply: (row, event) => (event.category === 'ticket' ? evolve(row, event) : row),
    effectId,
    perform: async (ports, row, at) => {
      const work = await current(ports, row, at);
      if (work) await definition.perform(ports, work);
    },
    giveUp: async (ports, row, at) => {
      const work = await current(ports, row, at);
      if (work) await definition.giveUp(ports, work);
    },
  };
};
