import { calendarVersion } from '../../src/domain/calendar/calendar';
import type { Instant } from '../../src/domain/kernel/fact';
import { personal } from '../../src/domain/kernel/personal-text';
import { plusHours, plusMinutes, plusSeconds } from '../../src/domain/time/civil-time';
import type { Mode, ModeChanged, NoticeSubject, Reassigned } from '../../src/domain/ticket/facts';
import type { Slot } from '../../src/domain/time/slot';
import {
  type Plot,
  type TicketEntry,
  bookingFor,
  calendarOf,
  citizen,
  clerk,
  letters,
  requestIdentity,
  stamps,
  workingDaysAfter,
} from './plot';

/** From the form to `Scheduled`: 1 minute after it with a code, at once without. */
export const booked = (plot: Plot): readonly TicketEntry[] => {
  const { requestedAt, ground, slot, ticketId } = plot;
  const scheduledAt = plot.withEmail ? plusMinutes(requestedAt, 3) : requestedAt;
  const code: readonly TicketEntry[] = [
    [
      plusSeconds(requestedAt, 1),
      {
        type: 'VerificationCodeIssued',
        data: { n: 1, issuedAt: requestedAt, expiresAt: plusMinutes(requestedAt, 10), heldUntil: plusMinutes(requestedAt, 15) },
      },
    ],
    [
      plusMinutes(requestedAt, 3),
      { type: 'EmailVerified', data: { n: 1, verifiedAt: plusMinutes(requestedAt, 3), codeExpiresAt: plusMinutes(requestedAt, 10) } },
      citizen(ticketId),
    ],
  ];
  return [
    [
      requestedAt,
      {
        type: 'Requested',
        data: {
          ...bookingFor(plot),
          reference: 'TA-7D3E8F40',
          requestedAt,
          heldUntil: plusMinutes(requestedAt, 15),
          ground,
          matched: ['number', 'name', 'filed-on'],
          contact: {
            name: personal('contact', 'Ion Popescu'),
            phone: personal('contact', '+40 700 000 001'),
            ...(plot.withEmail ? { email: personal('contact', 'ion.popescu@example.ro') } : {}),
          },
          ...(plot.mode === 'online' ? { recordingNotice: { version: '1', acceptedAt: requestedAt } } : {}),
          locale: 'ro',
          policies: stamps('lead-time', 'booking-horizon', 'verification', 'clarification-window'),
          calendarVersion: calendarVersion(calendarOf(plot)),
        },
      },
      citizen(ticketId),
    ],
    ...(plot.withEmail ? code : []),
    [
      scheduledAt,
      {
        type: 'Scheduled',
        data: {
          ...bookingFor(plot),
          requestedAt,
          scheduledAt,
          sequence: 0,
          ...(plot.mode === 'online' ? { invitationDueAt: plusHours(slot.startsAt, -1) } : {}),
          outcomeDueAt: workingDaysAfter(plot, slot.startsAt, 2),
          policies: stamps('lead-time', 'invitation-lead', 'outcome-deadline'),
          calendarVersion: calendarVersion(calendarOf(plot)),
        },
      },
      citizen(ticketId),
    ],
  ];
};

/** Letters with the calendar entry; online first without, then with the link. The link comes `at`. */
export const invited = (plot: Plot, at: Instant, slot = plot.slot, sequence = 0): readonly TicketEntry[] => {
  if (!plot.withEmail) return [];
  const letter = (acceptedAt: Instant, number: number, withLink: boolean): TicketEntry => [
    acceptedAt,
    { type: 'InvitationSent', data: { letterId: `invitation-${number}-${plot.ticketId}`, slot, sequence: number, withLink, acceptedAt } },
    letters,
  ];
  if (plot.mode !== 'online') return [letter(at, sequence, false)];
  const linkedAt = plusMinutes(at, 30);
  return [
    letter(at, sequence, false),
    [
      linkedAt,
      {
        type: 'MeetingLinkAttached',
        data: { joinUrl: personal('contact', 'https://example.webex.com/meet/1'), meetingId: 'M-1', slot, attachedAt: linkedAt },
      },
      clerk(plot.staffId),
    ],
    letter(plusMinutes(linkedAt, 1), sequence + 1, true),
  ];
};

