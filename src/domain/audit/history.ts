import type { Actor, Instant, RecordedFact } from '../kernel/fact';
import { type TaskKind, type TicketFact, ticketFactShapes } from '../ticket/facts';
import { publicStatus, type TicketState, type TicketStatus, ticket } from '../ticket/ticket';

const ofTask: Readonly<Record<TaskKind, string>> = {
  'create-meeting': '5',
  'remove-meeting': '5',
  'must-be-rescheduled': '8',
  'notify-citizen': '8',
  'request-changed': '2',
  'write-resolution': '7',
  'record-outcome': '6',
  'attach-recording': '5',
  'hand-over-resolution': '7',
  'file-resolution': '7',
  'correct-filing': '7',
  'send-letter': '3 e',
  'follow-up-bounce': '7',
  'assign-staff': '1',
  'facts-lost': '8',
  'correction-disputed': '7',
  'accept-move': '8',
};

/** The article that asks for a task of this kind. */
export const articleOfTask = (kind: TaskKind): string => ofTask[kind];

/** The article that allowed this fact. `before` tells which task a done one was. */
const articleOf = (fact: TicketFact, before: TicketState): string => {
  if (fact.type === 'Rescheduled') return fact.data.by === 'staff' ? '8' : '4';
  if (fact.type === 'ModeChanged') return fact.data.by === 'staff' ? '8' : ticketFactShapes.ModeChanged.article;
  if (fact.type === 'Cancelled') return fact.data.by === 'staff' ? '8' : '3 c';
  if (fact.type === 'TaskRaised') return articleOfTask(fact.data.kind);
  if (fact.type !== 'TaskDone') return ticketFactShapes[fact.type].article;
  const task = 'tasks' in before ? before.tasks[fact.data.taskId] : undefined;
  return task === undefined ? ticketFactShapes.TaskDone.article : articleOfTask(task.kind);
};

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
  // Before the first event there is nothing: all that it tells has changed.
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
    // No ticket begins with anything but Requested or the fence; events before one of them made no ticket.
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

/** One event of a ticket's life between what the ticket was before it and what it was after. */
export type ReplayedStep = { readonly event: RecordedFact<TicketFact>; readonly before: TicketState; readonly after: TicketState };

/** A ticket folded event by event. Events in the order of the stream. */
export const replayedSteps = (events: readonly RecordedFact<TicketFact>[]): readonly ReplayedStep[] => {
  let before = ticket.initial;
  return events.map((event) => {
    const step = { event, before, after: ticket.evolve(before, event.fact) };
    before = step.after;
    return step;
  });
};

/** Folds a ticket up to one of its events; `undefined` when it is not among them. Events in the order of the stream. */
export const replayedStep = (events: readonly RecordedFact<TicketFact>[], eventId: string): ReplayedStep | undefined => {
  const place = events.findIndex(({ id }) => id === eventId);
  return replayedSteps(events.slice(0, place + 1)).at(-1);
};
