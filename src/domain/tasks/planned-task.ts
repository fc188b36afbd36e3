import type { Instant } from '../kernel/instant';
import type { TaskKind } from '../ticket/facts';

/**
 * One thing that only a person can do about a ticket: known by its kind and by what it is about.
 * `planned` until its time comes, then `raised`; `over` once it was raised and its duty has been fulfilled.
 */
export type PlannedTask = {
  readonly kind: TaskKind;
  /** a hold, a letter or the fact that opened the duty */
  readonly subjectId: string;
  readonly state: 'planned' | 'raised' | 'over';
  /** when a person is asked; once `over`, when the duty was fulfilled */
  readonly since: Instant;
  readonly dueAt?: Instant;
  /** once raised */
  readonly taskId?: string;
};

/** What is known of a ticket's duties, and the tasks that follow. */
export type TaskPlan = {
  readonly staffId: string;
  readonly emailGiven: boolean;
  /** of the meeting as it stands */
  readonly outcomeDueAt?: Instant;
  /** of the newest change by staff */
  readonly noticeDueAt?: Instant;
  /** once held: the hard limit of A17 */
  readonly handOverDueAt?: Instant;
  readonly issued: boolean;
  readonly recordingSettled: boolean;
  readonly tasks: readonly PlannedTask[];
};

export const isSameTask = (a: Pick<PlannedTask, 'kind' | 'subjectId'>, b: Pick<PlannedTask, 'kind' | 'subjectId'>): boolean =>
  a.kind === b.kind && a.subjectId === b.subjectId;

/** Which tasks stand to be raised or ended at this instant. */
export const tasksToTell = ({ tasks }: TaskPlan, at: Instant): readonly PlannedTask[] =>
  tasks.filter(({ state, since }) => state !== 'raised' && since <= at);

/** When the next task stands to be raised or ended; `undefined` when no one does. */
export const nextTaskAt = ({ tasks }: TaskPlan): Instant | undefined =>
  tasks
    .filter(({ state }) => state !== 'raised')
    .map(({ since }) => since)
    .toSorted()[0];
