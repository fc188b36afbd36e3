import { type AgendaState, confirmSlot, type Hold, holdSlot, releaseSlot } from '../../domain/agenda/agenda';
import { dayPlan } from '../../domain/agenda/day-plan';
import { type BookingStep, nextStep, type Place } from '../../domain/booking/next-step';
import { defined } from '@tichet-albastru/kernel/defined';
import { noChange } from '../../domain/kernel/decider';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import { personal, type PersonalText } from '../../domain/kernel/personal-text';
import { endAdmission, type NewHourAfter } from '../../domain/request/admission';
import type { RequestIdentity } from '../../domain/request/facts';
import { lapse, schedule } from '../../domain/ticket/request-ticket';
import { cancel, reassign, reschedule } from '../../domain/ticket/changes';
import { newHourAfter } from '../../domain/ticket/new-hour';
import { hasEnded, isPending, isRequested, type TicketState, ticket } from '../../domain/ticket/ticket';
import { civilDateOf, plusMinutes } from '../../domain/time/civil-time';
import { issuing } from './codes';
import { giveHourBack } from './one-hour';
import { gapOf, linkMakerOf } from './slots';
import type { CommandContext } from '../kernel/execute';
import { inOneCommand } from '@tichet-albastru/event-log/execute/load';
import { agendas, currentCalendar, currentStaff, currentTicket, requests, tickets } from '../kernel/streams';
import { EventLogCorrupt, type Position } from '@tichet-albastru/event-log/ports/event-store';
import type { Ports } from '../kernel/ports/ports';

/** Which booking to carry on; `moveTo` when a command began to move it there. */
export type BookingToAdvance = {
  readonly ticketId: string;
  /** left out, the ticket's own stream says it */
  readonly request?: RequestIdentity;
  readonly moveTo?: Place;
};

/**
 * Where the booking stands once nothing more can be done now. `contended`: there is more to do, but other writers kept coming first.
 * `unreadable`: a stream is damaged; once it can be read again, there may be more to do.
 */
export type Advanced = {
  readonly ticket: TicketState;
  readonly position: Position;
  readonly contended?: true;
  readonly unreadable?: EventLogCorrupt;
};

/**
 * Carries a booking as far as it goes now: looks at the streams, asks the protocol for the next step, makes it, looks again. Handlers, the
 * booking process and its timers all call this; a second caller finds the step made. A step that needs a damaged stream of a request or a
 * day waits for it; all else is done.
 *
 * @throws EventLogCorrupt where damage prevents any answer about what becomes of the ticket
 * @param context the command (or the effect of a process) on whose behalf the steps are made
 */
export const advanceBooking = async (asked: Ports, context: CommandContext, booking: BookingToAdvance): Promise<Advanced> => {
  const ports = inOneCommand(asked);
  const { ticketId, moveTo } = booking;
  const unread = new Map<string, EventLogCorrupt>();
  /** Undefined of what is damaged, from then on. */
  const unlessDamaged = async <T>(stream: string, work: () => Promise<T>): Promise<T | undefined> => {
    if (unread.has(stream)) return undefined;
    try {
      return await work();
    } catch (error) {
      if (!(error instanceof EventLogCorrupt) || error.damage?.stream !== stream) throw error;
      unread.set(stream, error);
      return undefined;
    }
  };
  let position: Position = '';
  let refusals = 0;
  for (;;) {
    const standing = await tickets.of(ports, ticketId).load();
    const identity = booking.request ?? requestOf(standing.state);
    if (identity === undefined) return { ticket: ticket.initial, position };
    const ofRequest = requests.of(ports, identity);
    const days = new Map(placesOf(standing.state, moveTo).map((place) => [agendaOf(ports, place).name, agendaOf(ports, place)]));
    const [request, known] = await Promise.all([
      unlessDamaged(ofRequest.name, ofRequest.load),
      Promise.all([...days].map(async ([name, { load }]) => [name, (await unlessDamaged(name, load))?.state] as const)),
      // with the others, for the step that schedules
      mayBeScheduled(standing.state) && currentCalendar(ports),
    ]);
    position = latest(position, request?.position ?? '', standing.position);
    const agendaNow = new Map(known);
    const step = nextStep({
      ticketId,
      request: request?.state,
      ticket: standing.state,
      agendaOf: (place) => agendaNow.get(agendaOf(ports, place).name),
      ...defined({ moveTo }),
      at: context.at,
    });
    if (step.kind === 'wait' || step.kind === 'done' || step.kind === 'unreadable') {
      if (hasEnded(standing.state)) await releaseAll(ports, ticketId, placesOf(standing.state, moveTo));
      const [unreadable] = step.kind === 'unreadable' ? unread.values() : [];
      if (unreadable !== undefined && (standing.state.status === 'absent' || isPending(standing.state))) throw unreadable;
      return { ticket: standing.state, position, ...defined({ unreadable }) };
    }
    const counted = request === undefined || (request.state.status !== 'unknown' && request.state.admission?.ticketId === ticketId);
    const make = () => makeStep(ports, context, { ticketId, request: identity, counted, standing: standing.state }, step);
    const written = writtenBeside(ports, ofRequest.name, step);
    const made = await (written === undefined ? make() : unlessDamaged(written, make));
    // it can be read, and not be written
    if (made === undefined) continue;
    if (!isRefusal(made)) {
      position = latest(position, made);
      continue;
    }
    if (made.code === 'conflict') return { ticket: standing.state, position, contended: true };
    // The agenda said no. A meeting that would have moved stays where it is; a ticket that was never scheduled ends.
    const isAgendaStep = step.kind === 'hold' || step.kind === 'confirm';
    if (isAgendaStep && step.place.holdId === moveTo?.holdId) return { ticket: await currentTicket(ports, ticketId), position };
    if (isAgendaStep)
      await makeStep(
        ports,
        context,
        { ticketId, request: identity, counted, standing: standing.state },
        { kind: 'lapse', cause: 'slot-lost', place: step.place },
      );
    // Any other refusal means that another writer was faster: look again, but not for ever.
    refusals += 1;
    if (refusals > patience) return { ticket: await currentTicket(ports, ticketId), position };
  }
};

