import { agenda, type AgendaState, type Hold } from '../../domain/agenda/agenda';
import { type MeetingInTheWay, meetingsInOpenTime, meetingsInTheWay, settleBlocks, wantedBlocks } from '../../domain/agenda/wanted-blocks';
import type { DomainEvent } from '../../domain/facts';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../../domain/kernel/fact';
import { isRefusal } from '../../domain/kernel/refusal';
import { moveDue } from '../../domain/tasks/tasks';
import { addDays, civilDateOf } from '../../domain/time/civil-time';
import { unlessContended } from '@tichet-albastru/event-log/execute/execute';
import { EventLogCorrupt } from '@tichet-albastru/event-log/ports/event-store';
import { allRows } from '../kernel/reading/all-rows';
import type { Ports } from '../kernel/ports/ports';
import { dueAfter, type Process, type Todo, todoColumns } from '../kernel/processes/process';
import { effectContext, endTaskOn, raiseTaskOn } from '../kernel/processes/ticket-process';
import { agendas, knownCalendar, staffMembers } from '../kernel/streams';

type Closing = {
  readonly staffId: string;
  /** both ends included */
  readonly from: CivilDate;
  readonly to: CivilDate;
  readonly causeId: string;
  readonly correlationId: string;
  readonly at: Instant;
};

/** What person and calendar say now, and a mark that changes whenever they do. */
const whatIsKnown = async (ports: Ports, staffId: string) => {
  const staff = await staffMembers.of(ports, staffId).load();
  const calendar = await knownCalendar(ports);
  return { staff: staff.state, calendar: calendar.state, mark: `${staff.revision} ${calendar.revision}` };
};

/**
 * Makes the blocks of these days what person and calendar ask for, in any order of the facts: if either changed meanwhile, all of it is
 * looked at again, so that no block stays which an official has just withdrawn.
 */
const closeDays = async (ports: Ports, closing: Closing): Promise<void> => {
  for (;;) {
    const known = await whatIsKnown(ports, closing.staffId);
    let damaged: EventLogCorrupt | undefined;
    for (let date = closing.from; date <= closing.to; date = addDays(date, 1)) {
      try {
        await closeDay(ports, closing, date, known);
      } catch (error) {
        if (!(error instanceof EventLogCorrupt) || error.damage === undefined) throw error;
        // the other days do not wait until an operator mends the damaged one
        damaged = error;
      }
    }
    if ((await whatIsKnown(ports, closing.staffId)).mark !== known.mark) continue;
    if (damaged) throw damaged;
    return;
  }
};

type Known = Awaited<ReturnType<typeof whatIsKnown>>;

const closeDay = async (ports: Ports, closing: Closing, date: CivilDate, known: Known): Promise<void> => {
  const day = await settleDay(ports, closing, date, known);
  for (const meeting of meetingsInTheWay(day)) await askToMove(ports, closing, meeting);
  for (const hold of meetingsInOpenTime(day)) await letItStand(ports, closing, hold);
};

const settleDay = async (
  ports: Ports,
  { staffId, causeId, correlationId, at }: Closing,
  date: CivilDate,
  { staff, calendar, mark }: Known,
): Promise<AgendaState> => {
  const context = effectContext(ports, { process: 'process-blocking', causeId, correlationId, at });
  const stream = agendas.of(ports, staffId, date);
  const wanted = wantedBlocks(date, staff, calendar);
  const executed = unlessContended(
    await stream.transact(context, `settle ${mark}`, (state) =>
      settleBlocks(
        { wanted, at, blockIdOf: ({ cause, from, to }) => ports.identifiers.derive(causeId, stream.name, mark, cause, from, to) },
        state,
      ),
    ),
  );
  return isRefusal(executed) ? agenda.initial : executed.state;
};

/** An official who cannot meet at that hour must give the citizen another hour, or another official must meet them. */
const askToMove = async (ports: Ports, closing: Closing, { hold, cause }: MeetingInTheWay): Promise<void> => {
  const { causeId, correlationId, staffId, at } = closing;
  const context = effectContext(ports, { process: 'process-blocking', causeId, correlationId, at });
  const kinds = cause === 'departure' ? (['must-be-rescheduled', 'assign-staff'] as const) : (['must-be-rescheduled'] as const);
  for (const kind of kinds) {
    await raiseTaskOn(
      ports,
      { ticketId: hold.ticketId, context },
      { kind, staffId, subjectId: hold.holdId, dueAt: moveDue(hold.slot) },
      (ticket) => ticket.booking.holdId === hold.holdId && (ticket.status === 'scheduled' || ticket.status === 'staff-absent'),
    );
  }
};

/** What closed this hour was withdrawn: the meeting takes place after all. */
const letItStand = async (ports: Ports, closing: Closing, { ticketId, holdId }: Hold): Promise<void> => {
  const { causeId, correlationId, at } = closing;
  const context = effectContext(ports, { process: 'process-blocking', causeId, correlationId, at });
  for (const kind of ['must-be-rescheduled', 'assign-staff'] as const) {
    await endTaskOn(ports, { ticketId, context }, { kind, subjectId: holdId });
  }
};

