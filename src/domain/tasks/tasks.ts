import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import { countsAsTold } from '../ticket/changes';
import { type CorrectedThing, needsOf, type TaskKind, type TicketFact } from '../ticket/facts';
import { personTellsFrom } from '../ticket/deadlines';
import { recordingKeptUntil } from '../ticket/recording';
import { civilDateOf, startOfNextDay } from '../time/civil-time';
import type { Slot } from '../time/slot';

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
  /** of a document’s number that is to be corrected: the amendment’s; left out, the resolution’s own */
  readonly amendment?: number;
  /** of an objection that is to be answered: what was corrected */
  readonly correctionOf?: CorrectedThing;
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
  /** how many amendments there are of it; left out, none */
  readonly amendments?: number;
  readonly recordingSettled: boolean;
  /** A13: for how long the recording is kept, and once held until when */
  readonly recordingKeptDays?: number;
  readonly recordingKeptUntil?: Instant;
  readonly tasks: readonly PlannedTask[];
};

const isSameTask = (a: Pick<PlannedTask, 'kind' | 'subjectId'>, b: Pick<PlannedTask, 'kind' | 'subjectId'>): boolean =>
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

/** What an ending, or a meeting that took place, leaves nothing to do about. */
const beforeTheMeeting: readonly TaskKind[] = [
  'create-meeting',
  'must-be-rescheduled',
  'notify-citizen',
  'request-changed',
  'record-outcome',
  'send-letter',
  'follow-up-bounce',
  'assign-staff',
];

/** What needs the citizen's name or address. */
const towardsTheCitizen: readonly TaskKind[] = ['notify-citizen', 'send-letter', 'follow-up-bounce', 'correction-disputed'];

/**
 * What is over with the citizen's personal data: the resolution, which stays, is still owed to the archive and to a citizen who asks at the
 * counter.
 */
export const endsWithErasure = (kind: TaskKind): boolean => kind === 'must-be-rescheduled' || towardsTheCitizen.includes(kind);

/** After it the citizen has met, missed or called off the meeting wherever it stood: they are told of no change any more. */
export const leavesNothingToTell = ({ type, data }: { readonly type: TicketFact['type']; readonly data: object }): boolean =>
  type === 'Held' || type === 'CitizenAbsent' || (type === 'Cancelled' && 'by' in data && data.by === 'citizen');

/** Whether what left held every amendment that there is. */
const isWhole = ({ amendments = 0 }: { readonly amendments?: number }, all: number): boolean => amendments >= all;

/** Whether this fact fulfils the duty, so that it need not be done any more. */
const isFulfilledBy = ({ kind, subjectId, amendment }: PlannedTask, fact: TicketFact, all: number): boolean => {
  const isOneOf = (...kinds: readonly TaskKind[]): boolean => kinds.includes(kind);
  switch (fact.type) {
    case 'Rescheduled':
      return isOneOf('create-meeting', 'must-be-rescheduled', 'assign-staff', 'notify-citizen', 'record-outcome');
    case 'ModeChanged':
      return kind === 'notify-citizen' || (kind === 'create-meeting' && !needsOf(fact.data.mode).link);
    case 'Reassigned':
      return isOneOf('create-meeting', 'must-be-rescheduled', 'assign-staff', 'record-outcome');
    case 'MeetingLinkAttached':
      return kind === 'create-meeting';
    case 'InvitationSent':
      return kind === 'send-letter' || (kind === 'follow-up-bounce' && subjectId !== fact.data.letterId);
    case 'CitizenNotified': {
      const { outcome, letterId } = fact.data;
      if (!countsAsTold(outcome)) return false;
      if (outcome === 'declined-new-slot' && kind === 'must-be-rescheduled') return true;
      return isOneOf('notify-citizen', 'send-letter') || (kind === 'follow-up-bounce' && subjectId !== letterId);
    }
    case 'NewHourGiven':
      return kind === 'must-be-rescheduled';
    case 'MeetingRemoved':
      return kind === 'remove-meeting';
    case 'StaffAbsent':
      return isOneOf('create-meeting', 'record-outcome', 'must-be-rescheduled');
    case 'Held':
    case 'CitizenAbsent':
    case 'Cancelled':
    case 'Lapsed':
      return beforeTheMeeting.includes(kind);
    case 'RecordingAttached':
    case 'RecordingDeleted':
    case 'RecordingMissing':
    case 'RecordingWaived':
      return kind === 'attach-recording';
    case 'ContinuedOtherwise':
      return kind === 'attach-recording' && !fact.data.wasOnline;
    case 'ResolutionIssued':
      return kind === 'write-resolution';
    case 'ResolutionFiled':
      return kind === 'file-resolution' || (kind === 'correct-filing' && amendment === fact.data.amendment);
    case 'ResolutionSent':
      if (kind === 'hand-over-resolution') return isWhole(fact.data, all);
      return kind === 'send-letter' || (kind === 'follow-up-bounce' && subjectId !== fact.data.letterId);
    case 'ResolutionHandedOver':
      return kind === 'hand-over-resolution' ? isWhole(fact.data, all) : isOneOf('send-letter', 'follow-up-bounce');
    case 'PersonalDataErased':
      return endsWithErasure(kind);
    default:
      return false;
  }
};

