import { isBlank } from '../kernel/blank';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { CivilDate, Instant } from '../kernel/fact';
import type { Grade } from '../kernel/grade';
import type { PersonalText } from '../kernel/personal-text';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { plusHours } from '../time/civil-time';
import { checkHorizon, isSlot, type Slot } from '../time/slot';
import { checkLeadTime } from '../agenda/lead-time';
import {
  type AcceptedNotice,
  type Agreement,
  type AskedThrough,
  type Cancelled,
  type ChangeReason,
  type CitizenNotified,
  type Mode,
  type ModeChanged,
  needsOf,
  type NoticeChannel,
  type NoticeOutcome,
  type NoticeSubject,
  type Reassigned,
  type Rescheduled,
} from './facts';
import { checkLink, type LinkMaker } from './link-by-hand';
import { checkPost, countsFrom, letterOf, thatStayed } from './notice-by-post';
import { dutiesAfterEnd, meetingDeadlines, noticeDueAt, type RulesInForce } from './meeting';
import {
  isRequested,
  stillStands,
  type Notice,
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
  readonly askedThrough?: AskedThrough;
  /** A30: when the slot may be offered again */
  readonly slotFreeFrom: Instant;
  /** the request was freed before, so that it owes no new hour for this ticket; left out, it still counts it */
  readonly requestFreed?: boolean;
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
  const { by, reason, reasonText, askedThrough, slotFreeFrom, requestFreed = false, at } = command;
  const refusal = checkCancel(by, at, state) ?? checkReason(command);
  if (refusal !== undefined) return refusal;
  if (!stillStands(state)) return refuse('wrong-state');
  return accept({
    type: 'Cancelled',
    data: {
      ...bookingOf(state.booking),
      by,
      ...defined({ reason, reasonText, askedThrough }),
      cancelledAt: at,
      slotFreeFrom,
      sequence: state.sequence + 1,
      ...(by === 'staff' ? dutiesAfterEnd(command, at) : {}),
      ...(by === 'staff' && !requestFreed ? { newHourOwed: true } : {}),
    },
  });
};

