import { holdSlot } from '../../domain/agenda/agenda';
import type { Move } from '../../domain/agenda/facts';
import type { Place } from '../../domain/booking/next-step';
import { defined } from '@tichet-albastru/kernel/defined';
import { personal } from '../../domain/kernel/personal-text';
import { isRefusal, type Refusal, refuse } from '../../domain/kernel/refusal';
import { changeMode, checkReassign, checkReschedule, wasMovedTo } from '../../domain/ticket/changes';
import {
  type AcceptedNotice,
  type Agreement,
  type AskedThrough,
  type ChangeReason,
  type Mode,
  needsOf,
  ticketStream,
} from '../../domain/ticket/facts';
import { recordingNoticeOf } from '../../domain/ticket/request-ticket';
import { isRequested, type RequestedTicket } from '../../domain/ticket/ticket';
import { civilDateOf, plusMinutes } from '../../domain/time/civil-time';
import { slotStarting } from '../../domain/time/slot';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { inOneCommand } from '@tichet-albastru/event-log/execute/load';
import { Command } from '../kernel/message';
import type { Ports } from '../kernel/ports/ports';
import { agendas, currentCalendar, currentStaff, tickets } from '../kernel/streams';
import { instantOf } from '../kernel/typed-values';
import { advanceBooking, planOf } from './advance-booking';
import { fullDays } from './department-day';
import { decideOnTicket } from './on-ticket';
import { giveHourBack, isAtHourOtherwise, takeHour } from './one-hour';
import { alternativesTo, gapOf, linkMakerOf } from './slots';

/**
 * Moves a meeting to another slot or another person: hold there, confirm there, then the ticket says so, then the old slot is free. The
 * hold keeps the reason, so the process that finds it after a crash can finish. Refused `slot-taken`, nothing has changed.
 *
 * @param asked sees what others have done meanwhile
 */
const moveMeeting = async (
  asked: Ports,
  ports: Ports,
  context: CommandContext,
  { ticketId, ticket, to, move }: { readonly ticketId: string; readonly ticket: RequestedTicket; readonly to: Place; readonly move: Move },
): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
  const { at } = context;
  const { booking } = ticket;
  const isOtherHour = to.slot.startsAt !== booking.slot.startsAt;
  const elsewhere = isOtherHour ? await takeHour(ports, ticketId, ticket, to.slot.startsAt) : undefined;
  if (elsewhere) return elsewhere;
  const leave = async (place: Place): Promise<void> => {
    if (isOtherHour && !(await isAtHourOtherwise(asked, ticketId, place, at))) await giveHourBack(ports, ticketId, place.slot.startsAt);
  };
  const until = plusMinutes(at, ports.policies.verification.value.holdMinutes);
  const plan = await planOf(ports, to);
  const day = civilDateOf(to.slot.startsAt);
  const staff = await currentStaff(ports, to.staffId);
  const departmentCode = staff.status === 'known' ? staff.departmentCode : booking.departmentCode;
  const isOfDepartmentThen = day === civilDateOf(booking.slot.startsAt) && departmentCode === booking.departmentCode;
  if (!isOfDepartmentThen && (await fullDays(ports, departmentCode, [day, day], at, to.holdId)).has(day)) {
    await leave(to);
    return taken(ports, move.mode ?? booking.mode, to, at);
  }
  const dailyCap = ports.policies['daily-cap'].value;
  const held = await agendas
    .of(ports, to.staffId, civilDateOf(to.slot.startsAt))
    .transact(context, `hold ${to.holdId}`, (state) =>
      holdSlot({ ...to, ticketId, at, until, plan, dailyCap, gapMinutes: gapOf(ports), from: booking.holdId, move }, state),
    );
  if (isRefusal(held)) {
    await leave(to);
    return held.code === 'slot-taken' ? taken(ports, move.mode ?? booking.mode, to, at) : held;
  }
  const { ticket: standing, position } = await advanceBooking(ports, context, { ticketId, request: booking.request, moveTo: to });
  const stood = standing.status === 'absent' || !('booking' in standing) ? undefined : standing;
  const moved = stood?.booking.holdId === to.holdId || stood?.left.some(({ holdId }) => holdId === to.holdId);
  await leave(moved ? booking : to);
  if (moved) return done({ ticketId }, position);
  if (stood !== undefined && move.offerId !== undefined && stood.offers.ended.includes(move.offerId)) {
    return refuse('wrong-state', { article: '8', reason: 'offer-over' });
  }
  return stood?.booking.holdId === booking.holdId
    ? taken(ports, move.mode ?? booking.mode, to, at)
    : refuse('wrong-state', { article: '8', reason: 'moved-elsewhere' });
};

