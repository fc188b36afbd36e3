import { accept, nothing, type Decision } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/instant';
import type { PersonalText } from '../kernel/personal-text';
import { refuse, type Refusal } from '../kernel/refusal';
import { checkHorizon, checkLeadTime } from '../time/lead-time';
import { isSlot, type Slot } from '../time/slot';
import { formerPlaceOf } from './booking';
import { checkReason } from './change-reason';
import { meetingDeadlines, noticeDueAt, type RulesInForce } from './deadlines';
import type { ChangeReason, Rescheduled } from './facts';
import { isRequested, isStanding, type StandingTicket, type TicketState } from './state';

/** What somebody asks for; `at` is the instant of asking: A20's 48 hours count from it, however late the steps run. */
export type RescheduleRequest = RulesInForce & {
  readonly slot: Slot;
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  /** key `contact` */
  readonly reasonText?: PersonalText;
  /** A20: by staff, with the citizen's recorded consent, it may be sooner than 48 hours */
  readonly citizenAgreed: boolean;
  readonly at: Instant;
};
export type Reschedule = RescheduleRequest & {
  /** the confirmed hold to move to */
  readonly holdId: string;
  /** the hold that the meeting must still stand on */
  readonly from: string;
  readonly staffId: string;
  readonly department: string;
  readonly departmentCode: string;
};

/** A19: a citizen moves the meeting so many times, before its start; the staff member's absence neither counts nor limits. */
const checkCitizen = ({ by, at, policies }: RescheduleRequest, state: StandingTicket): Refusal | undefined => {
  if (by !== 'citizen' || state.status === 'staff-absent') return undefined;
  if (at >= state.booking.slot.startsAt) return refuse('wrong-state', { reason: 'already-started' });
  const { times } = policies['reschedule-limit'].value;
  return state.reschedulesByCitizen >= times ? refuse('reschedule-limit', { limit: times }) : undefined;
};

const checkHour = ({ slot, by, citizenAgreed, at, policies }: RescheduleRequest): Refusal | undefined => {
  if (!isSlot(slot)) return refuse('invalid', { article: '6', field: 'startsAt', reason: 'not-on-grid' });
  if (slot.startsAt <= at) return refuse('too-soon', { article: '4', earliest: at });
  const agreed = by === 'staff' && citizenAgreed;
  return (
    (agreed ? undefined : checkLeadTime(at, slot.startsAt, policies['lead-time'])) ??
    checkHorizon(at, slot.startsAt, policies['booking-horizon'])
  );
};

/**
 * What refuses a rescheduling before any slot is held: `wrong-state`, `reschedule-limit` (A19), `invalid` (Art. 6, Art. 8),
 * `too-soon` (Art. 4, A20), `beyond-horizon` (A16). The 30 days no longer matter (A6, A23).
 */
export const checkReschedule = (request: RescheduleRequest, state: TicketState): Refusal | undefined => {
  if (state.status === 'absent') return refuse('not-found');
  if (!isStanding(state)) return refuse('wrong-state', { article: '8' });
  if (request.slot.startsAt === state.booking.slot.startsAt) return refuse('invalid', { field: 'startsAt', reason: 'same-slot' });
  return checkCitizen(request, state) ?? checkReason(request) ?? checkHour(request);
};

/**
 * Art. 8 (staff) and A19 (citizen): the last step, once the new hold is confirmed. Accepted only while the meeting
 * stands on `from`. There already, it changes nothing. The hour and the citizen's limit were checked by `checkReschedule`
 * when the hold was asked for, and hold as they were then: a policy changed since must not leave a confirmed hold behind.
 * Refuses `wrong-state`, and `invalid` without a reason (Art. 8).
 */
export const reschedule = (command: Reschedule, state: TicketState): Decision<Rescheduled> => {
  const { holdId, from, staffId, department, departmentCode, slot, by, reason, reasonText, citizenAgreed, at } = command;
  if (isRequested(state) && wasMovedTo(state, holdId)) return nothing();
  if (state.status === 'absent') return refuse('not-found');
  if (!isStanding(state)) return refuse('wrong-state', { article: '8' });
  if (state.booking.holdId !== from) return refuse('wrong-state', { article: '8', reason: 'moved-elsewhere' });
  const refusal = checkReason(command);
  if (refusal !== undefined) return refusal;
  const { request, mode } = state.booking;
  return accept({
    type: 'Rescheduled',
    data: {
      request,
      staffId,
      department,
      departmentCode,
      mode,
      slot,
      holdId,
      from: formerPlaceOf(state.booking),
      by,
      ...defined({ reason, reasonText }),
      citizenAgreed: by === 'citizen' || citizenAgreed,
      requestedAt: at,
      sequence: state.sequence + 1,
      ...meetingDeadlines(command, mode, slot),
      ...(by === 'staff' ? { noticeDueAt: noticeDueAt(command, at, slot.startsAt) } : {}),
    },
  });
};

/** Hold ids are never reused: a meeting that ever stood on one was moved there. */
export const wasMovedTo = ({ booking, left }: Pick<StandingTicket, 'booking' | 'left'>, holdId: string): boolean =>
  booking.holdId === holdId || left.some((place) => place.holdId === holdId);
