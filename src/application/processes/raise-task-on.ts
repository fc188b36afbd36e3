import { nothing } from '../../domain/kernel/decider';
import type { Instant } from '../../domain/kernel/instant';
import type { TaskKind } from '../../domain/ticket/facts';
import { isRequested, type RequestedTicket } from '../../domain/ticket/state';
import { raiseTask } from '../../domain/ticket/tasks';
import type { CommandContext } from '../execute';
import type { Ports } from '../ports/ports';
import { noteOutcome } from './ticket-process';

export type TaskToRaise = {
  readonly kind: TaskKind;
  readonly staffId: string;
  readonly subjectId: string;
  readonly dueAt?: Instant;
};

/** Asks a person. The same ticket, kind and subject are the same task, whoever raises it and however often. */
export const raiseTaskOn = async (
  ports: Ports,
  work: { readonly ticketId: string; readonly context: CommandContext },
  { kind, staffId, subjectId, dueAt }: TaskToRaise,
  stillNeeded: (ticket: RequestedTicket) => boolean = () => true,
): Promise<void> => {
  const { ticketId, context } = work;
  const taskId = ports.identifiers.derive('task', ticketId, kind, subjectId);
  await noteOutcome(ports, work, `raise ${kind} ${subjectId}`, (state) => {
    if (!isRequested(state) || !stillNeeded(state)) return nothing();
    return raiseTask({ taskId, kind, staffId, raisedAt: context.at, subjectId, ...(dueAt === undefined ? {} : { dueAt }) }, state);
  });
};
