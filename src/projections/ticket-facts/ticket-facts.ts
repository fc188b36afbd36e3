import type { ReportingView } from '@tichet-albastru/event-log/ports/projection';
import type { Projection } from '../../application/kernel/ports/projection';
import { tables, type TicketFactsRow } from '../../application/kernel/ports/tables';
import { gradeOf } from '../../domain/audit/grades';
import type { Instant } from '../../domain/kernel/fact';
import type { Grade } from '../../domain/kernel/grade';
import type { Booking, Requested, ResolutionFiled, TicketFact } from '../../domain/ticket/facts';
import { requestedStatus, statusAfter, statusFacts } from '../../domain/ticket/status-after';
import { civilDateOf, isoWeekOf, minutesBetween } from '../../domain/time/civil-time';
import { hundredths } from '../kernel/numbers';
import { ofFirstVersion } from '../kernel/first-version';
import { ticketIdOf } from '../kernel/streams';
import { withStory } from './changes';

/** Flags are 0 and 1, instants UTC text, durations what their names say. */
const ticketFactsViews: readonly ReportingView[] = [
  {
    name: 'tickets',
    told: ofFirstVersion('One row for each ticket. Flags are 0 and 1, instants UTC text.', 'tickets'),
    sql: ({ rows, key, text, number, integer }) => `SELECT ${key} AS ticket_id, ${text('department')} AS department,
      ${text('departmentCode')} AS department_code, ${text('staffId')} AS staff_id, ${text('mode')} AS mode, ${text('ground')} AS ground,
      ${integer('lateAdmission')} AS late_admission, ${text('status')} AS status, ${text('requestedAt')} AS requested_at,
      ${text('scheduledAt')} AS scheduled_at, ${text('scheduledFor')} AS scheduled_for, ${text('week')} AS week,
      ${number('leadHours')} AS lead_hours, ${integer('rescheduledByCitizen')} AS rescheduled_by_citizen,
      ${integer('rescheduledByStaff')} AS rescheduled_by_staff, ${integer('reassigned')} AS reassigned,
      ${text('cancelledBy')} AS cancelled_by, ${integer('citizenAbsent')} AS citizen_absent, ${integer('staffAbsent')} AS staff_absent,
      ${integer('wrongCodes')} AS wrong_codes FROM ${rows}`,
  },
  {
    name: 'meetings',
    told: ofFirstVersion('One row for each meeting held. Flags are 0 and 1, instants UTC text.', 'tickets'),
    sql: ({ rows, key, text, number, integer }) => `SELECT ${key} AS ticket_id, ${text('departmentCode')} AS department_code,
      ${text('staffId')} AS staff_id, ${text('mode')} AS mode, ${text('week')} AS week, ${text('scheduledFor')} AS scheduled_for,
      ${text('startedAt')} AS started_at, ${text('endedAt')} AS ended_at, ${number('minutes')} AS minutes,
      ${text('recordKind')} AS record_kind, ${integer('recorded')} AS recorded, ${integer('recordingMissing')} AS recording_missing,
      ${integer('recordingWaived')} AS recording_waived, ${integer('resolutionIssued')} AS resolution_issued,
      ${number('resolutionAfterMinutes')} AS resolution_after_minutes, ${text('recordedGrade')} AS recorded_grade,
      ${text('resolutionGrade')} AS resolution_grade FROM ${rows} WHERE ${integer('held')} = 1`,
  },
  {
    name: 'weekly_summary',
    told: ofFirstVersion('The figures of a department in an ISO week.', 'weekly'),
    sql: ({ rows, text, number, integer }) => `SELECT ${text('week')} AS week, ${text('departmentCode')} AS department_code,
      count(*) AS tickets, sum(${integer('held')}) AS held, sum(${integer('citizenAbsent')}) AS citizen_absent,
      sum(${integer('staffAbsent')}) AS staff_absent, sum(CASE WHEN ${text('cancelledBy')} IS NULL THEN 0 ELSE 1 END) AS cancelled,
      sum(${integer('rescheduledByCitizen')} + ${integer('rescheduledByStaff')}) AS reschedulings,
      sum(${integer('recorded')}) AS recorded, sum(${integer('resolutionIssued')}) AS resolutions,
      avg(${number('minutes')}) AS average_minutes, avg(${number('resolutionAfterMinutes')}) AS average_resolution_after_minutes,
      sum(CASE WHEN ${text('recordedGrade')} = 'declared' THEN 1 ELSE 0 END) AS recorded_declared,
      sum(CASE WHEN ${text('resolutionGrade')} = 'declared' THEN 1 ELSE 0 END) AS resolutions_declared
      FROM ${rows} WHERE ${text('week')} IS NOT NULL GROUP BY ${text('week')}, ${text('departmentCode')}`,
  },
];

