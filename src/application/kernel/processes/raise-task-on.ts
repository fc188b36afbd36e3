import { noChange } from '../../../domain/kernel/decider';
import { defined } from '../../../domain/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import type { TaskKind } from '../../../domain/ticket/facts';
import { isRequested, type RequestedTicket, type TaskState } from '../../../domain/ticket/state';
import { finishTask, raiseTask } from '../../../domain/ticket/tasks';
import type { CommandContext } from '../execute';
import type { Ports } from '../ports/ports';
import { noteOutcome } from './ticket-process';

export type TaskToRaise = {
  readonly kind: TaskKind;
  readonly staffId: string;
  readonly subjectId: string;
  readonly dueAt?: Instant;
};

const isAbout = (task: TaskState, { kind, subjectId }: Pick<TaskToRaise, 'kind' | 'subjectId'>): boolean =>
  task.kind === kind && task.subjectId === subjectId;

/** Asks a person, unless one is asked already. What was done and is needed again is another task. */
export const raiseTaskOn = async (
  ports: Ports,
  work: { readonly ticketId: string; readonly context: CommandContext },
  task: TaskToRaise,
  stillNeeded: (ticket: RequestedTicket) => boolean = () => true,
): Promise<void> => {
  const { ticketId, context } = work;
  const { kind, staffId, subjectId, dueAt } = task;
  await noteOutcome(ports, work, `raise ${kind} ${subjectId}`, (state) => {
    if (!isRequested(state) || !stillNeeded(state)) return noChange();
    const earlier = Object.values(state.tasks).filter((known) => isAbout(known, task));
    if (earlier.some((known) => !known.done)) return noChange();
    const taskId = ports.identifiers.derive('task', ticketId, kind, subjectId, String(earlier.length));
    return raiseTask({ taskId, kind, staffId, raisedAt: context.at, subjectId, ...defined({ dueAt }) }, state);
  });
};

/** Nobody needs to do it any more. */
export const endTaskOn = async (
  ports: Ports,
  work: { readonly ticketId: string; readonly context: CommandContext },
  about: Pick<TaskToRaise, 'kind' | 'subjectId'>,
): Promise<void> =>
  noteOutcome(ports, work, `end ${about.kind} ${about.subjectId}`, (state) => {
    const open = isRequested(state) ? Object.values(state.tasks).find((task) => isAbout(task, about) && !task.done) : undefined;
    return open ? finishTask({ taskId: open.taskId, at: work.context.at }, state) : noChange();
  });
