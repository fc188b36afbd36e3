import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '../kernel/defined';
import type { Instant } from '../kernel/fact';
import type { Grade } from '../kernel/grade';
import type { PersonalText } from '../kernel/personal-text';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { plusHours } from '../time/civil-time';
import { checkHorizon, checkLeadTime, isSlot, type Slot } from '../time/slot';
import type { Cancelled, ChangeReason, CitizenNotified, Mode, NoticeOutcome, NoticeSubject, Reassigned, Rescheduled } from './facts';
import { checkLink, type LinkMaker } from './link-by-hand';
import { dutiesAfterEnd, meetingDeadlines, noticeDueAt, type RulesInForce } from './meeting';
import {
  isRequested,
  stillStands,
  type RequestedTicket,
  type CurrentTicket,
  type TicketParts,
  type TicketState,
  bookingOf,
  formerPlaceOf,
} from './ticket';

/** A20: staff never change a meeting without a reason, and `other` says in words which. Refuses `invalid`, Art. 8. */
const checkReason = (change: {
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  readonly reasonText?: PersonalText;
}): Refusal | undefined => {
  if (change.by === 'citizen') return undefined;
  if (change.reason === undefined) return refuse('invalid', { article: '8', field: 'reason', reason: 'required' });
  const { reasonText } = change;
  return change.reason === 'other' && (reasonText === undefined || isBlank(reasonText))
    ? refuse('invalid', { article: '8', field: 'reasonText', reason: 'required' })
    : undefined;
};

export type Cancel = RulesInForce & {
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  readonly reasonText?: PersonalText;
  /** A30: when the slot may be offered again */
  readonly slotFreeFrom: Instant;
  readonly at: Instant;
};

/** Whether it can be cancelled at that instant: a citizen until the start (A19), or when the staff member did not come; staff while it stands. */
export const checkCancel = (by: 'citizen' | 'staff', at: Instant, state: TicketState): Refusal | undefined => {
  if (state.status === 'absent') return refuse('not-found');
  if (!stillStands(state)) return refuse('wrong-state');
  const started = state.status === 'scheduled' && at >= state.booking.slot.startsAt;
  return by === 'citizen' && started ? refuse('wrong-state', { reason: 'already-started' }) : undefined;
};

/**
 * A19 (citizen) and Art. 8 (staff, always with a reason, then a duty to tell and to find a new slot).
 * Cancelled already, it changes nothing. Refuses `wrong-state` and `invalid` (Art. 8).
 */
export const cancel = (command: Cancel, state: TicketState): Decision<Cancelled> => {
  if (state.status === 'cancelled') return noChange();
  const { by, reason, reasonText, slotFreeFrom, at } = command;
  const refusal = checkCancel(by, at, state) ?? checkReason(command);
  if (refusal !== undefined) return refusal;
  if (!stillStands(state)) return refuse('wrong-state');
  return accept({
    type: 'Cancelled',
    data: {
      ...bookingOf(state.booking),
      by,
      ...defined({ reason, reasonText }),
      cancelledAt: at,
      slotFreeFrom,
      sequence: state.sequence + 1,
      ...(by === 'staff' ? dutiesAfterEnd(command, at) : {}),
    },
  });
};

