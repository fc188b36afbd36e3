import type { Category, FactsByCategory } from '../../src/domain/facts';
import { personal } from '../../src/domain/kernel/personal-text';
import { policiesWith } from '../../src/domain/policies';

const at = '2026-03-02T08:00:00.000Z';
const later = '2026-03-05T10:00:00.000Z';
const slot = { startsAt: later, endsAt: '2026-03-05T10:15:00.000Z' };
const request = { number: '154997', filedOn: '2026-02-03' };
const ticketId = '019c0000-0001-7000-8000-000000000001';
const booking = {
  request,
  staffId: 's-17',
  department: 'Serviciul Autorizări construcții',
  departmentCode: '433',
  mode: 'online',
  slot,
  holdId: 'h-1',
} as const;
const from = { staffId: 's-16', departmentCode: '433', slot: { startsAt: at, endsAt: '2026-03-02T08:15:00.000Z' }, holdId: 'h-0' };
const policies = policiesWith();
const stamped = { policies: [policies['lead-time'], policies['booking-horizon']], calendarVersion: 'ro-2026@3' };
const clarification = {
  kind: 'clarification',
  documentNumber: '155001',
  communicatedOn: '2026-02-10',
  advertisedUntil: '2026-03-12',
  enforcedUntil: '2026-03-12',
  policy: 'clarification-window@1',
  calendarVersion: 'ro-2026@3',
  lateAdmission: false,
} as const;

type Samples = { readonly [C in Category]: { readonly [T in FactsByCategory[C]['type']]: Extract<FactsByCategory[C], { type: T }>['data'] } };