const taken = async (ports: Ports, mode: Mode, { staffId, slot }: Place, at: string): Promise<Refusal> =>
  refuse('slot-taken', { article: '3 c', alternatives: await alternativesTo(ports, { staffId, mode }, slot.startsAt, at) });

/** `holdId` is drawn once and kept with the command. */
export type RescheduleTicketInput = {
  readonly ticketId: string;
  readonly holdId: string;
  readonly startsAt: string;
  /** left out, with the same person */
  readonly staffId?: string;
  /** left out, in the same way */
  readonly mode?: Mode;
  /** A14: the notice that was shown and accepted with it, where the meeting becomes one online */
  readonly recordingNoticeVersion?: string;
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  readonly reasonText?: string;
  readonly citizenAgreed?: boolean;
  /** A20: how and when the citizen agreed; both, where they did */
  readonly agreedBy?: Agreement['channel'];
  readonly agreedAt?: string;
  /** by a clerk, for the citizen */
  readonly askedThrough?: AskedThrough;
  /** the offer that it accepts */
  readonly offerId?: string;
};

export class RescheduleTicket extends Command<RescheduleTicketInput, Done<{ readonly ticketId: string }>> {}

/**
 * How and when the citizen agreed; nothing where they did not, or where it is not said. Refuses `invalid` for what is no instant, and for
 * half of it.
 */
export const agreementOf = ({
  by,
  citizenAgreed,
  agreedBy,
  agreedAt,
}: Pick<RescheduleTicketInput, 'by' | 'citizenAgreed' | 'agreedBy' | 'agreedAt'>): Agreement | undefined | Refusal => {
  if (by === 'citizen' || citizenAgreed !== true || (agreedBy === undefined && agreedAt === undefined)) return undefined;
  if (agreedBy === undefined) return refuse('invalid', { article: '4', field: 'agreedBy', reason: 'required' });
  if (agreedAt === undefined) return refuse('invalid', { article: '4', field: 'agreedAt', reason: 'required' });
  const read = instantOf('agreedAt', agreedAt);
  return isRefusal(read) ? read : { channel: agreedBy, agreedAt: read.instant };
};

/** A14: a citizen accepts it with the form; staff say of it only what the citizen said when they agreed. */
const noticeOf = (
  { by, recordingNoticeVersion: version }: RescheduleTicketInput,
  keptDays: number | undefined,
  agreed: Agreement | undefined,
  at: string,
): AcceptedNotice | undefined => {
  const acceptedAt = by === 'citizen' ? at : agreed?.agreedAt;
  return version === undefined || acceptedAt === undefined ? undefined : { version, acceptedAt, ...defined({ keptDays }) };
};

/**
 * Art. 8 (staff) and A19 (citizen): another hour, another way to meet, by a head another person (A3); any of them, in one step. The change
 * decides which fact it is: a new hour, alone or with other changes, is `Rescheduled`; the person alone `Reassigned`; the mode alone
 * `ModeChanged`.
 */
