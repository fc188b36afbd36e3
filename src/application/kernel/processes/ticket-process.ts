import type { DomainEvent } from '../../../domain/facts';
import { type Decision, noChange } from '../../../domain/kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../../../domain/kernel/fact';
import type { PersonalText } from '../../../domain/kernel/personal-text';
import { isRefusal } from '../../../domain/kernel/refusal';
import { needsOf, type TaskKind, type TicketFact } from '../../../domain/ticket/facts';
import { isRequested, type RequestedTicket, type TaskState, type TicketState } from '../../../domain/ticket/ticket';
import { movesLeft } from '../../../domain/ticket/changes';
import { finishTask, raiseTask } from '../../../domain/ticket/tasks';
import type { CommandContext } from '../execute';
import { inOneCommand, nothingKnown } from '@tichet-albastru/event-log/execute/load';
import type { CitizenLetter, LetterHead, MeetingDetails, MeetWith } from '../ports/correspondence';
import type { Delivery } from '../ports/mailer';
import type { CitizenLetterKind } from '../ports/operations';
import { erasedMark } from '../ports/personal-data';
import type { Ports } from '../ports/ports';
import type { Columns } from '@tichet-albastru/event-log/ports/projection';
import type { Condition } from '@tichet-albastru/event-log/ports/read-models';
import type { StreamCache } from '@tichet-albastru/event-log/execute/stream-cache';
import { currentStaff, tickets } from '../streams';
import { isDue, letterAttempts, letterWaits, type Process, type Todo, todoColumns, type Waits } from './process';

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
  /** the ticket as it was then: an outcome is appended behind it, or behind what came in between */
  readonly known: StreamCache;
};

type TicketProcess<T extends TicketTodo> = {
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
  asker: { kind: 'process', name: effect.process },
  actor: { kind: 'system', id: effect.process },
  at: effect.at,
});

type OutcomeOf = Pick<TicketWork<TicketTodo>, 'ticketId' | 'context'> & Partial<Pick<TicketWork<TicketTodo>, 'known'>>;

