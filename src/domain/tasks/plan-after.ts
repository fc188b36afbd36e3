import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import type { TicketFact } from '../ticket/facts';
import { civilDateOf, startOfNextDay } from '../time/civil-time';
import { isFulfilledBy } from './fulfilled-by';
import { isSameTask, type PlannedTask, type TaskPlan } from './planned-task';

/** A fact with the id and instant of its event. */
export type FactAt = { readonly fact: TicketFact; readonly id: string; readonly at: Instant };

type NewTask = Pick<PlannedTask, 'kind' | 'subjectId' | 'dueAt'> & { readonly since?: Instant | undefined };

const withTask = (plan: TaskPlan, at: Instant, { kind, subjectId, dueAt, since }: NewTask): TaskPlan => {
  const task: PlannedTask = { kind, subjectId, state: 'planned', since: since ?? at, ...defined({ dueAt }) };
  const known = plan.tasks.find((other) => isSameTask(other, task));
  if (known === undefined) return { ...plan, tasks: [...plan.tasks, task] };
  // It is asked for again before its time: then it is needed now.
  if (known.state !== 'planned' || known.since <= task.since) return plan;
  return { ...plan, tasks: plan.tasks.map((other) => (other === known ? { ...known, since: task.since } : other)) };
};

/** What is fulfilled before anybody was asked is forgotten; what was raised must be ended. */
const withoutFulfilled = (plan: TaskPlan, { fact, at }: FactAt): TaskPlan => {
  const fulfilled = plan.tasks.filter((task) => task.state !== 'over' && isFulfilledBy(task, fact));
  if (fulfilled.length === 0) return plan;
  const tasks = plan.tasks.flatMap((task): readonly PlannedTask[] => {
    if (!fulfilled.includes(task)) return [task];
    return task.state === 'planned' ? [] : [{ ...task, state: 'over', since: at }];
  });
  return { ...plan, tasks };
};

/** C20: at the end of the day on which it was to be, a meeting whose outcome nobody told becomes a task. */
const expectOutcome = (plan: TaskPlan, at: Instant, startsAt: Instant, holdId: string): TaskPlan =>
  withTask(plan, at, {
    kind: 'record-outcome',
    subjectId: holdId,
    since: startOfNextDay(civilDateOf(startsAt)),
    ...defined({ dueAt: plan.outcomeDueAt }),
  });

/** A21: whoever has no e-mail is told by a person at once; whoever has one, once the time for the letter is over. */
const expectNotice = (plan: TaskPlan, { id, at }: FactAt, dueAt: Instant | undefined): TaskPlan => {
  const known = dueAt === undefined ? plan : { ...plan, noticeDueAt: dueAt };
  if (plan.emailGiven && dueAt === undefined) return known;
  return withTask(known, at, {
    kind: 'notify-citizen',
    subjectId: id,
    ...defined({ dueAt }),
    since: plan.emailGiven ? dueAt : at,
  });
};

/** A11: without an e-mail the resolution is posted or picked up, once it is written and the meeting is over (A18). */
const expectHandOver = (plan: TaskPlan, { id, at }: FactAt): TaskPlan =>
  plan.emailGiven || !plan.issued || plan.handOverDueAt === undefined
    ? plan
    : withTask(plan, at, { kind: 'hand-over-resolution', subjectId: id, dueAt: plan.handOverDueAt });

const afterHeld = (plan: TaskPlan, told: FactAt & { readonly fact: Extract<TicketFact, { type: 'Held' }> }): TaskPlan => {
  const { at, id, fact } = told;
  const { resolutionTargetAt, resolutionHardLimitAt, recordingDueAt, staffId } = fact.data;
  let next: TaskPlan = { ...plan, staffId, handOverDueAt: resolutionHardLimitAt };
  if (!plan.issued) next = withTask(next, at, { kind: 'write-resolution', subjectId: id, dueAt: resolutionTargetAt });
  if (recordingDueAt !== undefined && !plan.recordingSettled) {
    next = withTask(next, at, { kind: 'attach-recording', subjectId: id, dueAt: recordingDueAt });
  }
  return expectHandOver(next, told);
};

const withRaised = (plan: TaskPlan, { at, fact }: FactAt & { readonly fact: Extract<TicketFact, { type: 'TaskRaised' }> }): TaskPlan => {
  const { taskId, kind, dueAt, subjectId = taskId } = fact.data;
  const raised: PlannedTask = { kind, subjectId, state: 'raised', since: at, taskId, ...defined({ dueAt }) };
  return { ...plan, tasks: [...plan.tasks.filter((task) => !isSameTask(task, raised)), raised] };
};

/** The plan after one more fact of the ticket; nothing before `Requested`. */
export const planAfter = (plan: TaskPlan | undefined, told: FactAt): TaskPlan | undefined => {
  const { fact, id, at } = told;
  if (fact.type === 'Requested') {
    const { staffId, contact } = fact.data;
    return { staffId, emailGiven: contact.email !== undefined, issued: false, recordingSettled: false, tasks: [] };
  }
  if (plan === undefined) return undefined;
  const open = withoutFulfilled(plan, told);
  switch (fact.type) {
    case 'Scheduled':
    case 'Rescheduled': {
      const { staffId, slot, holdId, outcomeDueAt } = fact.data;
      const next = expectOutcome({ ...open, staffId, outcomeDueAt }, at, slot.startsAt, holdId);
      return fact.type === 'Rescheduled' && fact.data.by === 'staff' ? expectNotice(next, told, fact.data.noticeDueAt) : next;
    }
    case 'Reassigned': {
      const { staffId, slot, holdId } = fact.data;
      return expectNotice(expectOutcome({ ...open, staffId }, at, slot.startsAt, holdId), told, undefined);
    }
    case 'Cancelled':
      return fact.data.by === 'staff' ? expectNotice(open, told, fact.data.noticeDueAt) : open;
    case 'StaffAbsent': {
      const { noticeDueAt, newSlotDueAt } = fact.data;
      const next = withTask(open, at, { kind: 'must-be-rescheduled', subjectId: id, dueAt: newSlotDueAt });
      return expectNotice(next, told, noticeDueAt);
    }
    case 'Held':
      return afterHeld(open, { ...told, fact });
    case 'RecordingAttached':
    case 'RecordingMissing':
    case 'RecordingWaived':
      return { ...open, recordingSettled: true };
    case 'RecordingWithdrawn':
      return withTask(open, at, { kind: 'attach-recording', subjectId: id });
    case 'ResolutionIssued':
      return expectHandOver({ ...open, issued: true }, told);
    case 'CitizenNotified': {
      const { about, outcome, letterId = id } = fact.data;
      // The confirmation of what the citizen cancelled is owed to nobody.
      if (outcome !== 'bounced' || (about === 'cancelled' && open.noticeDueAt === undefined)) return open;
      return withTask(open, at, {
        kind: 'notify-citizen',
        subjectId: letterId,
        ...defined({ dueAt: open.noticeDueAt }),
      });
    }
    case 'InvitationBounced':
    case 'ResolutionBounced':
      return withTask(open, at, { kind: 'follow-up-bounce', subjectId: fact.data.letterId, dueAt: fact.data.followUpDueAt });
    case 'TaskRaised':
      return withRaised(open, { ...told, fact });
    case 'TaskDone':
      return { ...open, tasks: open.tasks.filter(({ taskId }) => taskId !== fact.data.taskId) };
    default:
      return open;
  }
};
