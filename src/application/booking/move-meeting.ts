import type { Move } from '../../domain/agenda/facts';
import { holdSlot } from '../../domain/agenda/agenda';
import type { Place } from '../../domain/booking/next-step';
import { isRefusal, refuse, type Refusal } from '../../domain/kernel/refusal';
import type { Booking } from '../../domain/ticket/facts';
import { civilDateOf, plusMinutes } from '../../domain/time/civil-time';
import { advanceBooking, planOf } from './advance-booking';
import { done, type Done } from '../kernel/done';
import type { CommandContext } from '../kernel/execute';
import { agendas } from '../kernel/streams';
import { alternativesTo } from './free-slots';
import type { Ports } from '../kernel/ports/ports';

/**
 * Moves a meeting to another slot or another person: hold there, confirm there, then the ticket says so, then the old slot is free.
 * The hold keeps why, so whoever finds it after a crash can finish. Refused `slot-taken`, nothing has changed.
 */
export const moveMeeting = async (
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
  if (isRefusal(held)) return held.code === 'slot-taken' ? taken(ports, to, at) : held;
  const { ticket: standing, position } = await advanceBooking(ports, context, { ticketId, request: booking.request, moveTo: to });
  const stood = standing.status === 'absent' || !('booking' in standing) ? undefined : standing;
  const moved = stood?.booking.holdId === to.holdId || stood?.left.some(({ holdId }) => holdId === to.holdId);
  if (moved) return done({ ticketId }, position);
  return stood?.booking.holdId === booking.holdId
    ? taken(ports, to, at)
    : refuse('wrong-state', { article: '8', reason: 'moved-elsewhere' });
};

const taken = async (ports: Ports, { staffId, slot }: Place, at: string): Promise<Refusal> =>
  refuse('slot-taken', { article: '3 c', alternatives: await alternativesTo(ports, staffId, slot.startsAt, at) });