/** How often a step may be refused before the rest is left to the booking process. */
const patience = 8;

type ActiveStep = Exclude<BookingStep, { readonly kind: 'wait' | 'unreadable' | 'done' }>;

/** Which stream the step is written to, where that is not the ticket's own. */
const writtenBeside = (ports: Ports, request: string, step: ActiveStep): string | undefined => {
  if (step.kind === 'end-admission') return request;
  return step.kind === 'hold' || step.kind === 'confirm' || step.kind === 'release' ? agendaOf(ports, step.place).name : undefined;
};

type Booked = {
  readonly ticketId: string;
  readonly request: RequestIdentity;
  /** the request says that this is its ticket, or cannot be read */
  readonly counted: boolean;
  readonly standing: TicketState;
};

/** One append to one stream. */
const makeStep = async (
  ports: Ports,
  context: CommandContext,
  { ticketId, request, counted, standing }: Booked,
  step: ActiveStep,
): Promise<Position | Refusal> => {
  const { at } = context;
  switch (step.kind) {
    case 'end-admission':
      return freeRequest(ports, context, ticketId, request, newHourAfter(standing));
    case 'hold': {
      const { place, until } = step;
      const plan = await planOf(ports, place);
      const decide = (state: AgendaState) =>
        holdSlot({ ...place, ticketId, at, until, plan, dailyCap: ports.policies['daily-cap'].value, gapMinutes: gapOf(ports) }, state);
      return positionOf(await onAgenda(ports, context, place, `hold ${until}`, decide));
    }
    case 'confirm':
      return positionOf(
        await onAgenda(ports, context, step.place, step.kind, (state) =>
          confirmSlot({ holdId: step.place.holdId, at, gapMinutes: gapOf(ports) }, state),
        ),
      );
    case 'release':
      return freePlace(ports, context, ticketId, step.place, step.freeFrom);
    case 'cancel': {
      const [slotFreeFrom, calendar] = [at, await currentCalendar(ports)];
      const requestFreed = !counted;
      const cancelling = { by: 'staff', reason: 'technical', at, slotFreeFrom, requestFreed, policies: ports.policies, calendar } as const;
      // moved meanwhile, it has its hour
      const decide = (state: TicketState) =>
        isRequested(state) && state.booking.holdId === step.place.holdId ? cancel(cancelling, state) : noChange();
      return positionOf(await tickets.of(ports, ticketId).transact(context, step.kind, decide));
    }
    case 'lapse': {
      const { cause, place } = step;
      return positionOf(
        await tickets.of(ports, ticketId).transact(context, step.kind, (state) => lapse({ cause, at, request, place }, state)),
      );
    }
    case 'issue-code':
      return positionOf(await tickets.of(ports, ticketId).transact(context, step.kind, issuing(ports, ticketId, { at, n: 1 })));
    case 'schedule': {
      const calendar = await currentCalendar(ports);
      return positionOf(
        await tickets
          .of(ports, ticketId)
          .transact(context, step.kind, (state) => schedule({ at, policies: ports.policies, calendar }, state)),
      );
    }
    case 'move':
      return finishMove(ports, context, ticketId, step.place, step.hold);
  }
};

/** The request no longer counts this ticket. */
export const freeRequest = async (
  ports: Ports,
  context: CommandContext,
  ticketId: string,
  request: RequestIdentity,
  newHour: NewHourAfter,
): Promise<Position | Refusal> =>
  positionOf(
    await requests
      .of(ports, request)
      .transact(context, 'end-admission', (state) => endAdmission({ ticketId, newHour, at: context.at }, state)),
  );

