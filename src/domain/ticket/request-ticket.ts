import { type DayPlan, checkPlan } from '../agenda/day-plan';
import { type CalendarState, calendarVersion } from '../calendar/calendar';
import { accept, type Decision, noChange } from '../kernel/decider';
import { isEmailAddress } from '../kernel/email-address';
import { defined } from '@tichet-albastru/kernel/defined';
import type { Instant } from '../kernel/fact';
import { type Refusal, refuse } from '../kernel/refusal';
import type { Policies } from '../policies';
import type { Ground, RequestIdentity } from '../request/facts';
import { checkHorizon, isSlot, type Slot } from '../time/slot';
import { checkLeadTime } from '../agenda/lead-time';
import {
  type AcceptedNotice,
  type AskedThrough,
  type Booking,
  type Companion,
  type Contact,
  type EarlierHourWanted,
  type LapseCause,
  type Lapsed,
  type Locale,
  type MatchedDatum,
  type Mode,
  needsOf,
  type Requested,
  type Scheduled,
} from './facts';
import { meetingDeadlines, type RulesInForce } from './meeting';
import { checkLink, type LinkMaker } from './link-by-hand';
import { isPending, isRequested, type TicketState, bookingOf } from './ticket';

/**
 * A14. View before `online` is chosen; its acceptance is stored with this version and the instant.
 * `keptDays`: for how long it says that the recording is kept (A13).
 */
export type RecordingNotice = {
  readonly version: string;
  readonly text: Readonly<Record<Locale, string>>;
  readonly keptDays?: number;
};

/** A notice that an installation has written itself; `{period}` in its text stands for how long the recording is kept. */
export type OwnRecordingNotice = Pick<RecordingNotice, 'version' | 'text'>;

const daysInRomanian = (days: number): string =>
  days === 1 ? 'o zi' : `${days}${days % 100 > 0 && days % 100 < 20 ? ' zile' : ' de zile'}`;
const daysInEnglish = (days: number): string => (days === 1 ? '1 day' : `${days} days`);

/** What `{period}` of an own notice says; where nothing is set, no more than that there is one. */
const periodOfKeeping = (keptDays: number | undefined): Readonly<Record<Locale, string>> =>
  keptDays === undefined
    ? { ro: 'termenul de păstrare al Primăriei', en: 'the retention period of City Hall' }
    : { ro: daysInRomanian(keptDays), en: daysInEnglish(keptDays) };

/** The notice as it is shipped. */
const shippedNotice = (keptDays: number | undefined): OwnRecordingNotice => ({
  version: '2026-1',
  text: {
    ro:
      'Întâlnirea online este înregistrată pe platforma Webex (art. 5 din procedură). Înregistrează funcționarul care are cererea în operare, ' +
      'ca dovadă a celor discutate. Înregistrarea se păstrează la Primăria municipiului Cluj-Napoca, o pot vedea numai persoanele îndreptățite ' +
      `și se șterge la împlinirea termenului de păstrare${keptDays === undefined ? '' : `, de ${daysInRomanian(keptDays)} de la întâlnire`}. ` +
      'Dacă nu doriți să fiți înregistrat(ă), alegeți întâlnirea la telefon sau la sediu: ' +
      'acestea nu se înregistrează, iar concluziile sunt notate în Rezoluția Tichetului albastru.',
    en:
      'The online meeting is recorded on the Webex platform (Art. 5 of the procedure). The civil servant who handles your request records it, ' +
      'as proof of what was discussed. The recording is kept by Cluj-Napoca City Hall, only entitled persons may see it, ' +
      `and it is deleted when its retention period ends${keptDays === undefined ? '' : `, ${daysInEnglish(keptDays)} after the meeting`}. ` +
      'If you do not wish to be recorded, choose a meeting by phone or in person: ' +
      'these are not recorded, and the conclusions are written in the resolution of the blue ticket.',
  },
});

/** The notice as it names this time, or none: the installation's own, or the one that is shipped. Another time is another notice, under a version of its own. */
export const recordingNoticeFor = (keptDays?: number, own?: OwnRecordingNotice): RecordingNotice => {
  const { version, text } = own ?? shippedNotice(keptDays);
  const period = periodOfKeeping(keptDays);
  return {
    version: keptDays === undefined ? version : `${version}+${keptDays}`,
    text: { ro: text.ro.replaceAll('{period}', period.ro), en: text.en.replaceAll('{period}', period.en) },
    ...defined({ keptDays }),
  };
};

/** The notice that is shipped and names no time. */
export const recordingNotice: RecordingNotice = recordingNoticeFor();

/** The notice in force, as the policies and the installation make it. */
export const recordingNoticeOf = (
  { 'recording-period': { value } }: Pick<Policies, 'recording-period'>,
  own?: OwnRecordingNotice,
): RecordingNotice => recordingNoticeFor(value?.days, own);