/** The meeting, from half a minute after its hour for 14 minutes; online with its recording. */
export const held = (plot: Plot, slot = plot.slot, holdId?: string): readonly TicketEntry[] => {
  const startedAt = plusSeconds(slot.startsAt, 30);
  const endedAt = plusMinutes(startedAt, 14);
  const online = plot.mode === 'online';
  const recording: TicketEntry = [
    plusMinutes(endedAt, 20),
    {
      type: 'RecordingAttached',
      data: {
        recordingId: 'R-1',
        url: personal('record', 'https://example.webex.com/rec/1'),
        startedAt,
        durationSeconds: 820,
        attachedAt: plusMinutes(endedAt, 20),
      },
    },
  ];
  return [
    [startedAt, { type: 'MeetingStarted', data: { startedAt, slot, staffId: plot.staffId } }, clerk(plot.staffId)],
    [
      endedAt,
      {
        type: 'Held',
        data: {
          ...bookingFor(plot, slot, holdId),
          startedAt,
          endedAt,
          recordKind: online ? 'webex-recording' : 'written-record',
          resolutionTargetAt: plusHours(endedAt, 2),
          resolutionHardLimitAt: workingDaysAfter(plot, endedAt, 1),
          ...(online ? { recordingDueAt: plusHours(endedAt, 48) } : {}),
          policies: stamps('resolution-deadline', 'recording-coverage', 'recording-deadline'),
          calendarVersion: calendarVersion(calendarOf(plot)),
        },
      },
      clerk(plot.staffId),
    ],
    ...(online ? [recording] : []),
  ];
};

/** The resolution: written 2 minutes after the end, filed, and sent (or handed over) within the half hour. */
export const resolved = (plot: Plot, slot = plot.slot): readonly TicketEntry[] => {
  const after = (minutes: number): Instant => plusMinutes(slot.endsAt, minutes);
  return [
    [
      after(2),
      {
        type: 'ResolutionIssued',
        data: { conclusions: personal('record', 'Se completează dosarul.'), issuedBy: plot.staffId, issuedAt: after(2) },
      },
      clerk(plot.staffId),
    ],
    [
      after(3),
      {
        type: 'ResolutionFiled',
        data: { documentNumber: '155210', documentType: 'Tichetul albastru', connectedTo: requestIdentity, filedAt: after(3) },
      },
    ],
    plot.withEmail
      ? [
          after(4),
          { type: 'ResolutionSent', data: { letterId: `resolution-${plot.ticketId}`, toVerifiedAddress: true, acceptedAt: after(4) } },
          letters,
        ]
      : [
          after(30),
          {
            type: 'ResolutionHandedOver',
            data: { channel: 'pickup', handedOverAt: after(25), proof: personal('record', 'semnătură, registru 12') },
          },
          clerk(plot.staffId),
        ],
  ];
};

export const notified = (
  at: Instant,
  about: NoticeSubject,
  channel: 'phone' | 'email' = 'email',
  outcome: 'accepted' | 'reached' | 'no-answer' | 'declined-new-slot' = channel === 'email' ? 'accepted' : 'reached',
): TicketEntry => [at, { type: 'CitizenNotified', data: { about, channel, outcome, notifiedAt: at } }];

