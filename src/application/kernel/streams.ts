import { agenda, type AgendaState } from '../../domain/agenda/agenda';
import { agendaStream } from '../../domain/agenda/facts';
import { calendarStream, type CalendarState, workingCalendar } from '../../domain/calendar/calendar';
import type { Category, FactsByCategory } from '../../domain/facts';
import type { Decision } from '../../domain/kernel/decider';
import type { Refusal } from '../../domain/kernel/refusal';
import type { CivilDate } from '../../domain/kernel/fact';
import { ops, type OpsState } from '../../domain/ops/ops';
import { opsStream } from '@tichet-albastru/kernel/skip';
import { reading, readingStream } from '../../domain/reading/reading';
import { type RequestIdentity, requestStream } from '../../domain/request/facts';
import { registeredRequest, type RequestState } from '../../domain/request/request';
import { staffStream } from '../../domain/staff/facts';
import { staffMember, type StaffState } from '../../domain/staff/staff-member';
import { ticketStream } from '../../domain/ticket/facts';
import { type TicketState, ticket } from '../../domain/ticket/ticket';
import { type CommandContext, execute, type Executed } from './execute';
import type { ExecutePorts } from './aggregates';
import { load, neverWritten } from '@tichet-albastru/event-log/execute/load';
import { type Caused, forbidden } from './permission';
import { damageIn } from '@tichet-albastru/event-log/ports/event-store';
import { shownOf, throughSuccession } from '@tichet-albastru/event-log/ports/succession';
import type { AggregateOf, Loaded, StateOf } from './aggregates';

/** One stream: the only way to read and to write it. */
export type Stream<C extends Category> = {
  readonly name: string;
  /** The truth, read from the log itself: never a lagging table. */
  readonly load: () => Promise<Loaded<C>>;
  /** The stream cannot have been written yet: the command does not read it, and if another writer has written it, the append is refused. */
  readonly presumeUnwritten: () => void;
  /** Decides on what stands there, and appends. `step` names this append among those of the command. */
  readonly transact: (
    context: CommandContext,
    step: string,
    decide: (state: StateOf[C]) => Decision<FactsByCategory[C]> | Promise<Decision<FactsByCategory[C]>>,
  ) => Promise<Executed<C> | Refusal>;
  /** Refuses `forbidden` where the asker may not cause this: for a caller that does something else before that is written. */
  readonly forbids: (context: CommandContext, state: StateOf[C], fact: Caused<C>) => Promise<Refusal | undefined>;
};

/** All streams of one kind: what folds them and how they are named, said together once. */
const streamsOf = <C extends Category, Id extends readonly unknown[]>(aggregate: AggregateOf<C>, nameOf: (...id: Id) => string) => ({
  of: (ports: ExecutePorts, ...id: Id): Stream<C> => {
    const name = nameOf(...id);
    return {
      name,
      load: () => load(ports, aggregate, name),
      presumeUnwritten: () => ports.known?.put(aggregate, name, neverWritten(aggregate)),
      transact: (context, step, decide) => execute(ports, context, { aggregate, stream: name, step, decide }),
      forbids: ({ asker }, state, fact) => forbidden(ports, asker, { category: aggregate.category, stream: name, state }, fact),
    };
  },
});

export const tickets = streamsOf(ticket, ticketStream);
export const requests = streamsOf(registeredRequest, requestStream);
export const agendas = streamsOf(agenda, agendaStream);
export const staffMembers = streamsOf(staffMember, staffStream);
export const calendars = streamsOf(workingCalendar, () => calendarStream);
/** What was decided about running a table, about the directory of people, and about the log: in the stream in which it goes on now. */
export const operationsOn = async (ports: ExecutePorts, what: string): Promise<Stream<'ops'>> => {
  const { events, written } = await throughSuccession(ports.store, opsStream(what));
  const before = events.filter(({ stream }) => stream !== written).map((recorded) => ports.codec.decodeOf('ops', recorded).fact);
  const aggregate = before.length === 0 ? ops : { ...ops, initial: before.reduce<OpsState>(ops.evolve, ops.initial) };
  return streamsOf<'ops', []>(aggregate, () => written).of(ports);
};
export const readings = streamsOf(reading, readingStream);

/** No booking is possible without the calendar: of a damaged one, what the whole log still shows. */
export const knownCalendar = async (ports: ExecutePorts): Promise<{ readonly state: CalendarState; readonly revision: number }> => {
  try {
    return await calendars.of(ports).load();
  } catch (error) {
    if (damageIn(error) === undefined) throw error;
    const { shown } = await shownOf(ports.store, calendarStream);
    const facts = shown.map((recorded) => ports.codec.decodeOf('calendar', recorded).fact);
    return { state: facts.reduce<CalendarState>(workingCalendar.evolve, workingCalendar.initial), revision: shown.length - 1 };
  }
};
export const currentCalendar = async (ports: ExecutePorts): Promise<CalendarState> => (await knownCalendar(ports)).state;
export const currentStaff = async (ports: ExecutePorts, staffId: string): Promise<StaffState> =>
  (await staffMembers.of(ports, staffId).load()).state;
export const currentRequest = async (ports: ExecutePorts, identity: RequestIdentity): Promise<RequestState> =>
  (await requests.of(ports, identity).load()).state;
export const currentAgenda = async (ports: ExecutePorts, staffId: string, date: CivilDate): Promise<AgendaState> =>
  (await agendas.of(ports, staffId, date).load()).state;
export const currentTicket = async (ports: ExecutePorts, ticketId: string): Promise<TicketState> =>
  (await tickets.of(ports, ticketId).load()).state;
