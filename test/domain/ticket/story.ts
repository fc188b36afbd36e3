import { workingCalendar } from '../../../src/domain/calendar/calendar';
import { personal } from '../../../src/domain/kernel/personal-text';
import { policiesWith } from '../../../src/domain/policies';
import type { Reassign, Reschedule } from '../../../src/domain/ticket/changes';
import type {
  Booking,
  Held,
  Lapsed,
  MeetingStarted,
  Mode,
  Requested,
  Rescheduled,
  ResolutionIssued,
  Scheduled,
  StaffAbsent,
  TicketFact,
} from '../../../src/domain/ticket/facts';
import { ticket } from '../../../src/domain/ticket/ticket';
import type { Slot } from '../../../src/domain/time/slot';
import { fakeEncrypt, given } from '../../../src/infrastructure/testing/given-when-then';

export const policies = policiesWith();
export const calendar = workingCalendar.initial;
export const rules = { policies, calendar };

/** Monday, 2 March 2026, 10:00 in Bucharest. */
export const requestedAt = '2026-03-02T08:00:00.000Z';
/** Monday, 9 March 2026, 10:00 in Bucharest. */
export const slot: Slot = { startsAt: '2026-03-09T08:00:00.000Z', endsAt: '2026-03-09T08:15:00.000Z' };
/** Thursday, 12 March 2026, 10:00 in Bucharest. */
export const nextSlot: Slot = { startsAt: '2026-03-12T08:00:00.000Z', endsAt: '2026-03-12T08:15:00.000Z' };
export const request = { number: '154997', filedOn: '2026-02-11' };
export const beforeStart = '2026-03-09T07:59:59.999Z';
export const afterMeeting = '2026-03-09T08:20:00.000Z';

export const bookingFor = (mode: Mode): Booking => ({
  request,
  staffId: 's002',
  department: 'Serviciul Autorizări urbanism',
  departmentCode: '425',
  mode,
  slot,
  holdId: 'hold-1',
});