/** Appends an outcome to the ticket. An outcome is accepted in every state: a refusal here is a fault of ours. */
export const noteOutcome = async (
  ports: Ports,
  work: OutcomeOf,
  step: string,
  decide: (state: TicketState) => Decision<TicketFact>,
): Promise<void> => {
  const executed = await tickets.of(inOneCommand(ports, work.known), work.ticketId).transact(work.context, step, decide);
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
    const known = nothingKnown();
    const { state, events } = await tickets.of(inOneCommand(ports, known), row.key).load();
    let todo: T | undefined;
    for (const event of events) todo = evolve(todo, { ...event, category: 'ticket' });
    const cause = events.find(({ id }) => id === todo?.causeId)?.fact;
    if (!isRequested(state) || cause === undefined || todo === undefined || !isDue(todo, at) || effectId(todo) !== effectId(row))
      return undefined;
    const { causeId, correlationId } = todo;
    const context = effectContext(ports, { process: name, causeId, correlationId, at });
    return { todo, ticketId: row.key, ticket: state, cause, at, context, known };
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

type TaskToRaise = {
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
  work: OutcomeOf,
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

/** The task need not be done any more. */
export const endTaskOn = async (ports: Ports, work: OutcomeOf, about: Pick<TaskToRaise, 'kind' | 'subjectId'>): Promise<void> =>
  noteOutcome(ports, work, `end ${about.kind} ${about.subjectId}`, (state) => {
    const open = isRequested(state) ? Object.values(state.tasks).find((task) => isAbout(task, about) && !task.done) : undefined;
    return open ? finishTask({ taskId: open.taskId, at: work.context.at }, state) : noChange();
  });

/** A letter has the id of the fact that asks for it: made again, it is the same letter. */
export const letterIdOf = ({ causeId }: TicketTodo): string => causeId;

/** To whom and on which ticket; `undefined` when there is no address to write to any more (an erased person gets no letter). */
export const letterHead = (ports: Ports, { ticket, ticketId, todo }: TicketWork<TicketTodo>, issuedAt: Instant) =>
  letterHeadOf(ports, { ticket, ticketId, letterId: letterIdOf(todo), issuedAt });

export const letterHeadOf = async (
  ports: Ports,
  letter: {
    readonly ticket: RequestedTicket;
    readonly ticketId: string;
    readonly letterId: string;
    readonly issuedAt: Instant;
    /** left out, the address that holds */
    readonly address?: PersonalText;
  },
): Promise<LetterHead | undefined> => {
  const { ticket, ticketId, letterId, issuedAt, address = ticket.contact.email } = letter;
  if (ticket.erased || address === undefined) return undefined;
  const to = await ports.personalData.open(address);
  const name = await ports.personalData.open(ticket.contact.name);
  if (to === undefined || name === undefined) return undefined;
  const { reference, locale } = ticket;
  return { letterId, ticketId, reference, to, name, locale, publicUrl: ports.cityHall.publicUrl, issuedAt };
};

/** Art. 1: the person whom the citizen meets. */
export const meetWithOf = async (ports: Ports, staffId: string): Promise<MeetWith> => {
  const staff = await currentStaff(ports, staffId);
  if (staff.status === 'unknown') throw new StaffUnknown('The ticket names a person who was never registered.');
  const { role, department } = staff;
  return { name: (await ports.personalData.open(staff.name)) ?? erasedMark, role, department };
};
class StaffUnknown extends Error {
  override readonly name = 'StaffUnknown';
}

/** The meeting as it stands. */
export const meetingDetails = async (ports: Ports, { ticket }: TicketWork<TicketTodo>): Promise<MeetingDetails> => {
  const { booking, sequence, meetingLink } = ticket;
  const { slot, mode, staffId } = booking;
  const joinUrl = meetingLink && (await ports.personalData.open(meetingLink.joinUrl));
  return {
    slot,
    mode,
    meetWith: await meetWithOf(ports, staffId),
    sequence: Math.max(sequence, 0),
    movesLeft: movesLeft(ticket, ports.policies),
    ...(needsOf(mode).place ? { place: ports.cityHall.meetingPlace } : {}),
    ...defined({ joinUrl, recordingKeptDays: ticket.recordingNotice?.keptDays }),
  };
};

/** Erasing deletes the letters that it finds: one that was being written meanwhile is deleted by the process that wrote it. */
const forgetIfErased = async (ports: Ports, ticketId: string): Promise<void> => {
  const { state } = await tickets.of(ports, ticketId).load();
  if (isRequested(state) && state.erased) await ports.mailer.forget(ticketId);
};

/** Sends it, and keeps for `letters list` what became of it. A throw is worth another attempt. */
export const send = async (ports: Ports, request: CitizenLetter, at: Instant): Promise<Delivery> => {
  const { letterId, ticketId, kind } = request;
  const attempts = ((await ports.operations.outbox.get(letterId))?.attempts ?? 0) + 1;
  const note = async (state: 'accepted' | 'failed' | 'bounced'): Promise<void> =>
    ports.operations.outbox.note({ letterId, ticketId, kind, state, at, attempts });
  try {
    const delivery = await ports.mailer.send(ports.correspondence.compose(request));
    await note(delivery.kind === 'accepted' ? 'accepted' : 'bounced');
    // By these two one finds the letter again in the logs of the mail server; neither says to whom it went.
    if (delivery.kind === 'accepted') ports.logger.info('letter.accepted', { letterId, kind, queueId: delivery.queueId });
    else ports.logger.warn('letter.refused', { letterId, kind, reason: delivery.reason });
    return delivery;
  } catch (error) {
    await note('failed');
    throw error;
  } finally {
    await forgetIfErased(ports, ticketId);
  }
};

/** The citizen could not be written to: an official is asked to. */
const askToSend =
  (kind: CitizenLetterKind) =>
  async (ports: Ports, work: TicketWork<TicketTodo>): Promise<void> => {
    const dueAt = kind === 'resolution' && 'held' in work.ticket ? work.ticket.held.resolutionHardLimitAt : work.ticket.noticeDuty?.dueAt;
    await raiseTaskOn(ports, work, {
      kind: 'send-letter',
      staffId: work.ticket.booking.staffId,
      subjectId: letterIdOf(work.todo),
      ...defined({ dueAt }),
    });
  };

/** Letters go to another address from here on. */
export const isAddress = ({ fact }: TicketEvent): boolean => fact.type === 'ContactCorrected' && fact.data.email !== undefined;

/**
 * The letters of one kind to a citizen who gave an e-mail, from the request on. When none can be sent an official is asked to. An effect
 * that is asked for again is another letter.
 */
export const letterProcess = <T extends TicketTodo>({
  kind,
  begin,
  evolve,
  resume = () => undefined,
  ...process
}: Pick<TicketProcess<T>, 'version' | 'uselessAfter' | 'perform'> & {
  readonly kind: CitizenLetterKind;
  readonly begin: (event: TicketEvent) => T;
  readonly evolve: (todo: T, event: TicketEvent) => T | undefined;
  /** a to-do of its own once there is none any more: what makes another letter */
  readonly resume?: (event: TicketEvent) => T | undefined;
}): Process<T> =>
  ticketProcess<T>({
    ...process,
    name: `process-${kind}-letters`,
    attempts: letterAttempts,
    waits: letterWaits,
    evolve: (todo, event) => {
      if (event.fact.type === 'Requested') return event.fact.data.contact.email === undefined ? undefined : begin(event);
      if (todo !== undefined) return evolve(todo, event);
      // the citizen had no address, and has one from here on
      return isAddress(event) ? evolve(begin(event), event) : resume(event);
    },
    giveUp: askToSend(kind),
  });