/** What a citizen asks for, in clear: only looked at, never kept. */
export type TicketRequest = {
  readonly mode: Mode;
  readonly slot: Slot;
  readonly email?: string;
  readonly phone?: string;
  readonly postalAddress?: string;
  /** a clerk asks for the citizen: a citizen who has no number may give a postal address */
  readonly askedThrough?: AskedThrough;
  /** the version of the notice that was accepted (A14) */
  readonly recordingNoticeVersion?: string;
  /** the instant at which the form was accepted (A7) */
  readonly requestedAt: Instant;
};
/** What it is held against. `plan`: the person's day as staff and calendar facts make it. */
export type TicketRequestRules = {
  readonly policies: Pick<Policies, 'lead-time' | 'booking-horizon' | 'link-by-hand' | 'invitation-lead'>;
  readonly noticeVersion: string;
  readonly plan: DayPlan;
  readonly calendar: CalendarState;
  /** left out: a machine makes the links of online meetings */
  readonly linkMaker?: LinkMaker;
};

const phoneForm = /^\+?[\d\s().-]+$/;
const digitsOf = (phone: string): number => phone.replaceAll(/\D/g, '').length;

/** Whether it can be rung. */
export const isPhone = (phone: string): boolean => phoneForm.test(phone) && digitsOf(phone) >= 6 && digitsOf(phone) <= 15;

const checkContact = ({ mode, email, phone, postalAddress, askedThrough }: TicketRequest): Refusal | undefined => {
  if (email !== undefined && !isEmailAddress(email)) return refuse('invalid', { field: 'email', reason: 'malformed' });
  if (phone !== undefined && !isPhone(phone)) return refuse('invalid', { field: 'phone', reason: 'malformed' });
  const needs = needsOf(mode).contact;
  if (needs.email !== undefined && email === undefined)
    return refuse('invalid', { article: needs.email, field: 'email', reason: 'required' });
  if (needs.phone !== undefined && phone === undefined)
    return refuse('invalid', { article: needs.phone, field: 'phone', reason: 'required' });
  if (postalAddress !== undefined && askedThrough === undefined)
    return refuse('invalid', { field: 'postalAddress', reason: 'at-the-counter' });
  // a citizen without any of the three could not be told that the hour has changed
  if (email === undefined && phone === undefined && postalAddress === undefined)
    return refuse('invalid', { article: '8', field: 'phone', reason: 'no-contact' });
  return undefined;
};

/**
 * What the arguments of a booking alone refuse, before step 1, so that it leaves no fact:
 * `invalid` (contact: R3.4, A10; off the grid: Art. 6), `notice-not-accepted` (Art. 5, A14), `too-soon` (Art. 4),
 * `beyond-horizon` (A16), `paused` (A16), `not-working-time` (Art. 4), `no-time-for-link` (Art. 5). `undefined` when nothing speaks against it.
 */
export const checkTicketRequest = (request: TicketRequest, rules: TicketRequestRules): Refusal | undefined => {
  const { mode, slot, recordingNoticeVersion, requestedAt } = request;
  const { policies, noticeVersion, plan, calendar, linkMaker } = rules;
  const contact = checkContact(request);
  if (contact !== undefined) return contact;
  if (needsOf(mode).recording && recordingNoticeVersion !== noticeVersion)
    return refuse('notice-not-accepted', { article: '5', noticeVersion });
  if (!isSlot(slot)) return refuse('invalid', { article: '6', field: 'startsAt', reason: 'not-on-grid' });
  return (
    checkLeadTime(requestedAt, slot.startsAt, policies['lead-time'], calendar) ??
    checkHorizon(requestedAt, slot.startsAt, policies['booking-horizon']) ??
    checkPlan(plan, slot) ??
    checkLink({ mode, startsAt: slot.startsAt, at: requestedAt }, linkMaker, policies)
  );
};

/** Art. 3 b: number, name and filing date. */
export const allThree = ['number', 'name', 'filed-on'] as const satisfies readonly MatchedDatum[];
export const matchedAll = (matched: readonly MatchedDatum[]): boolean => allThree.every((datum) => matched.includes(datum));

export type RequestTicket = Booking & {
  readonly reference: string;
  /** the instant at which the form was accepted */
  readonly requestedAt: Instant;
  /** until when step 1 admitted it */
  readonly heldUntil: Instant;
  readonly ground: Ground;
  /** Art. 3 b: what of the three agreed with the register */
  readonly matched: readonly MatchedDatum[];
  readonly contact: Contact;
  readonly companion?: Companion;
  /** A14, where the mode is recorded */
  readonly recordingNotice?: AcceptedNotice;
  readonly locale: Locale;
  readonly askedThrough?: AskedThrough;
  readonly policies: Policies;
  readonly calendar: CalendarState;
  /** Art. 5: whether a person makes the links of online meetings here */
  readonly linksByHand?: boolean;
  /** A19: the citizen, with an e-mail address, would come sooner if an earlier hour becomes free */
  readonly earlierHour?: boolean;
};

/**
 * Art. 3, step 2 of a booking. What the arguments alone refuse was refused before (`checkTicketRequest`). The same again changes nothing.
 * Refuses `code-expired` (the hold was lost: another process fenced this ticket), `notice-not-accepted` (Art. 5) for an online ticket
 * without the notice, and `invalid` where not all three of Art. 3 b were matched.
 */
