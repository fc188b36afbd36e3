import { accept, noChange, type Decision } from '../kernel/decider';
import type { Instant } from '../kernel/fact';
import { refuse } from '../kernel/refusal';
import type { TaskDone, TaskKind, TaskRaised } from './facts';
import { isRequested, type TicketState } from './ticket';

/** A17: one task is due by its target; for every other task the due time is the limit. */
export const isDueByTarget = (kind: TaskKind): boolean => kind === 'write-resolution';

/** Something that only a person can do. Raised once, in any state of the ticket. */
export const raiseTask = (task: TaskRaised['data'], state: TicketState): Decision<TaskRaised> => {
  if (!isRequested(state)) return refuse('not-found');
  return state.tasks[task.taskId] === undefined ? accept({ type: 'TaskRaised', data: task }) : noChange();
};

/** It is done, or need not be done any more. Refuses `not-found` for a task that was never raised. */
export const finishTask = ({ taskId, at }: { readonly taskId: string; readonly at: Instant }, state: TicketState): Decision<TaskDone> => {
  const task = isRequested(state) ? state.tasks[taskId] : undefined;
  if (task === undefined) return refuse('not-found');
  return task.done ? noChange() : accept({ type: 'TaskDone', data: { taskId, doneAt: at } });
};