/** A fact with the id and instant of its event. */
type FactAt = { readonly fact: TicketFact; readonly id: string; readonly at: Instant };

type NewTask = Pick<PlannedTask, 'kind' | 'subjectId' | 'dueAt' | 'amendment' | 'correctionOf'> & { readonly since?: Instant | undefined };

const withTask = (plan: TaskPlan, at: Instant, { kind, subjectId, dueAt, since, amendment, correctionOf }: NewTask): TaskPlan => {
  const task: PlannedTask = { kind, subjectId, state: 'planned', since: since ?? at, ...defined({ dueAt, amendment, correctionOf }) };
  const known = plan.tasks.find((other) => isSameTask(other, task));
  if (known === undefined) return { ...plan, tasks: [...plan.tasks, task] };
  // It is asked for again before its time: then it is needed now.
  if (known.state !== 'planned' || known.since <= task.since) return plan;
  return { ...plan, tasks: plan.tasks.map((other) => (other === known ? { ...known, since: task.since } : other)) };
};

/** Art. 7: one answer answers one objection, the newest that is open to a correction of that kind. */
const newestObjection = (open: readonly PlannedTask[], of: CorrectedThing): readonly PlannedTask[] => {
  const objections = open.filter(({ kind, correctionOf }) => kind === 'correction-disputed' && correctionOf === of);
  // they are raised in their order: one that is not yet is newer than all that are
  const newest = objections.findLast(({ state }) => state === 'planned') ?? objections.at(-1);
  return newest === undefined ? [] : [newest];
};

/** What is fulfilled before a person was asked is forgotten; what was raised must be ended. */
const withoutFulfilled = (plan: TaskPlan, { fact, at }: FactAt): TaskPlan => {
  const open = plan.tasks.filter(({ state }) => state !== 'over');
  const fulfilled =
    fact.type === 'ObjectionAnswered'
      ? newestObjection(open, fact.data.correctionOf)
      : open.filter((task) => isFulfilledBy(task, fact, plan.amendments ?? 0));
  if (fulfilled.length === 0) return plan;
  const tasks = plan.tasks.flatMap((task): readonly PlannedTask[] => {
    if (!fulfilled.includes(task)) return [task];
    return task.state === 'planned' ? [] : [{ ...task, state: 'over', since: at }];
  });
  return { ...plan, tasks };
};

/** C20: at the end of the day on which it was to be, a meeting without a recorded outcome becomes a task. */
const expectOutcome = (plan: TaskPlan, at: Instant, startsAt: Instant, holdId: string): TaskPlan =>
  withTask(plan, at, {
    kind: 'record-outcome',
    subjectId: holdId,
    since: startOfNextDay(civilDateOf(startsAt)),
    ...defined({ dueAt: plan.outcomeDueAt }),
  });