type Change = RulesInForce & {
  readonly by: 'citizen' | 'staff';
  readonly reason?: ChangeReason;
  /** key `contact` */
  readonly reasonText?: PersonalText;
  /** A20: by staff, with the citizen's recorded consent, it may be sooner than 48 hours, and than a link takes that is made by hand */
  readonly citizenAgreed: boolean;
  readonly askedThrough?: AskedThrough;
  /** left out: a machine makes the links of online meetings */
  readonly linkMaker?: LinkMaker;
  /** how and when they agreed */
  readonly agreement?: Agreement;
  /** left out, it stays as it is */
  readonly mode?: Mode;
  /** A14: accepted with this change */
  readonly recordingNotice?: AcceptedNotice;
  /** the offer that it accepts */
  readonly offerId?: string;
  readonly at: Instant;
};
/** A move that is asked for; `at` is the instant of asking: A20's 48 hours count from it, however late the steps run. */
export type RescheduleRequest = Change & {
  readonly slot: Slot;
  /** left out, it stays with the same person */
  readonly staffId?: string;
  /** A14: of the notice in force; left out where the mode stays */
  readonly noticeVersion?: string;
};
export type Reschedule = Change & {
  readonly slot: Slot;
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
const checkCitizen = ({ by, at, policies }: Change, state: CurrentTicket): Refusal | undefined => {
  if (by !== 'citizen' || state.status === 'staff-absent') return undefined;
  if (at >= state.booking.slot.startsAt) return refuse('wrong-state', { reason: 'already-started' });
  return movesLeft(state, policies) === 0 ? refuse('reschedule-limit', { limit: policies['reschedule-limit'].value.times }) : undefined;
};

/** A20: whether the citizen agreed to an hour that staff found. */
const agreed = ({ by, citizenAgreed }: Pick<RescheduleRequest, 'by' | 'citizenAgreed'>): boolean => by === 'staff' && citizenAgreed;

/** A20: how and when the citizen agreed is said with it, so that it can be proved. Refuses `invalid`, Art. 4. */
const checkAgreement = ({ by, citizenAgreed, agreement, at }: Change, { requestedAt }: TicketParts): Refusal | undefined => {
  if (by === 'citizen' || !citizenAgreed) return undefined;
  if (agreement === undefined) return refuse('invalid', { article: '4', field: 'agreedAt', reason: 'required' });
  if (agreement.agreedAt > at) return refuse('invalid', { article: '4', field: 'agreedAt', reason: 'in-the-future' });
  return agreement.agreedAt < requestedAt ? refuse('invalid', { article: '4', field: 'agreedAt', reason: 'before-the-ticket' }) : undefined;
};

/**
 * Art. 3 d and e, 5: what the new mode needs. A phone number, online an e-mail address too, the notice in force accepted (A14),
 * and time enough for the link to go out (C11).
 */
const checkMode = (request: RescheduleRequest, state: CurrentTicket): Refusal | undefined => {
  const { mode, slot, recordingNotice, noticeVersion, at, policies, linkMaker } = request;
  if (mode === undefined || mode === state.booking.mode) return undefined;
  const { email, phone } = state.contact;
  const { contact, link, recording } = needsOf(mode);
  if (contact.phone !== undefined && phone === undefined)
    return refuse('invalid', { article: contact.phone, field: 'mode', reason: 'needs-phone' });
  if (contact.email !== undefined && email === undefined)
    return refuse('invalid', { article: contact.email, field: 'mode', reason: 'needs-email' });
  if (recording && (recordingNotice ?? state.recordingNotice)?.version !== noticeVersion) {
    return refuse('notice-not-accepted', { article: '5', noticeVersion });
  }
  if (!link) return undefined;
  const { hours } = policies['invitation-lead'].value;
  if (plusHours(at, hours) > slot.startsAt) return refuse('invalid', { article: '5', field: 'mode', reason: 'link-too-late', hours });
  return agreed(request) ? undefined : checkLink({ mode, startsAt: slot.startsAt, at }, linkMaker, policies);
};

/** Art. 8: only an offer that stands is accepted; once declined or withdrawn, or after another move, none is. */
const checkOffer = (offerId: string | undefined, { offers: { newest, ended } }: TicketParts): Refusal | undefined =>
  offerId === undefined || (newest?.offerId === offerId && !ended.includes(offerId))
    ? undefined
    : refuse('wrong-state', { article: '8', reason: 'offer-over' });

const checkHour = (request: RescheduleRequest, { booking }: CurrentTicket): Refusal | undefined => {
  const { slot, mode = booking.mode, at, policies, calendar, linkMaker } = request;
  if (!isSlot(slot)) return refuse('invalid', { article: '6', field: 'startsAt', reason: 'not-on-grid' });
  if (slot.startsAt <= at) return refuse('too-soon', { article: '4', earliest: at, ...policies['lead-time'].value });
  // an hour that stays is not asked for anew
  if (slot.startsAt === booking.slot.startsAt) return undefined;
  return (
    (agreed(request) ? undefined : checkLeadTime(at, slot.startsAt, policies['lead-time'], calendar)) ??
    checkHorizon(at, slot.startsAt, policies['booking-horizon']) ??
    (agreed(request) ? undefined : checkLink({ mode, startsAt: slot.startsAt, at }, linkMaker, policies))
  );
};

/**
 * What refuses a rescheduling before any slot is held: `wrong-state`, `reschedule-limit` (A19), `invalid` (Art. 1, 3 d and e, 4, 6, 8),
 * `notice-not-accepted` (Art. 5), `too-soon` (Art. 4, A20), `beyond-horizon` (A16), `no-time-for-link` (Art. 5). The 30 days no longer matter (A6, A23).
 */
export const checkReschedule = (request: RescheduleRequest, state: TicketState): Refusal | undefined => {
  if (state.status === 'absent') return refuse('not-found');
  if (!stillStands(state)) return refuse('wrong-state', { article: '8' });
  const { slot, staffId, mode } = state.booking;
  if (request.slot.startsAt === slot.startsAt && (request.staffId ?? staffId) === staffId) {
    return request.mode === undefined || request.mode === mode
      ? refuse('invalid', { field: 'startsAt', reason: 'same-slot' })
      : checkModeChange(request, state);
  }
  return checkChange(request, state) ?? checkHour(request, state) ?? checkMode(request, state);
};

/**
 * What refuses a change of the mode alone, at the hour and with the person where the meeting stands: `wrong-state`, also from its hour on
 * (then it goes on otherwise, A13), `reschedule-limit` (A19), `invalid` (Art. 3 d and e, 5, 8), `notice-not-accepted` (Art. 5).
 */
const checkModeChange = (request: RescheduleRequest, state: CurrentTicket): Refusal | undefined => {
  if (state.status !== 'scheduled') return refuse('wrong-state', { article: '8' });
  if (request.at >= state.booking.slot.startsAt) return refuse('wrong-state', { article: '3 d', reason: 'already-started' });
  return checkChange(request, state) ?? checkMode(request, state);
};

const checkChange = (request: RescheduleRequest, state: CurrentTicket): Refusal | undefined =>
  checkPerson(request, state) ?? checkCitizen(request, state) ?? checkReason(request) ?? checkAgreement(request, state);

/** A3: never silently, and never by the citizen, who meets the person who has the request (Art. 1). */
const checkPerson = ({ by, staffId, reasonText }: RescheduleRequest, { booking }: CurrentTicket): Refusal | undefined => {
  if (staffId === undefined || staffId === booking.staffId) return undefined;
  if (by === 'citizen') return refuse('invalid', { article: '1', field: 'staffId', reason: 'not-by-citizen' });
  return reasonText === undefined || isBlank(reasonText)
    ? refuse('invalid', { article: '1', field: 'reasonText', reason: 'required' })
    : undefined;
};

/**
 * Art. 8 (staff) and A19 (citizen): the last step, once the new hold is confirmed. Accepted only while the meeting
 * stands on `from`. There already, it changes nothing. The hour and the citizen's limit were checked by `checkReschedule`
 * when the hold was asked for, and hold as they were then: a policy changed since must not leave a confirmed hold behind.
 * Refuses `wrong-state`, and `invalid` without a reason (Art. 8).
 */
export const reschedule = (command: Reschedule, state: TicketState): Decision<Rescheduled> => {
  const { holdId, from, staffId, department, departmentCode, slot } = command;
  if (isRequested(state) && wasMovedTo(state, holdId)) return noChange();
  if (state.status === 'absent') return refuse('not-found');
  if (!stillStands(state)) return refuse('wrong-state', { article: '8' });
  if (state.booking.holdId !== from) return refuse('wrong-state', { article: '8', reason: 'moved-elsewhere' });
  const refusal = checkReason(command) ?? checkOffer(command.offerId, state);
  if (refusal !== undefined) return refusal;
  const { request, mode: formerMode } = state.booking;
  const { mode = formerMode } = command;
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
      ...(mode === formerMode ? {} : { formerMode }),
      sequence: state.sequence + 1,
      ...saidOfChange(command),
      ...deadlinesAfterChange(command, mode, slot),
    },
  });
};