/** The place may be offered again from `freeFrom` on; left out, after the delay that keeps citizens from trading it (A30). */
export const freePlace = async (
  ports: Ports,
  context: CommandContext,
  ticketId: string,
  place: Place,
  freeFrom = plusMinutes(context.at, releaseDelay(ports)),
): Promise<Position | Refusal> =>
  positionOf(
    await onAgenda(ports, context, place, 'release', (state) => releaseSlot({ ...place, ticketId, at: context.at, freeFrom }, state)),
  );

/** The last step of a rescheduling or reassigning: the ticket says that it stands elsewhere now. */
const finishMove = async (
  ports: Ports,
  context: CommandContext,
  ticketId: string,
  place: Place,
  hold: Hold,
): Promise<Position | Refusal> => {
  const { move, from } = hold;
  const staff = await currentStaff(ports, place.staffId);
  if (!move || from === undefined || staff.status === 'unknown') return refuse('wrong-state', { article: '8', reason: 'cannot-move' });
  const calendar = await currentCalendar(ports);
  const { department, departmentCode } = staff;
  const reasonText = move.reasonText && (await reseal(ports, move.reasonText));
  const decide = (state: TicketState) =>
    move.kind === 'reassign'
      ? reassign(
          {
            ...place,
            from,
            department,
            departmentCode,
            reason: reasonText ?? personal('contact', ''),
            at: context.at,
            policies: ports.policies,
            ...defined({ offerId: move.offerId }),
          },
          state,
        )
      : reschedule(
          {
            ...place,
            from,
            department,
            departmentCode,
            by: move.by,
            ...defined({
              reason: move.reason,
              reasonText,
              mode: move.mode,
              agreement: move.agreement,
              recordingNotice: move.recordingNotice,
              askedThrough: move.askedThrough,
              offerId: move.offerId,
            }),
            citizenAgreed: move.citizenAgreed,
            at: move.requestedAt,
            policies: ports.policies,
            calendar,
            ...defined({ linkMaker: linkMakerOf(ports, staff, calendar) }),
          },
          state,
        );
  return positionOf(await tickets.of(ports, ticketId).transact(context, `move ${place.holdId}`, decide));
};

/** Sealed text is bound to its event: what moves to another event is opened and sealed anew. Erased text is left behind. */
const reseal = async (ports: Ports, text: PersonalText): Promise<PersonalText | undefined> => {
  const clear = await ports.personalData.open(text);
  return clear === undefined ? undefined : personal('contact', clear);
};

const onAgenda = (
  ports: Ports,
  context: CommandContext,
  place: Place,
  step: string,
  decide: (state: AgendaState) => ReturnType<typeof holdSlot> | ReturnType<typeof confirmSlot> | ReturnType<typeof releaseSlot>,
) => agendaOf(ports, place).transact(context, `${step} ${place.holdId}`, decide);

/** A24: its place under the address, and its hours. */
const releaseAll = async (ports: Ports, ticketId: string, places: readonly Place[]): Promise<void> => {
  await ports.operations.places.release(ticketId);
  for (const { slot } of places) await giveHourBack(ports, ticketId, slot.startsAt);
};

const mayBeScheduled = ({ status }: TicketState): boolean => status === 'verified' || status === 'requested';

const placesOf = (state: TicketState, moveTo: Place | undefined): readonly Place[] => {
  const further = moveTo ? [moveTo] : [];
  if (state.status === 'absent') return further;
  if (state.status === 'lapsed') return [state.place, ...further];
  return [state.booking, ...state.left, ...further];
};

const requestOf = (state: TicketState): RequestIdentity | undefined => {
  if (state.status === 'absent') return undefined;
  return 'booking' in state ? state.booking.request : state.request;
};

/** The person's day as staff and calendar facts make it. */
export const planOf = async (ports: Ports, { staffId, slot }: Place) => {
  const [staff, calendar] = await Promise.all([currentStaff(ports, staffId), currentCalendar(ports)]);
  return dayPlan(civilDateOf(slot.startsAt), staff, calendar);
};

/** A30: the delay keeps a citizen from giving up a slot for a friend. */
export const releaseDelay = ({ policies, identifiers }: Pick<Ports, 'policies' | 'identifiers'>): number => {
  const delay = policies['slot-release-delay'].value;
  return delay ? identifiers.between(delay.minMinutes, delay.maxMinutes) : 0;
};

const agendaOf = (ports: Ports, { staffId, slot }: Place) => agendas.of(ports, staffId, civilDateOf(slot.startsAt));

const positionOf = (outcome: { readonly kind: 'done'; readonly position: Position } | Refusal): Position | Refusal =>
  isRefusal(outcome) ? outcome : outcome.position;

const latest = (...positions: readonly Position[]): Position =>
  positions.reduce((last, position) => (position > last ? position : last), '');