export const rescheduleTicket =
  (asked: Ports) =>
  async (context: CommandContext, command: RescheduleTicketInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const ports = inOneCommand(asked, context.known);
    const { ticketId, holdId, by, reason, reasonText, citizenAgreed = false, askedThrough, offerId } = command;
    const { at } = context;
    const { state, position } = await tickets.of(ports, ticketId).load();
    if (!isRequested(state)) return refuse('not-found');
    if (wasMovedTo(state, holdId)) return done({ ticketId }, position);
    const slot = slotStarting(command.startsAt);
    if (isRefusal(slot)) return slot;
    const agreed = agreementOf(command);
    if (isRefusal(agreed)) return agreed;
    const { booking } = state;
    const { staffId = booking.staffId, mode = booking.mode } = command;
    const isSameHour = slot.startsAt === booking.slot.startsAt;
    if (by === 'staff' && isSameHour && staffId !== booking.staffId && mode === booking.mode) {
      return reassignTicket(ports)(context, { ticketId, holdId, staffId, reason: reasonText ?? '', ...defined({ offerId }) });
    }
    const { version: noticeVersion, keptDays } = recordingNoticeOf(ports.policies, ports.cityHall.recordingNotice);
    const becomesOnline = needsOf(mode).recording && !needsOf(booking.mode).recording;
    const details = {
      by,
      ...defined({
        reason,
        askedThrough,
        agreement: agreed,
        recordingNotice: becomesOnline ? noticeOf(command, keptDays, agreed, at) : undefined,
        offerId,
      }),
      ...(reasonText === undefined ? {} : { reasonText: personal('contact', reasonText, ticketStream(ticketId)) }),
      citizenAgreed: by === 'staff' && citizenAgreed,
    };
    const calendar = await currentCalendar(ports);
    const linkMaker = linkMakerOf(ports, await currentStaff(ports, staffId), calendar);
    const rules = { policies: ports.policies, calendar, ...defined({ linkMaker }) };
    const request = { ...details, ...rules, slot, staffId, mode, noticeVersion, at };
    if (command.mode !== undefined && isSameHour && staffId === booking.staffId) {
      return decideOnTicket(ports, context, { ticketId, step: 'change-mode', decide: (standing) => changeMode(request, standing) });
    }
    const refused =
      (await mayMoveTo(ports, context, state, { ticketId, by, staffId, ...defined({ askedThrough, offerId }) })) ??
      checkReschedule(request, state);
    if (refused) return refused;
    return moveMeeting(asked, ports, context, {
      ticketId,
      ticket: state,
      to: { staffId, slot, holdId },
      move: { kind: 'reschedule', ...details, ...(mode === booking.mode ? {} : { mode }), requestedAt: at },
    });
  };

/** Whether the rights allow it, before anything is held. */
const mayMoveTo = async (
  ports: Ports,
  context: CommandContext,
  state: RequestedTicket,
  {
    ticketId,
    by,
    staffId,
    ...said
  }: Pick<RescheduleTicketInput, 'ticketId' | 'by' | 'askedThrough' | 'offerId'> & { readonly staffId: string },
): Promise<Refusal | undefined> => {
  const colleague = await currentStaff(ports, staffId);
  if (colleague.status === 'unknown') return refuse('not-found', { field: 'staffId' });
  const { departmentCode } = colleague;
  const placed = { ...state.booking, ...said, by, staffId, departmentCode };
  return tickets.of(ports, ticketId).forbids(context, state, { type: 'Rescheduled', data: placed });
};

/** `holdId` is drawn once and kept with the command. */
export type ReassignTicketInput = {
  readonly ticketId: string;
  readonly holdId: string;
  readonly staffId: string;
  readonly reason: string;
  /** the offer that it accepts */
  readonly offerId?: string;
};

export class ReassignTicket extends Command<ReassignTicketInput, Done<{ readonly ticketId: string }>> {}

/** A3: the same hour with another person, with a reason; of the same department, or the one who has the file. */
export const reassignTicket =
  (asked: Ports) =>
  async (context: CommandContext, command: ReassignTicketInput): Promise<Done<{ readonly ticketId: string }> | Refusal> => {
    const ports = inOneCommand(asked, context.known);
    const { ticketId, holdId, staffId, offerId } = command;
    const { state, position } = await tickets.of(ports, ticketId).load();
    if (!isRequested(state)) return refuse('not-found');
    if (wasMovedTo(state, holdId)) return done({ ticketId }, position);
    const reason = personal('contact', command.reason, ticketStream(ticketId));
    const refused = checkReassign({ staffId, reason, at: context.at }, state);
    if (refused) return refused;
    const colleague = await currentStaff(ports, staffId);
    if (colleague.status === 'unknown') return refuse('not-found', { field: 'staffId' });
    const { departmentCode } = colleague;
    const accepting = defined({ offerId });
    const handedOn = { type: 'Reassigned', data: { ...state.booking, ...accepting, staffId, departmentCode } } as const;
    const forbidden = await tickets.of(ports, ticketId).forbids(context, state, handedOn);
    if (forbidden) return forbidden;
    return moveMeeting(asked, ports, context, {
      ticketId,
      ticket: state,
      to: { staffId, slot: state.booking.slot, holdId },
      move: { kind: 'reassign', by: 'staff', reasonText: reason, citizenAgreed: false, requestedAt: context.at, ...accepting },
    });
  };