/** Who asked, why, and what the citizen said to it. */
const saidOfChange = ({ by, reason, reasonText, askedThrough, citizenAgreed, agreement, recordingNotice, offerId, at }: Change) => ({
  by,
  ...defined({ reason, reasonText, askedThrough }),
  citizenAgreed: by === 'citizen' || citizenAgreed,
  ...defined({ agreement, recordingNotice, offerId }),
  requestedAt: at,
});

const deadlinesAfterChange = (change: Change, mode: Mode, slot: Slot) => {
  const { by, at, policies, recordingNotice, linkMaker } = change;
  const deadlines = meetingDeadlines(change, mode, slot);
  return {
    ...deadlines,
    ...(by === 'staff' ? { noticeDueAt: noticeDueAt(change, at, slot.startsAt) } : {}),
    policies: [
      ...deadlines.policies,
      policies[by === 'staff' ? 'notice-deadline' : 'reschedule-limit'],
      ...(recordingNotice?.keptDays === undefined ? [] : [policies['recording-period']]),
      ...(needsOf(mode).link && linkMaker !== undefined && !agreed(change) ? [policies['link-by-hand']] : []),
    ],
  };
};

/**
 * Art. 3 d, 8, A19: the meeting is held in another way, at the same hour with the same person. No slot moves: it is one step.
 * Held so already, it changes nothing. Refuses as `checkReschedule` does, and `wrong-state` once it stands elsewhere.
 */