/** One fact of every type, with every optional field: what the golden files were written from. */
export const samples: Samples = {
  request: {
    RequestRegistered: {
      ...request,
      applicantName: personal('name', 'ŢURCANU ŞTEFAN'),
      subject: personal('name', 'Autorizație de construire'),
      department: 'Serviciul Autorizări construcții',
      departmentCode: '433',
      handlerStaffId: 's-17',
      status: 'in-operation',
      registeredAt: at,
    },
    HandlerAssigned: { handlerStaffId: 's-18', department: 'Serviciul Autorizări construcții', departmentCode: '433', assignedAt: at },
    AnswerCommunicated: {
      documentNumber: '155001',
      communicatedOn: '2026-02-10',
      channel: 'email',
      answeredBy: 's-17',
      advertisedUntil: '2026-03-12',
      enforcedUntil: '2026-03-12',
      policy: policies['clarification-window'],
      calendarVersion: 'ro-2026@3',
      registeredAt: at,
    },
    StatusChanged: { status: 'closed', changedAt: at },
    ApplicantCorrected: { applicantName: personal('name', 'ȚURCANU ȘTEFAN'), subject: personal('name', 'Altul'), correctedAt: at },
    TicketAdmitted: { ticketId, holdId: 'h-1', staffId: 's-17', slot, ground: clarification, admittedAt: at, until: later },
    AdmissionEnded: { ticketId, endedAt: later },
    LateAdmissionGranted: { grantedBy: 's-2', reason: personal('office', 'Răspuns primit târziu'), until: '2026-03-31', grantedAt: at },
    PersonalDataErased: { erasedAt: at, reason: personal('office', 'Cerere de ștergere') },
  },
  agenda: {
    SlotHeld: {
      holdId: 'h-1',
      ticketId,
      slot,
      heldAt: at,
      until: later,
      from: 'h-0',
      move: {
        kind: 'reschedule',
        by: 'staff',
        reason: 'other',
        reasonText: personal('contact', 'Avarie la centrală', `ticket-${ticketId}`),
        citizenAgreed: true,
        requestedAt: at,
      },
    },
    SlotConfirmed: { holdId: 'h-1', ticketId, slot, confirmedAt: at },
    SlotReleased: { holdId: 'h-1', ticketId, slot, releasedAt: at, freeFrom: later },
    TimeBlocked: { blockId: 'b-1', from: at, to: later, cause: 'absence', blockedAt: at },
    TimeUnblocked: { blockId: 'b-1', unblockedAt: at },
  },
  ticket: {
    Requested: {
      ...booking,
      ...stamped,
      reference: 'TA-0123ABCD',
      requestedAt: at,
      heldUntil: later,
      ground: clarification,
      contact: {
        name: personal('contact', 'Ștefan Țurcanu'),
        email: personal('contact', 'stefan@example.ro'),
        phone: personal('contact', '+40 700 000 000'),
        notes: personal('contact', 'Vin cu arhitectul.'),
      },
      recordingNotice: { version: '1', acceptedAt: at },
      locale: 'ro',
    },
    VerificationCodeIssued: { n: 1, issuedAt: at, expiresAt: later, heldUntil: later },
    VerificationFailed: { n: 1, failedAt: at, triesLeft: 4 },
    EmailVerified: { n: 1, verifiedAt: at, codeExpiresAt: later },
    Scheduled: { ...booking, ...stamped, requestedAt: at, scheduledAt: at, sequence: 0, invitationDueAt: later, outcomeDueAt: later },
    Lapsed: { ...booking, cause: 'not-verified', lapsedAt: at },
    Rescheduled: {
      ...booking,
      ...stamped,
      from,
      by: 'staff',
      reason: 'other',
      reasonText: personal('contact', 'Avarie la centrală'),
      citizenAgreed: true,
      requestedAt: at,
      sequence: 1,
      invitationDueAt: later,
      outcomeDueAt: later,
      noticeDueAt: later,
    },
    Reassigned: { ...booking, from, reason: personal('contact', 'Dosar preluat'), reassignedAt: at, sequence: 2 },
    MeetingLinkAttached: { joinUrl: personal('contact', 'https://webex.example/m/1'), meetingId: 'm-1', slot, attachedAt: at },
    MeetingRemoved: { meetingId: 'm-1', removedAt: later },
    InvitationSent: { letterId: 'l-1', slot, sequence: 0, withLink: true, acceptedAt: at },
    InvitationBounced: { letterId: 'l-1', bouncedAt: at, followUpDueAt: later },
    MeetingStarted: { startedAt: at, slot, staffId: 's-17' },
    Held: {
      ...booking,
      ...stamped,
      startedAt: at,
      endedAt: later,
      recordKind: 'webex-recording',
      resolutionTargetAt: later,
      resolutionHardLimitAt: later,
      recordingDueAt: later,
    },
    RecordingAttached: {
      recordingId: 'r-1',
      url: personal('record', 'https://webex.example/r/1'),
      startedAt: at,
      durationSeconds: 890,
      attachedAt: later,
    },
    RecordingWithdrawn: { recordingId: 'r-1', noticedAt: later },
    RecordingMissing: { reason: personal('record', 'Nu s-a apăsat înregistrarea'), reportedAt: at },
    RecordingWaived: { reason: personal('record', 'Nu dorește'), offeredAlternative: true, waivedAt: at },
    CitizenAbsent: { ...booking, waitedMinutes: 10, absentAt: at },
    StaffAbsent: { ...booking, absentAt: at, noticeDueAt: later, newSlotDueAt: later },
    Cancelled: {
      ...booking,
      by: 'staff',
      reason: 'illness',
      reasonText: personal('contact', 'Concediu medical'),
      cancelledAt: at,
      slotFreeFrom: later,
      sequence: 3,
      noticeDueAt: later,
      newSlotDueAt: later,
    },
    CitizenNotified: { about: 'cancelled', channel: 'email', outcome: 'accepted', notifiedAt: at, letterId: 'l-2' },
    ResolutionIssued: { conclusions: personal('record', 'Se completează dosarul.'), documentNumber: '155100', issuedBy: 's-17', issuedAt: at },
    ResolutionFiled: { documentNumber: '155100', documentType: 'Tichetul albastru', connectedTo: request, filedAt: at },
    ResolutionSent: { letterId: 'l-3', toVerifiedAddress: true, acceptedAt: at },
    ResolutionHandedOver: { channel: 'post', handedOverAt: at, proof: personal('record', 'RR123456789RO') },
    ResolutionBounced: { letterId: 'l-3', bouncedAt: at, followUpDueAt: later },
    TaskRaised: { taskId: 'k-1', kind: 'create-meeting', staffId: 's-17', raisedAt: at, dueAt: later, subjectId: 'e-1' },
    TaskDone: { taskId: 'k-1', doneAt: at },
    PersonalDataErased: { erasedAt: at, reason: personal('office', 'Cerere de ștergere') },
    ConclusionsErased: { erasedAt: at, reason: personal('office', 'Retenție: conclusions, P10Y') },
  },
  staff: {
    StaffRegistered: {
      staffId: 's-17',
      name: personal('staff', 'Ioana Mureșan'),
      email: personal('staff', 'ioana@primaria.example'),
      role: 'executive',
      department: 'Serviciul Autorizări construcții',
      departmentCode: '433',
      registeredAt: at,
    },
    WorkingHoursSet: { from: '2026-03-02', week: { mon: [['08:00', '16:00']], fri: [['08:00', '14:00']] }, setAt: at },
    AbsenceRecorded: { absenceId: 'a-1', from: at, to: later, reason: personal('staff', 'Concediu'), recordedAt: at },
    AbsenceWithdrawn: { absenceId: 'a-1', withdrawnAt: at },
    StaffLeft: { on: '2026-06-01', recordedAt: at },
  },
  calendar: {
    BridgeDayDeclared: { date: '2026-01-02', decision: 'HG 1/2026', declaredAt: at },
    WorkingDayDeclared: { date: '2026-01-10', decision: 'HG 1/2026', declaredAt: at },
    DayRestored: { date: '2026-01-10', restoredAt: at },
  },
  ops: {
    EventSkipped: { projection: 'tasks', key: 'k-1', eventId: 'e-1', reason: personal('office', 'Verificat'), skippedAt: at },
  },
};
