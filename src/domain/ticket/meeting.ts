import { type CalendarState, calendarVersion } from '../calendar/calendar';
import { endOfWorkingDayAfter } from '../calendar/working-days';
import { accept, type Decision, noChange } from '../kernel/decider';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import type { Grade } from '../kernel/grade';
import type { ClearText } from '../kernel/personal-text';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import { civilDateOf, minutesBetween, plusHours, plusMinutes } from '../time/civil-time';
import type { Slot } from '../time/slot';
import {
  type CitizenAbsent,
  type Held,
  type InvitationBounced,
  type InvitationSent,
  type MeetingLinkAttached,
  type MeetingRemoved,
  type MeetingStarted,
  type Mode,
  needsOf,
  type StaffAbsent,
} from './facts';
import {
  isHeld,
  isRequested,
  stillStands,
  type MeetingTicket,
  type RequestedTicket,
  type CurrentTicket,
  type TicketState,
  bookingOf,
} from './ticket';
import { meetingLinkFault } from './meeting-link';

/** What a deadline is computed with: the policies and the calendar in force now, kept in the fact for ever. */
export type RulesInForce = { readonly policies: Policies; readonly calendar: CalendarState };

/** The part of a fact that gives a meeting its hour: what follows from it, by when, and by which rules. */
export const meetingDeadlines = ({ policies, calendar }: RulesInForce, mode: Mode, slot: Slot) => ({
  ...(needsOf(mode).link ? { invitationDueAt: plusHours(slot.startsAt, -policies['invitation-lead'].value.hours) } : {}),
  outcomeDueAt: endOfWorkingDayAfter(calendar, slot.startsAt, policies['outcome-deadline'].value.workingDays),
  policies: [
    policies['lead-time'],
    policies['booking-horizon'],
    policies['invitation-lead'],
    policies.reminders,
    policies['outcome-deadline'],
  ],
  calendarVersion: calendarVersion(calendar),
});

/** A21. Told within so many hours, and in any case before the new start. */
export const noticeDueAt = ({ policies }: RulesInForce, at: Instant, newStart?: Instant): Instant => {
  const due = plusHours(at, policies['notice-deadline'].value.hours);
  return newStart !== undefined && newStart < due ? newStart : due;
};

/** C19: a new slot, or the citizen's recorded refusal, within so many working days. */
export const newSlotDueAt = ({ policies, calendar }: RulesInForce, at: Instant): Instant =>
  endOfWorkingDayAfter(calendar, at, policies['outcome-deadline'].value.workingDays);

/** What Art. 8 asks once staff have cancelled, or did not come: by when, and by which rules. */
export const dutiesAfterEnd = (rules: RulesInForce, at: Instant) => ({
  noticeDueAt: noticeDueAt(rules, at),
  newSlotDueAt: newSlotDueAt(rules, at),
  policies: [rules.policies['notice-deadline'], rules.policies['outcome-deadline']],
});

/** C18: a letter that came back is followed up within so many working days. */
export const followUpDueAt = ({ policies, calendar }: RulesInForce, bouncedAt: Instant): Instant =>
  endOfWorkingDayAfter(calendar, bouncedAt, policies['bounce-follow-up'].value.workingDays);

export type AttachMeetingLink = {
  readonly joinUrl: ClearText;
  readonly meetingId?: string;
  /** whether it is the link on record: the state holds it sealed, so the use case compares */
  readonly sameLink: boolean;
  /** the hour for which the meeting was created; left out, the hour that now stands */
  readonly slot?: Slot;
  /** where it may lead; left out, the video service itself has made it */
  readonly hosts?: readonly string[];
  /** left out: a person says so */
  readonly grade?: Grade;
  readonly at: Instant;
};

/**
 * Art. 5. The link of the Webex meeting, for the invitation. The link on record, or one for an hour that no longer stands, changes nothing.
 * Refuses `invalid` for a link that is none or leads elsewhere (see `meetingLinkFault`), `wrong-state` unless the meeting is online and still to end.
 */
export const attachMeetingLink = (command: AttachMeetingLink, state: TicketState): Decision<MeetingLinkAttached> => {
  if (!isRequested(state)) return refuse('not-found');
  const { joinUrl, meetingId, sameLink, hosts, grade = 'declared', at } = command;
  const { mode, slot } = state.booking;
  if (!needsOf(mode).link) return refuse('wrong-state', { article: '5', reason: 'not-online' });
  const fault = meetingLinkFault(joinUrl.clear, hosts);
  if (fault !== undefined) return refuse('invalid', { field: 'joinUrl', reason: fault });
  if (state.status !== 'scheduled' && state.status !== 'in-progress') return refuse('wrong-state', { article: '5' });
  if (command.slot !== undefined && command.slot.startsAt !== slot.startsAt) return noChange();
  if (state.meetingLink !== undefined && sameLink) return noChange();
  return accept({
    type: 'MeetingLinkAttached',
    data: { joinUrl, ...defined({ meetingId }), slot, attachedAt: at, grade },
  });
};