/** What somebody asks for; `at` is the instant of asking: A20's 48 hours count from it, however late the steps run. */
export type RescheduleRequest = RulesInForce & {
  readonly slot: Slot;
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  /** key `contact` */
  readonly reasonText?: PersonalText;
  /** A20: by staff, with the citizen's recorded consent, it may be sooner than 48 hours, and than a link takes that is made by hand */
  readonly citizenAgreed: boolean;
  /** left out: a machine makes the links of online meetings */
  readonly linkMaker?: LinkMaker;
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

/** A19: how often the citizen may still move the meeting. */
export const movesLeft = (
  { reschedulesByCitizen }: Pick<TicketParts, 'reschedulesByCitizen'>,
  policies: Pick<Policies, 'reschedule-limit'>,
): number => Math.max(0, policies['reschedule-limit'].value.times - reschedulesByCitizen);

/** A19: a citizen moves the meeting so many times, before its start; the staff member's absence neither counts nor limits. */
const checkCitizen = ({ by, at, policies }: RescheduleRequest, state: CurrentTicket): Refusal | undefined => {
  if (by !== 'citizen' || state.status === 'staff-absent') return undefined;
  if (at >= state.booking.slot.startsAt) return refuse('wrong-state', { reason: 'already-started' });
  return movesLeft(state, policies) === 0 ? refuse('reschedule-limit', { limit: policies['reschedule-limit'].value.times }) : undefined;
};

/** A20: whether the citizen agreed to an hour that staff found. */
const agreed = ({ by, citizenAgreed }: Pick<RescheduleRequest, 'by' | 'citizenAgreed'>): boolean => by === 'staff' && citizenAgreed;

const checkHour = (request: RescheduleRequest, mode: Mode): Refusal | undefined => {
  const { slot, at, policies, linkMaker } = request;
  if (!isSlot(slot)) return refuse('invalid', { article: '6', field: 'startsAt', reason: 'not-on-grid' });
  if (slot.startsAt <= at) return refuse('too-soon', { article: '4', earliest: at, hours: policies['lead-time'].value.hours });
  return (
    (agreed(request) ? undefined : checkLeadTime(at, slot.startsAt, policies['lead-time'])) ??
    checkHorizon(at, slot.startsAt, policies['booking-horizon']) ??
    (agreed(request) ? undefined : checkLink({ mode, startsAt: slot.startsAt, at }, linkMaker, policies))
  );
};

/**
 * What refuses a rescheduling before any slot is held: `wrong-state`, `reschedule-limit` (A19), `invalid` (Art. 6, Art. 8),
 * `too-soon` (Art. 4, A20), `beyond-horizon` (A16), `no-time-for-link` (Art. 5). The 30 days no longer matter (A6, A23).
 */
export const checkReschedule = (request: RescheduleRequest, state: TicketState): Refusal | undefined => {
  if (state.status === 'absent') return refuse('not-found');
  if (!stillStands(state)) return refuse('wrong-state', { article: '8' });
  if (request.slot.startsAt === state.booking.slot.startsAt) return refuse('invalid', { field: 'startsAt', reason: 'same-slot' });
  return checkCitizen(request, state) ?? checkReason(request) ?? checkHour(request, state.booking.mode);
};

/**
 * Art. 8 (staff) and A19 (citizen): the last step, once the new hold is confirmed. Accepted only while the meeting
 * stands on `from`. There already, it changes nothing. The hour and the citizen's limit were checked by `checkReschedule`
 * when the hold was asked for, and hold as they were then: a policy changed since must not leave a confirmed hold behind.
 * Refuses `wrong-state`, and `invalid` without a reason (Art. 8).
 */
export const reschedule = (command: Reschedule, state: TicketState): Decision<Rescheduled> => {
  const { holdId, from, staffId, department, departmentCode, slot, by, reason, reasonText, citizenAgreed, at } = command;
  if (isRequested(state) && wasMovedTo(state, holdId)) return noChange();
  if (state.status === 'absent') return refuse('not-found');
  if (!stillStands(state)) return refuse('wrong-state', { article: '8' });
  if (state.booking.holdId !== from) return refuse('wrong-state', { article: '8', reason: 'moved-elsewhere' });
  const refusal = checkReason(command);
  if (refusal !== undefined) return refusal;
  const { request, mode } = state.booking;
  const deadlines = meetingDeadlines(command, mode, slot);
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
      ...deadlines,
      ...(by === 'staff' ? { noticeDueAt: noticeDueAt(command, at, slot.startsAt) } : {}),
      policies: [
        ...deadlines.policies,
        command.policies[by === 'staff' ? 'notice-deadline' : 'reschedule-limit'],
        ...(mode === 'online' && command.linkMaker !== undefined && !agreed(command) ? [command.policies['link-by-hand']] : []),
      ],
    },
  });
};

/** Hold ids are never reused: a meeting that ever stood on one was moved there. */
export const wasMovedTo = ({ booking, left }: Pick<CurrentTicket, 'booking' | 'left'>, holdId: string): boolean =>
  booking.holdId === holdId || left.some((place) => place.holdId === holdId);

export type Reassign = Pick<RulesInForce, 'policies'> & {
  readonly staffId: string;
  readonly department: string;
  readonly departmentCode: string;
  /** the same hour, in the other agenda */
  readonly slot: Slot;
  readonly holdId: string;
  /** the hold that the meeting must still stand on */
  readonly from: string;
  readonly reason: PersonalText;
  readonly at: Instant;
};

/** A23: an hour to which nobody came is over for everybody. Until its end a colleague may step in; then only a new hour helps (Art. 8). */
export const hourIsGone = ({ status, booking }: RequestedTicket, at: Instant): boolean =>
  status === 'staff-absent' && at >= booking.slot.endsAt;

/**
 * What refuses a reassigning before any slot is held: `wrong-state`, also once the hour of an absence is over (A23); `invalid`
 * without a reason (A3) or for the same person.
 */
export const checkReassign = (
  { staffId, reason, at }: Pick<Reassign, 'staffId' | 'reason' | 'at'>,
  state: TicketState,
): Refusal | undefined => {
  if (state.status === 'absent') return refuse('not-found');
  if (!stillStands(state)) return refuse('wrong-state', { article: '1' });
  if (hourIsGone(state, at)) return refuse('wrong-state', { article: '8', reason: 'slot-over' });
  if (isBlank(reason)) return refuse('invalid', { article: '1', field: 'reason', reason: 'required' });
  return staffId === state.booking.staffId ? refuse('invalid', { field: 'staffId', reason: 'same-person' }) : undefined;
};

/**
 * A3: the same hour with another person, never silently. The last step, once the new hold is confirmed.
 * Accepted only while the meeting stands on `from`. There already, it changes nothing. Refuses `wrong-state`.
 */