const requested = (ticketId: string, { data }: Requested): TicketFactsRow => ({
  ticketId,
  department: data.department,
  departmentCode: data.departmentCode,
  mode: data.mode,
  staffId: data.staffId,
  ground: data.ground.kind,
  lateAdmission: data.ground.kind === 'clarification' && data.ground.lateAdmission,
  status: requestedStatus.status,
  requestedAt: data.requestedAt,
  scheduledAt: null,
  scheduledFor: null,
  week: null,
  leadHours: null,
  held: false,
  startedAt: null,
  endedAt: null,
  minutes: null,
  recordKind: null,
  recorded: false,
  recordings: [],
  declaredRecordings: [],
  recordedGrade: null,
  recordingMissing: false,
  recordingWaived: false,
  resolutionIssued: false,
  resolutionIssuedAt: null,
  resolutionFiledAt: null,
  resolutionFiledGrade: null,
  resolutionSentAt: null,
  resolutionTargetAt: null,
  resolutionAt: null,
  resolutionGrade: null,
  resolutionAfterMinutes: null,
  rescheduledByCitizen: 0,
  rescheduledByStaff: 0,
  reassigned: 0,
  cancelledBy: null,
  citizenAbsent: false,
  staffAbsent: false,
  wrongCodes: 0,
  changes: [],
  notices: [],
});

const placedAt = (row: TicketFactsRow, { staffId, department, departmentCode, mode, slot }: Booking): TicketFactsRow => ({
  ...row,
  mode,
  staffId,
  department,
  departmentCode,
  scheduledFor: slot.startsAt,
  week: isoWeekOf(civilDateOf(slot.startsAt)),
});

/** Both may come in any order: a sending before the recorded end counts from that end as zero. */
const withDelay = (row: TicketFactsRow): TicketFactsRow => {
  if (row.resolutionAt === null || row.endedAt === null) return row;
  return { ...row, resolutionAfterMinutes: hundredths(Math.max(0, minutesBetween(row.endedAt, row.resolutionAt))) };
};

const deliveredAt = (row: TicketFactsRow, at: Instant, resolutionGrade: Grade): TicketFactsRow =>
  row.resolutionAt !== null && row.resolutionAt <= at ? row : withDelay({ ...row, resolutionAt: at, resolutionGrade });

/** What is known of a recording that was declared and then seen is that it was seen. */
const recordedBy = (row: TicketFactsRow, recordings: readonly string[], declared: readonly string[]): TicketFactsRow => ({
  ...row,
  recorded: recordings.length > 0,
  recordings,
  declaredRecordings: declared,
  recordedGrade: recordings.length === 0 ? null : declared.length === 0 ? 'observed' : 'declared',
});

/** It stands in the register since it was first said so; what the register itself has shown since is known better. */
const filed = (row: TicketFactsRow, fact: ResolutionFiled): TicketFactsRow => ({
  ...row,
  resolutionFiledAt: row.resolutionFiledAt ?? fact.data.filedAt,
  resolutionFiledGrade: row.resolutionFiledGrade === 'observed' ? 'observed' : gradeOf(fact),
});