const expectNotice = (plan: TaskPlan, { id, at }: FactAt, dueAt: Instant | undefined): TaskPlan => {
  const known = dueAt === undefined ? plan : { ...plan, noticeDueAt: dueAt };
  if (plan.emailGiven && dueAt === undefined) return known;
  return withTask(known, at, {
    kind: 'notify-citizen',
    subjectId: id,
    ...defined({ dueAt }),
    since: dueAt === undefined ? at : personTellsFrom(plan.emailGiven, { since: at, limitAt: dueAt }),
  });
};

/** A11: without an e-mail the resolution is posted or picked up, once it is written and the meeting is over (A18). */
const expectHandOver = (plan: TaskPlan, { id, at }: FactAt): TaskPlan =>
  plan.emailGiven || !plan.issued || plan.handOverDueAt === undefined
    ? plan
    : withTask(plan, at, { kind: 'hand-over-resolution', subjectId: id, dueAt: plan.handOverDueAt });

const afterHeld = (plan: TaskPlan, told: FactAt & { readonly fact: Extract<TicketFact, { type: 'Held' }> }): TaskPlan => {
  const { at, id, fact } = told;
  const { endedAt, resolutionTargetAt, resolutionHardLimitAt, recordingDueAt, staffId } = fact.data;
  const kept = defined({ recordingKeptUntil: recordingKeptUntil(defined({ keptDays: plan.recordingKeptDays }), endedAt) });
  let next: TaskPlan = { ...plan, staffId, handOverDueAt: resolutionHardLimitAt, ...kept };
  if (!plan.issued) next = withTask(next, at, { kind: 'write-resolution', subjectId: id, dueAt: resolutionTargetAt });
  if (recordingDueAt !== undefined && !plan.recordingSettled) {
    next = withTask(next, at, { kind: 'attach-recording', subjectId: id, dueAt: recordingDueAt });
  }
  return expectHandOver(next, told);
};

const withRaised = (plan: TaskPlan, { at, fact }: FactAt & { readonly fact: Extract<TicketFact, { type: 'TaskRaised' }> }): TaskPlan => {
  const { taskId, kind, dueAt, subjectId = taskId } = fact.data;
  const planned = plan.tasks.find((task) => isSameTask(task, { kind, subjectId }));
  const raised: PlannedTask = {
    kind,
    subjectId,
    state: 'raised',
    since: at,
    taskId,
    ...defined({ dueAt, amendment: planned?.amendment, correctionOf: planned?.correctionOf }),
  };
  return { ...plan, tasks: [...plan.tasks.filter((task) => !isSameTask(task, raised)), raised] };
};

/** A14: the newest notice that the citizen accepted says for how long the recording is kept. */
const withNoticeOf = (plan: TaskPlan, { data }: Extract<TicketFact, { type: 'Rescheduled' | 'ModeChanged' }>): TaskPlan => {
  if (data.recordingNotice === undefined) return plan;
  const { recordingKeptDays: _, ...rest } = plan;
  return { ...rest, ...defined({ recordingKeptDays: data.recordingNotice.keptDays }) };
};

/** Art. 5: a person who was asked for the link, with a task that has not ended, is asked for it still once the meeting is online again. */
const withLinkNeededAgain = (plan: TaskPlan, { at }: FactAt, { data }: Extract<TicketFact, { type: 'ModeChanged' }>): TaskPlan => {
  if (!needsOf(data.mode).link) return plan;
  const tasks = plan.tasks.map((task): PlannedTask =>
    task.state === 'over' && isSameTask(task, { kind: 'create-meeting', subjectId: data.holdId })
      ? { ...task, state: 'raised', since: at }
      : task,
  );
  return { ...plan, tasks };
};