/** Art. 5. The meeting that the machine made is gone from the video service. Of a ticket that still stands online it says nothing. */
export const noteMeetingRemoved = (removed: MeetingRemoved['data'], state: TicketState): Decision<MeetingRemoved> => {
  if (!isRequested(state)) return refuse('not-found');
  const isAwaited = (stillStands(state) || state.status === 'in-progress') && needsOf(state.booking.mode).link;
  return isAwaited ? noChange() : accept({ type: 'MeetingRemoved', data: removed });
};

/** Art. 3 e. The mail server accepted a letter with the calendar entry. It is noted once, in any state of the ticket. */
export const noteInvitationSent = (sent: InvitationSent['data'], state: TicketState): Decision<InvitationSent> => {
  if (!isRequested(state)) return refuse('not-found');
  const known = state.invitation.sent.some(({ letterId }) => letterId === sent.letterId);
  return known ? noChange() : accept({ type: 'InvitationSent', data: sent });
};

/** It came back, perhaps before it was noted that it had left. Noted once, with the day by which an official must follow it up. */
export const noteInvitationBounced = (
  command: RulesInForce & { readonly letterId: string; readonly grade?: Grade; readonly at: Instant },
  state: TicketState,
): Decision<InvitationBounced> => {
  if (!isRequested(state)) return refuse('not-found');
  const { letterId, grade = 'declared', at } = command;
  if (state.invitation.bounced.includes(letterId)) return noChange();
  return accept({
    type: 'InvitationBounced',
    data: { letterId, bouncedAt: at, followUpDueAt: followUpDueAt(command, at), policies: [command.policies['bounce-follow-up']], grade },
  });
};

/** A18: a start is recorded from the slot's start on, on its day (Art. 3 c: on another day the meeting is rescheduled), and never ahead of the clock. */
export const checkStart = (startedAt: Instant, at: Instant, { booking: { slot } }: RequestedTicket): Refusal | undefined => {
  if (startedAt > at) return refuse('invalid', { field: 'startedAt', reason: 'in-the-future' });
  if (startedAt < slot.startsAt) return refuse('wrong-state', { article: '3 c', reason: 'before-the-slot', earliest: slot.startsAt });
  return civilDateOf(startedAt) === civilDateOf(slot.startsAt)
    ? undefined
    : refuse('invalid', { article: '3 c', field: 'startedAt', reason: 'another-day' });
};

/** The meeting begins. Begun already, it changes nothing. Refuses `wrong-state` before the slot's start (A18) and unless scheduled. */
export const startMeeting = (
  { startedAt, grade = 'declared', at }: { readonly startedAt: Instant; readonly grade?: Grade; readonly at: Instant },
  state: TicketState,
): Decision<MeetingStarted> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.status === 'in-progress' || isHeld(state)) return noChange();
  if (state.status !== 'scheduled') return refuse('wrong-state');
  const refusal = checkStart(startedAt, at, state);
  if (refusal !== undefined) return refusal;
  const { slot, staffId } = state.booking;
  return accept({ type: 'MeetingStarted', data: { startedAt, slot, staffId, grade } });
};

export type RecordHeld = RulesInForce & {
  readonly startedAt: Instant;
  readonly endedAt: Instant;
  /** left out: a person says so */
  readonly grade?: Grade;
  readonly at: Instant;
};

const checkTimes = ({ startedAt, endedAt, at }: RecordHeld, state: MeetingTicket | CurrentTicket): Refusal | undefined => {
  const early = checkStart(startedAt, at, state);
  if (early !== undefined) return early;
  if (endedAt <= startedAt) return refuse('invalid', { field: 'endedAt', reason: 'not-after-start' });
  if (endedAt > at) return refuse('invalid', { field: 'endedAt', reason: 'in-the-future' });
  if (state.continued !== undefined && endedAt < state.continued.continuedAt)
    return refuse('invalid', { article: '5', field: 'endedAt', reason: 'before-it-continued' });
  const issuedAt = state.resolution.issued?.issuedAt;
  return issuedAt !== undefined && issuedAt < startedAt
    ? refuse('wrong-state', { article: '7', reason: 'resolution-before-start' })
    : undefined;
};

