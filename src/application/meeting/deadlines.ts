import { defined } from '@tichet-albastru/kernel/defined';
import { nextTaskAt, planAfter, type PlannedTask, type TaskPlan, tasksToTell } from '../../domain/tasks/tasks';
import { finishTask } from '../../domain/ticket/tasks';
import { documentsOf } from '../../domain/ticket/resolution';
import type { RequestedTicket } from '../../domain/ticket/ticket';
import type { Ports } from '../kernel/ports/ports';
import {
  causedBy,
  noteOutcome,
  raiseTaskOn,
  type TicketEvent,
  ticketProcess,
  type TicketTodo,
  type TicketWork,
} from '../kernel/processes/ticket-process';

/** The tasks of one ticket: due when the next one is to be raised or ended. */
export type DeadlineTodo = TicketTodo & { readonly plan: TaskPlan };

const evolve = (todo: DeadlineTodo | undefined, event: TicketEvent): DeadlineTodo | undefined => {
  const plan = planAfter(todo?.plan, { fact: event.fact, id: event.id, at: event.recordedAt });
  if (plan === undefined || plan === todo?.plan) return todo;
  const dueAt = nextTaskAt(plan);
  return { ...causedBy(event), ...defined({ dueAt }), plan };
};

/** A duty fulfilled since the plan was read makes no task: the fact that would end the task stands before it. */
const isStillOpen =
  ({ kind, amendment }: PlannedTask) =>
  ({ recording, resolution }: RequestedTicket): boolean => {
    if (kind === 'write-resolution') return resolution.issued === undefined;
    if (kind === 'correct-filing') return documentsOf(resolution).some((one) => one.amendment === amendment && one.filed === undefined);
    if (kind !== 'attach-recording') return true;
    // one that is gone may be brought back, or explained
    if (recording.withdrawn.length > 0) return true;
    return recording.attached.length === 0 && recording.missingSince === undefined && recording.waivedAt === undefined;
  };

const tell = async (ports: Ports, work: TicketWork<DeadlineTodo>, task: PlannedTask): Promise<void> => {
  const { kind, subjectId, state, taskId, dueAt } = task;
  if (state === 'planned') {
    const { staffId } = work.todo.plan;
    await raiseTaskOn(ports, work, { kind, subjectId, staffId, ...defined({ dueAt }) }, isStillOpen(task));
  } else if (taskId !== undefined) {
    await noteOutcome(ports, work, `finish ${taskId}`, (ticket) => finishTask({ taskId, at: work.at }, ticket));
  }
};

/**
 * Art. 5, 7, 8, A11, A13, A21: what only a person can do becomes a task when its time comes, and ends when the duty is fulfilled, also
 * where another process raised it.
 */
export const deadlinesProcess = ticketProcess<DeadlineTodo>({
  name: 'process-deadlines',
  version: 3,
  attempts: Number.POSITIVE_INFINITY,
  evolve,
  perform: async (ports, work) => {
    for (const task of tasksToTell(work.todo.plan, work.at)) await tell(ports, work, task);
  },
  giveUp: () => Promise.resolve(),
});