/** The plan after one more fact of the ticket; nothing before `Requested`. */
export const planAfter = (plan: TaskPlan | undefined, told: FactAt): TaskPlan | undefined => {
  const { fact, id, at } = told;
  if (fact.type === 'Requested') {
    const { staffId, contact, recordingNotice } = fact.data;
    const kept = defined({ recordingKeptDays: recordingNotice?.keptDays });
    return { staffId, emailGiven: contact.email !== undefined, issued: false, recordingSettled: false, ...kept, tasks: [] };
  }
  if (plan === undefined) return undefined;
  const open = withoutFulfilled(plan, told);
  switch (fact.type) {
    case 'Scheduled':
    case 'Rescheduled': {
      const { staffId, slot, holdId, outcomeDueAt } = fact.data;
      const known = fact.type === 'Rescheduled' ? withNoticeOf(open, fact) : open;
      const next = expectOutcome({ ...known, staffId, outcomeDueAt }, at, slot.startsAt, holdId);
      return fact.type === 'Rescheduled' && fact.data.by === 'staff' ? expectNotice(next, told, fact.data.noticeDueAt) : next;
    }
    case 'ContactCorrected':
      return fact.data.email === undefined ? open : { ...open, emailGiven: true };
    case 'Reassigned': {
      const { staffId, slot, holdId, noticeDueAt } = fact.data;
      return expectNotice(expectOutcome({ ...open, staffId }, at, slot.startsAt, holdId), told, noticeDueAt);
    }
    case 'ModeChanged': {
      const { by, noticeDueAt } = fact.data;
      const next = withLinkNeededAgain(withNoticeOf(open, fact), told, fact);
      return by === 'staff' ? expectNotice(next, told, noticeDueAt) : next;
    }
    case 'Cancelled': {
      const { by, noticeDueAt, newHourOwed, newSlotDueAt } = fact.data;
      if (by === 'citizen') return open;
      const next = newHourOwed
        ? withTask(open, at, { kind: 'must-be-rescheduled', subjectId: id, ...defined({ dueAt: newSlotDueAt }) })
        : open;
      return expectNotice(next, told, noticeDueAt);
    }
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
    case 'CorrectionDisputed':
      return withTask(open, at, { kind: 'correction-disputed', subjectId: id, correctionOf: fact.data.correctionOf });
    case 'RecordingTakenBack': {
      if (!fact.data.owed) return open;
      const due = defined({ dueAt: fact.data.recordingDueAt });
      return withTask({ ...open, recordingSettled: false }, at, { kind: 'attach-recording', subjectId: id, ...due });
    }
    case 'HandOverTakenBack': {
      const owed = fact.data.stands === undefined;
      return owed ? withTask(open, at, { kind: 'hand-over-resolution', subjectId: id, ...defined({ dueAt: open.handOverDueAt }) }) : open;
    }
    case 'RecordingWithdrawn':
      // What is gone after its time is not asked for.
      if (open.recordingKeptUntil !== undefined && fact.data.noticedAt >= open.recordingKeptUntil) return open;
      return withTask(open, at, { kind: 'attach-recording', subjectId: id });
    case 'ResolutionIssued':
      return expectHandOver({ ...open, issued: true }, told);
    case 'ResolutionAmended':
      return expectHandOver({ ...open, amendments: fact.data.amendment, handOverDueAt: fact.data.resolutionHardLimitAt }, told);
    case 'FilingDisproved': {
      const { amendment } = fact.data;
      return withTask(open, at, { kind: 'correct-filing', subjectId: id, ...defined({ dueAt: open.handOverDueAt, amendment }) });
    }
    case 'CitizenNotified': {
      const { about, outcome, letterId = id } = fact.data;
      // The confirmation of what the citizen cancelled is not owed.
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

/** Art. 8. Until when a meeting that cannot take place at its hour must have another: no citizen may come to it in vain. */
export const moveDue = ({ startsAt }: Slot): Instant => startsAt;