/** The days of one person (or, for a decision about the calendar or a pause, of all officials) that must be looked at again. */
type BlockingTodo = Todo & {
  /** `staff <id>` or `day <date>` */
  readonly causeId: string;
  readonly correlationId: string;
  readonly staffId?: string;
  readonly from: CivilDate;
  /** inclusive; left out: to the horizon */
  readonly to?: CivilDate;
  /** of every absence of this person, so that its withdrawal knows the days */
  readonly absences: readonly { readonly absenceId: string; readonly from: CivilDate; readonly to: CivilDate }[];
};

type Days = { readonly from: CivilDate; readonly to?: CivilDate };

const staffIdOf = (stream: string): string => stream.slice('staff-'.length);

/** Both stretches and the days between: what was not done yet stays to be done. */
const together = (a: Days | undefined, b: Days): Days => {
  if (a === undefined) return b;
  const from = a.from < b.from ? a.from : b.from;
  if (a.to === undefined || b.to === undefined) return { from };
  return { from, to: a.to > b.to ? a.to : b.to };
};

/** Which days a fact about a person opens or closes. */
const daysOf = (row: BlockingTodo | undefined, event: Extract<DomainEvent, { category: 'staff' }>): Days | undefined => {
  const { fact } = event;
  switch (fact.type) {
    case 'StaffRegistered':
      // Back after leaving, what the leaving closed is open again; in another department its pauses are theirs, and those of the former are not.
      return row === undefined ? undefined : { from: civilDateOf(fact.data.registeredAt) };
    case 'WorkingHoursSet':
      return { from: fact.data.from };
    case 'AbsenceRecorded':
      return { from: civilDateOf(fact.data.from), to: civilDateOf(fact.data.to) };
    case 'AbsenceWithdrawn': {
      const absence = row?.absences.find(({ absenceId }) => absenceId === fact.data.absenceId);
      return absence ? { from: absence.from, to: absence.to } : undefined;
    }
    case 'StaffLeft':
      // Announced anew with another day, it opens the days between: all from today on are looked at.
      return { from: civilDateOf(fact.data.recordedAt) };
    case 'DeputyNamed':
    case 'DeputyWithdrawn':
    case 'DepartmentDeputyNamed':
    case 'DepartmentDeputyWithdrawn':
    case 'LettersChosen':
      return undefined;
  }
};

const afterStaffFact = (row: BlockingTodo | undefined, event: Extract<DomainEvent, { category: 'staff' }>, key: string): BlockingTodo => {
  const { fact, id, correlationId } = event;
  const days = daysOf(row, event);
  const known = row?.absences ?? [];
  const absences =
    fact.type === 'AbsenceRecorded'
      ? [...known, { absenceId: fact.data.absenceId, from: civilDateOf(fact.data.from), to: civilDateOf(fact.data.to) }]
      : known;
  const staffId = staffIdOf(event.stream);
  if (days === undefined) return row ?? { key, causeId: id, correlationId, staffId, from: '', absences };
  const pending = row?.dueAt === undefined ? undefined : { from: row.from, ...defined({ to: row.to }) };
  return { key, causeId: id, correlationId, staffId, ...dueAfter(event), ...together(pending, days), absences };
};

const staffIds = async (ports: Ports): Promise<readonly string[]> =>
  (await allRows<BlockingTodo>(ports, blockingProcess.name)).flatMap(({ staffId }) => staffId ?? []);

/**
 * Art. 8, A16: absences, bridge days, pauses, changed hours and departures close time in every agenda day concerned, up to the horizon;
 * meetings already there become tasks. Days beyond the horizon are kept by the day's plan when a slot is asked for.
 */
export const blockingProcess: Process<BlockingTodo> = {
  name: 'process-blocking',
  version: 2,
  attempts: Number.POSITIVE_INFINITY,
  columns: todoColumns,
  keysOf: (event) => {
    if (event.category === 'staff') return [`staff ${staffIdOf(event.stream)}`];
    if (event.category !== 'calendar') return [];
    const { data } = event.fact;
    return ['date' in data ? `day ${data.date}` : `pause ${data.pauseId}`];
  },
  apply: (row, event, key) => {
    if (event.category === 'staff') return afterStaffFact(row, event, key);
    if (event.category !== 'calendar') return row;
    const { id: causeId, correlationId, fact } = event;
    const { data } = fact;
    const days = 'date' in data ? { from: data.date, to: data.date } : { from: data.from, to: data.to };
    return { key, causeId, correlationId, ...dueAfter(event), ...days, absences: [] };
  },
  effectId: ({ key, causeId }) => `blocking:${key}:${causeId}`,
  perform: async (ports, todo, at) => {
    const today = civilDateOf(at);
    const horizon = addDays(today, ports.policies['booking-horizon'].value.days);
    const from = todo.from > today ? todo.from : today;
    const to = todo.to !== undefined && todo.to < horizon ? todo.to : horizon;
    for (const staffId of todo.staffId === undefined ? await staffIds(ports) : [todo.staffId]) {
      await closeDays(ports, { staffId, from, to, causeId: todo.causeId, correlationId: todo.correlationId, at });
    }
  },
  giveUp: () => Promise.resolve(),
};