export const requestTicket = (command: RequestTicket, state: TicketState): Decision<Requested | EarlierHourWanted> => {
  if (isRequested(state)) return noChange();
  if (state.status === 'lapsed') return refuse('code-expired', { article: '3 e', reason: 'hold-lost' });
  const {
    reference,
    requestedAt,
    heldUntil,
    ground,
    matched,
    contact,
    companion,
    recordingNotice,
    locale,
    askedThrough,
    policies,
    calendar,
  } = command;
  if (!matchedAll(matched)) return refuse('invalid', { article: '3 b', field: 'matched', reason: 'required' });
  if (needsOf(command.mode).recording && recordingNotice === undefined) return refuse('notice-not-accepted', { article: '5' });
  const asked: Requested = {
    type: 'Requested',
    data: {
      ...bookingOf(command),
      reference,
      requestedAt,
      heldUntil,
      ground,
      matched,
      contact,
      ...defined({ companion, recordingNotice }),
      locale,
      ...defined({ askedThrough }),
      policies: [
        policies['clarification-window'],
        policies['lead-time'],
        policies['booking-horizon'],
        policies.verification,
        policies['code-interval'],
        policies['tickets-per-email'],
        policies['daily-cap'],
        ...(policies['department-daily-cap'].value === null ? [] : [policies['department-daily-cap']]),
        ...(policies['meeting-gap'].value.minutes > 0 ? [policies['meeting-gap']] : []),
        ...(ground.kind === 'clarification' && policies['days-declared-later'].value === 'move-the-end'
          ? [policies['days-declared-later']]
          : []),
        policies['invitation-lead'],
        policies['outcome-deadline'],
        ...(needsOf(command.mode).link && command.linksByHand === true ? [policies['link-by-hand']] : []),
        ...(recordingNotice?.keptDays === undefined ? [] : [policies['recording-period']]),
      ],
      calendarVersion: calendarVersion(calendar),
    },
  };
  const wants = command.earlierHour === true && contact.email !== undefined;
  return accept<Requested | EarlierHourWanted>(
    asked,
    ...(wants ? [{ type: 'EarlierHourWanted', data: { request: command.request, wantedAt: requestedAt } } as const] : []),
  );
};

/**
 * Step 6 of a booking, once the agenda has confirmed the slot. The ticket is not "scheduled" earlier. A ticket is scheduled once, in any
 * later state too. Refuses `wrong-state` while the code is awaited (Art. 3 e) and `code-expired` for a lapsed ticket.
 */
export const schedule = (command: RulesInForce & { readonly at: Instant }, state: TicketState): Decision<Scheduled> => {
  if (state.status === 'absent') return refuse('not-found');
  if (!isRequested(state) || state.status === 'lapsed') return refuse('code-expired', { article: '3 e', reason: 'lapsed' });
  if (state.status === 'awaiting-code') return refuse('wrong-state', { article: '3 e', reason: 'not-verified' });
  if (state.status !== 'verified' && state.status !== 'requested') return noChange();
  const { booking, requestedAt } = state;
  return accept({
    type: 'Scheduled',
    data: {
      ...bookingOf(booking),
      requestedAt,
      scheduledAt: command.at,
      sequence: state.sequence + 1,
      ...meetingDeadlines(command, booking.mode, booking.slot),
    },
  });
};

export type Lapse = {
  readonly cause: LapseCause;
  readonly at: Instant;
  readonly request: RequestIdentity;
  /** what it was to have */
  readonly place: Pick<Booking, 'staffId' | 'slot' | 'holdId'>;
};

/**
 * Ends a ticket that was never scheduled, and never one that was. On an empty stream it is the fence `never-requested`: only that lets the
 * admission end, since a late step 2 then finds its door closed. `not-verified` only once the hold is over and while a code is awaited:
 * after the right code only the agenda decides. `withdrawn` only while a code is awaited: a citizen who mistyped the address of the code
 * need not wait for the hold to end. Refuses `wrong-state`.
 */
export const lapse = (command: Lapse, state: TicketState): Decision<Lapsed> => {
  const { cause, at, request, place } = command;
  const ended = { cause, lapsedAt: at, request, staffId: place.staffId, slot: place.slot, holdId: place.holdId };
  if (state.status === 'lapsed') return noChange();
  if (state.status === 'absent') return cause === 'never-requested' ? accept({ type: 'Lapsed', data: ended }) : refuse('wrong-state');
  if (!isPending(state) || cause === 'never-requested') return refuse('wrong-state', { article: '3 e' });
  if (cause === 'not-verified' && (state.status !== 'awaiting-code' || at < state.heldUntil)) {
    return refuse('wrong-state', { article: '3 e', heldUntil: state.heldUntil });
  }
  if (cause === 'withdrawn' && state.status !== 'awaiting-code') return refuse('wrong-state', { article: '3 e' });
  const { department, departmentCode, mode } = state.booking;
  return accept({ type: 'Lapsed', data: { ...ended, department, departmentCode, mode } });
};