/** What follows from the end of a meeting, by when, and by which rules (A12, A17). */
const heldFact = (command: RecordHeld, { booking, continued }: MeetingTicket | CurrentTicket): Held => {
  const { startedAt, endedAt, grade = 'declared', policies, calendar } = command;
  const { targetHours, hardLimitWorkingDays } = policies['resolution-deadline'].value;
  // What was never on Webex cannot be recorded there.
  const online = needsOf(booking.mode).recording && (continued === undefined || continued.continuedAt > startedAt);
  return {
    type: 'Held',
    data: {
      ...bookingOf(booking),
      startedAt,
      endedAt,
      recordKind: online ? 'webex-recording' : 'written-record',
      resolutionTargetAt: plusHours(endedAt, targetHours),
      resolutionHardLimitAt: endOfWorkingDayAfter(calendar, endedAt, hardLimitWorkingDays),
      ...(online ? { recordingDueAt: plusHours(endedAt, policies['recording-deadline'].value.hours) } : {}),
      policies: [
        policies['resolution-deadline'],
        policies['recording-deadline'],
        policies['recording-coverage'],
        policies['slot-tolerance'],
        policies['handover-notice'],
      ],
      calendarVersion: calendarVersion(calendar),
      grade,
    },
  };
};

/**
 * The meeting took place (Art. 6: planned for 15 minutes; the real length is what is recorded, A15). A start that was not recorded is
 * recorded with it. Held already, it changes nothing. Refuses `wrong-state` unless scheduled or in progress, `invalid` for an end before
 * the start or ahead of the clock.
 */
export const recordHeld = (command: RecordHeld, state: TicketState): Decision<MeetingStarted | Held> => {
  if (!isRequested(state)) return refuse('not-found');
  if (isHeld(state)) return noChange();
  if (state.status !== 'in-progress' && state.status !== 'scheduled') return refuse('wrong-state');
  const refusal = checkTimes(command, state);
  if (refusal !== undefined) return refusal;
  const held = heldFact(command, state);
  if (state.status === 'in-progress') return accept(held);
  const { slot, staffId } = state.booking;
  const { startedAt, grade = 'declared' } = command;
  return accept<MeetingStarted | Held>({ type: 'MeetingStarted', data: { startedAt, slot, staffId, grade } }, held);
};

export type RecordCitizenAbsent = {
  /** how long the official waited; left out, since the slot's start */
  readonly waitedMinutes?: number;
  readonly at: Instant;
  readonly policies: Pick<Policies, 'absence-wait'>;
};

/**
 * A22. The citizen did not come; no recording and no resolution is due. Recorded already, it changes nothing.
 * Refuses `too-early` with `earliest` before the wait is over, `invalid` for a wait that was too short or longer than the time since the start,
 * `wrong-state` unless scheduled or in progress, and once a resolution is issued (Art. 7: then they met).
 */
export const recordCitizenAbsent = (command: RecordCitizenAbsent, state: TicketState): Decision<CitizenAbsent> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.status === 'citizen-absent') return noChange();
  if (state.status !== 'scheduled' && state.status !== 'in-progress') return refuse('wrong-state');
  if (state.resolution.issued !== undefined) return refuse('wrong-state', { article: '7', reason: 'resolution-issued' });
  if (state.continued !== undefined) return refuse('wrong-state', { article: '5', reason: 'already-continued' });
  const { at, policies } = command;
  const { startsAt } = state.booking.slot;
  const { minutes } = policies['absence-wait'].value;
  const earliest = plusMinutes(startsAt, minutes);
  if (at < earliest) return refuse('too-early', { article: '6', earliest });
  const sinceStart = Math.floor(minutesBetween(startsAt, at));
  const waitedMinutes = command.waitedMinutes ?? sinceStart;
  if (!Number.isInteger(waitedMinutes) || waitedMinutes < minutes || waitedMinutes > sinceStart) {
    return refuse('invalid', { article: '6', field: 'waitedMinutes', reason: 'out-of-range', minimum: minutes, maximum: sinceStart });
  }
  return accept({
    type: 'CitizenAbsent',
    data: { ...bookingOf(state.booking), waitedMinutes, absentAt: at, policies: [policies['absence-wait']] },
  });
};

/**
 * A23. The staff member did not come. It ends nothing: it opens the duty of Art. 8, to tell the citizen and find a new slot,
 * and the 30 days no longer matter. Recorded already, it changes nothing. Refuses `too-early` before the slot's start
 * (an absence known before is a rescheduling) and `wrong-state` unless scheduled.
 */
export const recordStaffAbsent = (command: RulesInForce & { readonly at: Instant }, state: TicketState): Decision<StaffAbsent> => {
  if (!isRequested(state)) return refuse('not-found');
  if (state.status === 'staff-absent') return noChange();
  if (state.status !== 'scheduled') return refuse('wrong-state');
  const { at } = command;
  const { startsAt } = state.booking.slot;
  if (at < startsAt) return refuse('too-early', { article: '8', earliest: startsAt });
  return accept({
    type: 'StaffAbsent',
    data: {
      ...bookingOf(state.booking),
      absentAt: at,
      ...dutiesAfterEnd(command, at),
    },
  });
};