export const changeMode = (request: RescheduleRequest & { readonly mode: Mode }, state: TicketState): Decision<ModeChanged> => {
  if (state.status === 'absent') return refuse('not-found');
  if (!stillStands(state)) return refuse('wrong-state', { article: '8' });
  const { mode, slot } = request;
  if (slot.startsAt !== state.booking.slot.startsAt) return refuse('wrong-state', { article: '8', reason: 'moved-elsewhere' });
  if (state.booking.mode === mode) return noChange();
  const refusal = checkModeChange(request, state);
  if (refusal !== undefined) return refusal;
  const { outcomeDueAt: _, ...deadlines } = deadlinesAfterChange(request, mode, slot);
  return accept({
    type: 'ModeChanged',
    data: {
      ...bookingOf(state.booking),
      mode,
      formerMode: state.booking.mode,
      sequence: state.sequence + 1,
      ...saidOfChange(request),
      ...deadlines,
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
  /** the offer that it accepts */
  readonly offerId?: string;
  readonly at: Instant;
};

/** A23: an hour that the official missed is over for all. Until its end a colleague may step in; then only a new hour helps (Art. 8). */
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
  const { staffId, department, departmentCode, slot, holdId, from, reason, offerId, at } = command;
  if (state.status === 'absent') return refuse('not-found');
  if (isRequested(state) && wasMovedTo(state, holdId)) return noChange();
  if (!stillStands(state) || state.booking.holdId !== from) return refuse('wrong-state', { article: '1', reason: 'moved-elsewhere' });
  if (slot.startsAt !== state.booking.slot.startsAt) return refuse('wrong-state', { article: '1', reason: 'another-hour' });
  const over = checkOffer(offerId, state);
  if (over !== undefined) return over;
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
      ...defined({ offerId }),
    },
  });
};

export type NotifyCitizen = {
  /** left out, what the citizen must be told now */
  readonly about?: NoticeSubject;
  readonly channel: NoticeChannel;
  readonly outcome: NoticeOutcome;
  readonly notifiedAt: Instant;
  /** left out: a person says so */
  readonly grade?: Grade;
  readonly at: Instant;
  readonly letterId?: string;
  /** by post: the day on which the letter was posted; of what is posted `notifiedAt` follows from it */
  readonly postedOn?: CivilDate;
  readonly dispatchNumber?: PersonalText;
};

/**
 * A21. Told before the hour, and in any case within so many hours; where a colleague steps in once the hour has begun, the citizen is told
 * at the meeting.
 */
export const reassignedNoticeDueAt = (hours: number, at: Instant, startsAt: Instant): Instant => {
  const due = plusHours(at, hours);
  return at < startsAt && startsAt < due ? startsAt : due;
};

const byPhone: readonly NoticeOutcome[] = ['reached', 'voicemail', 'no-answer', 'declined-new-slot'];
/** `accepted`: the network says that it was delivered. */
const byTextMessage: readonly NoticeOutcome[] = ['accepted', 'bounced'];
const byEmail: readonly NoticeOutcome[] = ['accepted', 'bounced', 'declined-new-slot'];
/** By post, where there is nothing but a postal address (A10). */
const byPost: readonly NoticeOutcome[] = ['posted', 'bounced', 'declined-new-slot'];
const told: readonly NoticeOutcome[] = ['accepted', 'reached', 'posted', 'declined-new-slot'];
/** A21: nothing else counts as told. */
export const countsAsTold = (outcome: NoticeOutcome): boolean => told.includes(outcome);

/** The outcomes that telling the citizen through this channel can have. */
export const outcomesOf = (channel: NotifyCitizen['channel']): readonly NoticeOutcome[] =>
  ({ phone: byPhone, email: byEmail, 'text-message': byTextMessage, post: byPost })[channel];

