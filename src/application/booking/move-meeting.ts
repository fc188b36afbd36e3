import { holdSlot } from '../../domain/agenda/agenda';
import type { Move } from '../../domain/agenda/facts';
import type { Place } from '../../domain/booking/next-step';
import { defined } from '../../domain/kernel/defined';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { checkReassign, checkReschedule, wasMovedTo } from '../../domain/ticket/changes';
import { type Booking, type ChangeReason, type Mode, ticketStream } from '../../domain/ticket/facts';
import { isRequested } from '../../domain/ticket/ticket';
import { civilDateOf, plusMinutes } from '../../domain/time/civil-time';
import { slotStarting } from '../../domain/time/slot';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { inOneCommand } from '../kernel/load';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { agendas, currentCalendar, currentStaff, tickets } from '../kernel/streams';
import { advanceBooking, planOf } from './advance-booking';
import { alternativesTo, linkMakerOf } from './slots';

/**
 * Moves a meeting to another slot or another person: hold there, confirm there, then the ticket says so, then the old slot is free.
 * The hold keeps why, so whoever finds it after a crash can finish. Refused `slot-taken`, nothing has changed.
 */
const moveMeeting = async (
  ports: Ports,
  context: CommandContext,
  { ticketId, booking, to, move }: { readonly ticketId: string; readonly booking: Booking; readonly to: Place; readonly move: Move },
): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
  const { at } = context;
  const until = plusMinutes(at, ports.policies.verification.value.holdMinutes);
  const plan = await planOf(ports, to);
  const dailyCap = ports.policies['daily-cap'].value;
  const held = await agendas
    .of(ports, to.staffId, civilDateOf(to.slot.startsAt))
    .transact(context, `hold ${to.holdId}`, (state) =>
      holdSlot({ ...to, ticketId, at, until, plan, dailyCap, from: booking.holdId, move }, state),
    );
  if (isRefusal(held)) return held.code === 'slot-taken' ? taken(ports, booking.mode, to, at) : held;
  const { ticket: standing, position } = await advanceBooking(ports, context, { ticketId, request: booking.request, moveTo: to });
  const stood = standing.status === 'absent' || !('booking' in standing) ? undefined : standing;
  const moved = stood?.booking.holdId === to.holdId || stood?.left.some(({ holdId }) => holdId === to.holdId);
  if (moved) return done({ ticketId }, position);
  return stood?.booking.holdId === booking.holdId
    ? taken(ports, booking.mode, to, at)
    : refuse('wrong-state', { article: '8', reason: 'moved-elsewhere' });
};

const taken = async (ports: Ports, mode: Mode, { staffId, slot }: Place, at: string): Promise<Refusal> =>
  refuse('slot-taken', { article: '3 c', alternatives: await alternativesTo(ports, { staffId, mode }, slot.startsAt, at) });

/** `holdId` is drawn once and kept with the command. */
export type RescheduleTicketInput = {
  readonly ticketId: string;
  readonly holdId: string;
  readonly startsAt: string;
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  readonly reasonText?: string;
  readonly citizenAgreed?: boolean;
};

export class RescheduleTicket extends Command<RescheduleTicketInput, Done<{ readonly ticketId: string }>> {}

/** Art. 8 (staff) and A19 (citizen): another hour with the same person. */
export const rescheduleTicket =
  (asked: Ports) =>
  async (context: CommandContext, command: RescheduleTicketInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const ports = inOneCommand(asked, context.known);
    const { ticketId, holdId, by, reason, reasonText, citizenAgreed = false } = command;
    const { state, position } = await tickets.of(ports, ticketId).load();
    if (!isRequested(state)) return refuse('not-found');
    if (wasMovedTo(state, holdId)) return done({ ticketId }, position);
    const slot = slotStarting(command.startsAt);
    if (isRefusal(slot)) return slot;
    const details = {
      by,
      ...defined({ reason }),
      ...(reasonText === undefined ? {} : { reasonText: personal('contact', reasonText, ticketStream(ticketId)) }),
      citizenAgreed: by === 'staff' && citizenAgreed,
    };
    const [calendar, staff] = await Promise.all([currentCalendar(ports), currentStaff(ports, state.booking.staffId)]);
    const linkMaker = linkMakerOf(ports, staff, calendar);
    const asking = { ...details, slot, at: context.at, policies: ports.policies, calendar, ...defined({ linkMaker }) };
    const refused =
      (await tickets.of(ports, ticketId).forbids(context, state, { type: 'Rescheduled', data: { by } })) ?? checkReschedule(asking, state);
    if (refused) return refused;
    return moveMeeting(ports, context, {
      ticketId,
      booking: state.booking,
      to: { staffId: state.booking.staffId, slot, holdId },
      move: { kind: 'reschedule', ...details, requestedAt: context.at },
    });
  };

/** `holdId` is drawn once and kept with the command. */
export type ReassignTicketInput = { readonly ticketId: string; readonly holdId: string; readonly staffId: string; readonly reason: string };

export class ReassignTicket extends Command<ReassignTicketInput, Done<{ readonly ticketId: string }>> {}

/** A3: the same hour with another person, with a reason; of the same department, or the one who has the file. */
export const reassignTicket =
  (asked: Ports) =>
  async (context: CommandContext, command: ReassignTicketInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const ports = inOneCommand(asked, context.known);
    const { ticketId, holdId, staffId } = command;
    const { state, position } = await tickets.of(ports, ticketId).load();
    if (!isRequested(state)) return refuse('not-found');
    if (wasMovedTo(state, holdId)) return done({ ticketId }, position);
    const reason = personal('contact', command.reason, ticketStream(ticketId));
    const refused = checkReassign({ staffId, reason, at: context.at }, state);
    if (refused) return refused;
    const colleague = await currentStaff(ports, staffId);
    if (colleague.status === 'unknown') return refuse('not-found', { field: 'staffId' });
    const { departmentCode } = colleague;
    const handedOn = { type: 'Reassigned', data: { ...state.booking, staffId, departmentCode } } as const;
    const forbidden = await tickets.of(ports, ticketId).forbids(context, state, handedOn);
    if (forbidden) return forbidden;
    return moveMeeting(ports, context, {
      ticketId,
      booking: state.booking,
      to: { staffId, slot: state.booking.slot, holdId },
      move: { kind: 'reassign', by: 'staff', reasonText: reason, citizenAgreed: false, requestedAt: context.at },
    });
  };