export const reassign = (command: Reassign, state: TicketState): Decision<Reassigned> => {
  const { staffId, department, departmentCode, slot, holdId, from, reason, at } = command;
  if (state.status === 'absent') return refuse('not-found');
  if (isRequested(state) && wasMovedTo(state, holdId)) return noChange();
  if (!stillStands(state) || state.booking.holdId !== from) return refuse('wrong-state', { article: '1', reason: 'moved-elsewhere' });
  if (slot.startsAt !== state.booking.slot.startsAt) return refuse('wrong-state', { article: '1', reason: 'another-hour' });
  const { request, mode } = state.booking;
  return accept({
    type: 'Reassigned',
    data: {
      request,
      staffId,
      department,
      departmentCode,
      mode,
      slot,
      holdId,
      from: formerPlaceOf(state.booking),
      reason,
      reassignedAt: at,
      sequence: state.sequence + 1,
      noticeDueAt: reassignedNoticeDueAt(command.policies['notice-deadline'].value.hours, at, slot.startsAt),
      policies: [command.policies['notice-deadline']],
    },
  });
};

export type NotifyCitizen = {
  /** left out, what the citizen must be told now */
  readonly about?: NoticeSubject;
  readonly channel: 'phone' | 'email';
  readonly outcome: NoticeOutcome;
  readonly notifiedAt: Instant;
  /** left out: a person says so */
  readonly grade?: Grade;
  readonly at: Instant;
  readonly letterId?: string;
};

/** A21. Told before the hour, and in any case within so many hours; whoever steps in once the hour has begun is met there, and told then. */
export const reassignedNoticeDueAt = (hours: number, at: Instant, startsAt: Instant): Instant => {
  const due = plusHours(at, hours);
  return at < startsAt && startsAt < due ? startsAt : due;
};

const byPhone: readonly NoticeOutcome[] = ['reached', 'voicemail', 'no-answer', 'declined-new-slot'];
const byEmail: readonly NoticeOutcome[] = ['accepted', 'bounced', 'declined-new-slot'];
const told: readonly NoticeOutcome[] = ['accepted', 'reached', 'declined-new-slot'];
/** A21: nothing else counts as told. */
export const countsAsTold = (outcome: NoticeOutcome): boolean => told.includes(outcome);

/** What telling somebody in this way can come to. */
export const outcomesOf = (channel: NotifyCitizen['channel']): readonly NoticeOutcome[] => (channel === 'phone' ? byPhone : byEmail);

const fault = ({ channel, outcome, notifiedAt, at }: NotifyCitizen): Refusal | undefined => {
  const possible = outcomesOf(channel);
  if (!possible.includes(outcome)) return refuse('invalid', { article: '8', field: 'outcome', reason: 'not-of-channel', possible });
  return notifiedAt > at ? refuse('invalid', { field: 'notifiedAt', reason: 'in-the-future' }) : undefined;
};

/** Whether the citizen has been told what Art. 8 asks (A21): a letter that came back told nobody. True where nothing must be told. */
export const isTold = ({ noticeDuty, notices }: RequestedTicket): boolean => {
  if (noticeDuty === undefined) return true;
  const cameBack = new Set(notices.filter(({ outcome }) => outcome === 'bounced').map(({ letterId }) => letterId));
  return notices.some(
    ({ about, outcome, notifiedAt, letterId }) =>
      about === noticeDuty.about &&
      told.includes(outcome) &&
      notifiedAt >= noticeDuty.since &&
      (letterId === undefined || !cameBack.has(letterId)),
  );
};

/**
 * Whether there is something to note about telling the citizen: nobody has been told, or everybody has and the answer is still open,
 * a new hour or the citizen's refusal of one (C19).
 */
export const owesAWord = (state: RequestedTicket): boolean => {
  const { status, noticeDuty, notices } = state;
  if (noticeDuty === undefined) return false;
  if (!isTold(state)) return true;
  if (status !== 'staff-absent' && status !== 'cancelled') return false;
  return !notices.some(({ outcome, notifiedAt }) => outcome === 'declined-new-slot' && notifiedAt >= noticeDuty.since);
};

/**
 * Art. 8 (A21). Somebody told the citizen, or tried to. The same notice again changes nothing.
 * Refuses `invalid` for an outcome that the channel cannot have, `wrong-state` when there is nothing to tell.
 */
export const notifyCitizen = (command: NotifyCitizen, state: TicketState): Decision<CitizenNotified> => {
  if (!isRequested(state)) return refuse('not-found');
  const refusal = fault(command);
  if (refusal !== undefined) return refusal;
  const { channel, outcome, notifiedAt, letterId, grade = 'declared' } = command;
  const about = command.about ?? state.noticeDuty?.about;
  if (about === undefined) return refuse('wrong-state', { article: '8', reason: 'nothing-to-tell' });
  const known = state.notices.some(
    (notice) =>
      notice.about === about &&
      notice.channel === channel &&
      notice.outcome === outcome &&
      (letterId === undefined ? notice.notifiedAt === notifiedAt : notice.letterId === letterId),
  );
  if (known) return noChange();
  return accept({
    type: 'CitizenNotified',
    data: { about, channel, outcome, notifiedAt, ...defined({ letterId }), grade },
  });
};