export const requested = (mode: Mode = 'online', withEmail = true): Requested => ({
  type: 'Requested',
  data: {
    ...bookingFor(mode),
    reference: 'TA-0123ABCD',
    requestedAt,
    heldUntil: '2026-03-02T08:15:00.000Z',
    ground: { kind: 'in-operation' },
    matched: ['number', 'name', 'filed-on'],
    contact: {
      name: fakeEncrypt('contact', 'Ana Pop'),
      ...(withEmail ? { email: fakeEncrypt('contact', 'ana@example.ro') } : {}),
      phone: fakeEncrypt('contact', '0740 000 000'),
    },
    ...(mode === 'online' ? { recordingNotice: { version: '2026-1', acceptedAt: requestedAt } } : {}),
    locale: 'ro',
    policies: [policies['lead-time']],
    calendarVersion: 'ro-2024.1+0',
  },
});
export const codeIssued = (n = 1, issuedAt = requestedAt): TicketFact => ({
  type: 'VerificationCodeIssued',
  data: { n, issuedAt, expiresAt: '2026-03-02T08:10:00.000Z', heldUntil: '2026-03-02T08:15:00.000Z' },
});
export const emailVerified: TicketFact = {
  type: 'EmailVerified',
  data: { n: 1, verifiedAt: '2026-03-02T08:02:00.000Z', codeExpiresAt: '2026-03-02T08:10:00.000Z' },
};
export const scheduled = (mode: Mode = 'online'): Scheduled => ({
  type: 'Scheduled',
  data: {
    ...bookingFor(mode),
    requestedAt,
    scheduledAt: '2026-03-02T08:02:01.000Z',
    sequence: 0,
    outcomeDueAt: '2026-03-11T22:00:00.000Z',
    policies: [],
    calendarVersion: 'ro-2024.1+0',
  },
});
export const lapsed: Lapsed = {
  type: 'Lapsed',
  data: { cause: 'not-verified', lapsedAt: '2026-03-02T08:15:00.000Z', request, staffId: 's002', slot, holdId: 'hold-1' },
};
export const fence: Lapsed = { type: 'Lapsed', data: { ...lapsed.data, cause: 'never-requested' } };
export const started: MeetingStarted = { type: 'MeetingStarted', data: { startedAt: '2026-03-09T08:01:00.000Z', slot, staffId: 's002' } };
export const held = (mode: Mode = 'online'): Held => ({
  type: 'Held',
  data: {
    ...bookingFor(mode),
    startedAt: '2026-03-09T08:01:00.000Z',
    endedAt: '2026-03-09T08:16:00.000Z',
    recordKind: mode === 'online' ? 'webex-recording' : 'written-record',
    resolutionTargetAt: '2026-03-09T10:16:00.000Z',
    resolutionHardLimitAt: '2026-03-10T22:00:00.000Z',
    policies: [],
    calendarVersion: 'ro-2024.1+0',
  },
});
export const issued: ResolutionIssued = {
  type: 'ResolutionIssued',
  data: { conclusions: fakeEncrypt('record', 'Lămurit.'), issuedBy: 's002', issuedAt: '2026-03-09T08:17:00.000Z' },
};
export const sent: TicketFact = {
  type: 'ResolutionSent',
  data: { letterId: 'letter-9', toVerifiedAddress: true, acceptedAt: '2026-03-09T08:18:00.000Z' },
};
export const staffAbsent: StaffAbsent = {
  type: 'StaffAbsent',
  data: {
    ...bookingFor('online'),
    absentAt: '2026-03-09T08:05:00.000Z',
    noticeDueAt: '2026-03-10T08:05:00.000Z',
    newSlotDueAt: '2026-03-11T22:00:00.000Z',
  },
};
export const rescheduled = (by: 'citizen' | 'staff', holdId: string, fromHold: string): Rescheduled => ({
  type: 'Rescheduled',
  data: {
    ...bookingFor('online'),
    slot: nextSlot,
    holdId,
    from: { staffId: 's002', departmentCode: '425', slot, holdId: fromHold },
    by,
    ...(by === 'staff' ? { reason: 'illness', noticeDueAt: '2026-03-05T08:00:00.000Z' } : {}),
    citizenAgreed: by === 'citizen',
    requestedAt: '2026-03-04T08:00:00.000Z',
    sequence: 1,
    outcomeDueAt: '2026-03-16T22:00:00.000Z',
    policies: [],
    calendarVersion: 'ro-2024.1+0',
  },
});
export const cancelled: TicketFact = {
  type: 'Cancelled',
  data: {
    ...bookingFor('online'),
    by: 'staff',
    reason: 'technical',
    cancelledAt: '2026-03-05T08:00:00.000Z',
    slotFreeFrom: '2026-03-05T08:07:00.000Z',
    sequence: 1,
    noticeDueAt: '2026-03-06T08:00:00.000Z',
    newSlotDueAt: '2026-03-09T22:00:00.000Z',
  },
};

/** Requested, code entered, slot confirmed: an online meeting that stands. */
export const booked = (mode: Mode = 'online'): readonly TicketFact[] => [requested(mode), codeIssued(), emailVerified, scheduled(mode)];
export const inProgress: readonly TicketFact[] = [...booked(), started];
export const met = (mode: Mode = 'online'): readonly TicketFact[] => [...booked(mode), started, held(mode)];

export const text = (clear: string) => personal('contact', clear);

/** What a citizen asks for who moves the meeting to the next hour. */
export const move: Reschedule = {
  ...rules,
  staffId: 's002',
  department: 'D',
  departmentCode: '425',
  slot: nextSlot,
  holdId: 'hold-2',
  from: 'hold-1',
  by: 'citizen',
  citizenAgreed: false,
  at: '2026-03-04T08:00:00.000Z',
};
/** What a head decides who gives it to somebody of another department at the same hour. */
export const handOn: Reassign = {
  policies,
  staffId: 's003',
  department: 'D',
  departmentCode: '430',
  slot,
  holdId: 'hold-2',
  from: 'hold-1',
  reason: personal('contact', 'Concediu'),
  at: '2026-03-05T08:00:00.000Z',
};

/** A meeting that stands, one that goes on, one that is over, and one of which the resolution is written: each ready to be asked for a decision. */
export const standing = given(ticket, ...booked());
export const running = given(ticket, ...inProgress);
export const ended = given(ticket, ...met());
export const resolved = given(ticket, ...met(), issued);