const fault = ({ channel, outcome, notifiedAt, at }: NotifyCitizen): Refusal | undefined => {
  const possible = outcomesOf(channel);
  if (!possible.includes(outcome)) return refuse('invalid', { article: '8', field: 'outcome', reason: 'not-of-channel', possible });
  return notifiedAt > at ? refuse('invalid', { field: 'notifiedAt', reason: 'in-the-future' }) : undefined;
};

/** Whether the citizen has been told what Art. 8 asks (A21): a letter that came back does not count. True where nothing must be told. */
export const isTold = (state: RequestedTicket): boolean => state.noticeDuty === undefined || telling(state).length > 0;

/** What told the citizen of the matter that stands, and has not come back. */
const telling = ({ noticeDuty, notices }: RequestedTicket): readonly Notice[] =>
  noticeDuty === undefined
    ? []
    : thatStayed(notices).filter(
        ({ about, outcome, notifiedAt }) => about === noticeDuty.about && countsAsTold(outcome) && notifiedAt >= noticeDuty.since,
      );

/** Art. 8 (A21): only letters on paper told them. Such a letter may still come back, even after other attempts. */
export const isToldOnPaperAlone = (state: RequestedTicket): boolean => {
  const notices = telling(state);
  return notices.length > 0 && notices.every(({ outcome }) => outcome === 'posted');
};

/**
 * Whether there is something to note about telling the citizen: the citizen has not been told; or has been told, and the answer is still
 * open: a new hour or the citizen's refusal of one (C19); or a letter on paper that told them may still come back.
 */
export const owesAWord = (state: RequestedTicket): boolean => {
  const { status, noticeDuty, notices, newHour } = state;
  if (noticeDuty === undefined) return false;
  if (!isTold(state)) return true;
  if (stillStands(state) && isToldOnPaperAlone(state)) return true;
  if ((status !== 'staff-absent' && status !== 'cancelled') || newHour?.stage === 'given') return false;
  return !notices.some(({ outcome, notifiedAt }) => outcome === 'declined-new-slot' && notifiedAt >= noticeDuty.since);
};

/** Whether the same was said before. */
const isKnown = ({ about, channel, outcome, notifiedAt, letterId, postedOn }: CitizenNotified['data'], { notices }: RequestedTicket) => {
  if (channel === 'post' && outcome === 'bounced') return letterOf(thatStayed(notices), postedOn) === undefined;
  return (channel === 'post' ? thatStayed(notices) : notices).some(
    (notice) =>
      notice.about === about &&
      notice.channel === channel &&
      notice.outcome === outcome &&
      (letterId === undefined ? notice.notifiedAt === notifiedAt : notice.letterId === letterId),
  );
};

/**
 * Art. 8 (A21). An official told the citizen, or tried to. The same notice again changes nothing. Refuses `invalid` for an outcome that the
 * channel cannot have, and as `checkPost` does; `wrong-state` when there is nothing to tell.
 */
export const notifyCitizen = (command: NotifyCitizen, state: TicketState): Decision<CitizenNotified> => {
  if (!isRequested(state)) return refuse('not-found');
  const refusal = fault(command) ?? checkPost(command, state);
  if (refusal !== undefined) return refusal;
  const { channel, outcome, letterId, postedOn, dispatchNumber, grade = 'declared' } = command;
  const cameBack = outcome === 'bounced' ? letterOf(state.notices, postedOn)?.about : undefined;
  const about = command.about ?? cameBack ?? state.noticeDuty?.about;
  if (about === undefined) return refuse('wrong-state', { article: '8', reason: 'nothing-to-tell' });
  const since = state.noticeDuty?.since;
  const notifiedAt = outcome === 'posted' && postedOn !== undefined ? countsFrom(postedOn, since) : command.notifiedAt;
  const data = { about, channel, outcome, notifiedAt, ...defined({ letterId, postedOn, dispatchNumber }), grade };
  return isKnown(data, state) ? noChange() : accept({ type: 'CitizenNotified', data });
};