const changed = (before: TicketFactsRow, fact: TicketFact): TicketFactsRow => {
  const { status } = statusAfter({ status: before.status, issued: before.resolutionIssued, delivered: before.resolutionAt !== null }, fact);
  const row = status === before.status ? before : { ...before, status };
  switch (fact.type) {
    case 'VerificationFailed':
      return { ...row, wrongCodes: row.wrongCodes + 1 };
    case 'Scheduled': {
      const leadHours = hundredths(minutesBetween(fact.data.requestedAt, fact.data.slot.startsAt) / 60);
      return { ...placedAt(row, fact.data), scheduledAt: row.scheduledAt ?? fact.data.scheduledAt, leadHours: row.leadHours ?? leadHours };
    }
    case 'Rescheduled': {
      const placed = placedAt(row, fact.data);
      return fact.data.by === 'citizen'
        ? { ...placed, rescheduledByCitizen: row.rescheduledByCitizen + 1 }
        : { ...placed, rescheduledByStaff: row.rescheduledByStaff + 1 };
    }
    case 'Reassigned':
      return { ...placedAt(row, fact.data), reassigned: row.reassigned + 1 };
    case 'ModeChanged':
      return { ...row, mode: fact.data.mode };
    case 'Held': {
      const { startedAt, endedAt, recordKind, resolutionTargetAt } = fact.data;
      const minutes = hundredths(minutesBetween(startedAt, endedAt));
      return withDelay({ ...row, held: true, startedAt, endedAt, minutes, recordKind, resolutionTargetAt });
    }
    case 'RecordingAttached':
    case 'RecordingWithdrawn': {
      const { recordingId } = fact.data;
      const others = (ids: readonly string[]): readonly string[] => ids.filter((id) => id !== recordingId);
      const attached = fact.type === 'RecordingAttached' ? [recordingId] : [];
      const declared = gradeOf(fact) === 'declared' ? attached : [];
      return recordedBy(row, [...others(row.recordings), ...attached], [...others(row.declaredRecordings), ...declared]);
    }
    case 'RecordingMissing':
      return { ...row, recordingMissing: true };
    case 'RecordingWaived':
      return { ...row, recordingWaived: true };
    case 'RecordingTakenBack': {
      const { what, recordingId } = fact.data;
      if (what === 'missing') return { ...row, recordingMissing: false };
      if (what === 'waived') return { ...row, recordingWaived: false };
      const others = (ids: readonly string[]): readonly string[] => ids.filter((id) => id !== recordingId);
      return recordedBy(row, others(row.recordings), others(row.declaredRecordings));
    }
    case 'HandOverTakenBack': {
      const { stands } = fact.data;
      const without: TicketFactsRow = { ...row, resolutionAt: null, resolutionGrade: null, resolutionAfterMinutes: null };
      return stands === undefined ? without : deliveredAt(without, stands.at, stands.by === 'email' ? 'observed' : 'declared');
    }
    case 'ResolutionIssued':
      return { ...row, resolutionIssued: true, resolutionIssuedAt: row.resolutionIssuedAt ?? fact.data.issuedAt };
    case 'ResolutionFiled':
      return fact.data.amendment === undefined ? filed(row, fact) : row;
    case 'FilingDisproved':
      return fact.data.amendment === undefined ? { ...row, resolutionFiledAt: null, resolutionFiledGrade: null } : row;
    case 'ResolutionSent': {
      const { acceptedAt } = fact.data;
      const { resolutionSentAt: sentAt } = row;
      return deliveredAt(
        { ...row, resolutionSentAt: sentAt === null || acceptedAt < sentAt ? acceptedAt : sentAt },
        acceptedAt,
        gradeOf(fact),
      );
    }
    case 'ResolutionHandedOver':
      return deliveredAt(row, fact.data.handedOverAt, gradeOf(fact));
    case 'Cancelled':
      return { ...row, cancelledBy: fact.data.by };
    case 'CitizenAbsent':
      return { ...row, citizenAbsent: true };
    case 'StaffAbsent':
      return { ...row, staffAbsent: true };
    default:
      return row;
  }
};

/** One row a ticket with the numbers that reports count: no verdict in it, and nothing about the citizen. */
export const ticketFacts: Projection<TicketFactsRow> = {
  name: tables.ticketFacts,
  keyedBy: 'ticket id',
  told: 'the numbers that reports count',
  version: 5,
  columns: { scheduledFor: 'text', departmentCode: 'text', staffId: 'text', week: 'text', mode: 'text' },
  looksAt: {
    ticket: [
      'Requested',
      'VerificationFailed',
      ...statusFacts,
      'ModeChanged',
      'RecordingAttached',
      'RecordingWithdrawn',
      'RecordingMissing',
      'RecordingWaived',
      'RecordingTakenBack',
      'ResolutionFiled',
      'FilingDisproved',
      'CitizenNotified',
      'InvitationBounced',
      'ResolutionBounced',
    ],
  },
  keysOf: (event) => (event.category === 'ticket' ? [ticketIdOf(event.stream)] : []),
  apply: (row, event, key) => {
    if (event.category !== 'ticket') return row;
    if (row !== undefined) return withStory(row, changed(row, event.fact), event);
    return event.fact.type === 'Requested' ? requested(key, event.fact) : undefined;
  },
  views: ticketFactsViews,
};