/** Moved by staff, with the citizen told 10 minutes later and the old calendar entry replaced. */
export const rescheduled = (plot: Plot, at: Instant, to: Slot, sequence = 2): readonly TicketEntry[] => [
  [
    at,
    {
      type: 'Rescheduled',
      data: {
        ...bookingFor(plot, to, `hold-2-${plot.ticketId}`),
        from: { staffId: plot.staffId, departmentCode: '425', slot: plot.slot, holdId: `hold-1-${plot.ticketId}` },
        by: 'staff',
        reason: 'illness',
        citizenAgreed: false,
        requestedAt: at,
        sequence,
        ...(plot.mode === 'online' ? { invitationDueAt: plusHours(to.startsAt, -1) } : {}),
        outcomeDueAt: workingDaysAfter(plot, to.startsAt, 2),
        noticeDueAt: plusHours(at, 24),
        policies: stamps('lead-time', 'notice-deadline', 'outcome-deadline'),
        calendarVersion: calendarVersion(calendarOf(plot)),
      },
    },
    clerk(plot.staffId),
  ],
  notified(plusMinutes(at, 10), 'rescheduled'),
  ...invited(plot, plusMinutes(at, 11), to, sequence),
];

/** At the same hour, with S-042 from now on; a head says why. */
export const reassigned = (from: Plot, at: Instant, more: Partial<Reassigned['data']> = {}): TicketEntry => [
  at,
  {
    type: 'Reassigned',
    data: {
      ...bookingFor({ ...from, staffId: 'S-042' }, from.slot, `hold-2-${from.ticketId}`),
      from: { staffId: from.staffId, departmentCode: '425', slot: from.slot, holdId: `hold-1-${from.ticketId}` },
      reason: personal('contact', 'colega preia dosarul'),
      reassignedAt: at,
      sequence: 2,
      ...more,
    },
  },
  clerk('S-001'),
];

/** At the same hour with the same person, in another way from now on. */
export const modeChanged = (from: Plot, mode: Mode, at: Instant, more: Partial<ModeChanged['data']> = {}): TicketEntry => [
  at,
  {
    type: 'ModeChanged',
    data: {
      ...bookingFor(from),
      mode,
      formerMode: from.mode,
      by: 'staff',
      reason: 'technical',
      citizenAgreed: false,
      requestedAt: at,
      sequence: 2,
      noticeDueAt: plusHours(at, 24),
      policies: stamps('notice-deadline'),
      calendarVersion: calendarVersion(calendarOf(from)),
      ...more,
    },
  },
  more.by === 'citizen' ? citizen(from.ticketId) : clerk(from.staffId),
];

/** A19: the citizen’s own; nobody has to be told of it, and no reason is asked. */
export const modeChangedByCitizen = (from: Plot, mode: Mode, at: Instant, sequence: number): TicketEntry => {
  const own = { by: 'citizen', sequence, policies: stamps('reschedule-limit') } as const;
  const [, fact, actor] = modeChanged(from, mode, at, own);
  const { reason: _, noticeDueAt: __, ...data } = fact.data as ModeChanged['data'];
  return [at, { type: 'ModeChanged', data }, actor ?? citizen(from.ticketId)];
};

export const staffAbsent = (plot: Plot, at: Instant): TicketEntry => [
  at,
  {
    type: 'StaffAbsent',
    data: { ...bookingFor(plot), absentAt: at, noticeDueAt: plusHours(at, 24), newSlotDueAt: workingDaysAfter(plot, at, 2) },
  },
  clerk(plot.staffId),
];

export const cancelled = (plot: Plot, at: Instant, by: 'citizen' | 'staff' = 'staff'): TicketEntry => [
  at,
  {
    type: 'Cancelled',
    data: {
      ...bookingFor(plot),
      by,
      cancelledAt: at,
      slotFreeFrom: plusMinutes(at, 7),
      sequence: 2,
      ...(by === 'staff' ? { reason: 'technical', noticeDueAt: plusHours(at, 24), newSlotDueAt: workingDaysAfter(plot, at, 2) } : {}),
    },
  },
  by === 'staff' ? clerk(plot.staffId) : citizen(plot.ticketId),
];
