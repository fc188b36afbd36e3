import type { ReportingView } from '../../application/kernel/ports/projection';

/** Flags are 0 and 1, instants UTC text, durations what their names say. */
export const ticketFactsViews: readonly ReportingView[] = [
  {
    name: 'tickets',
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
    sql: ({ rows, key, text, number, integer }) => `SELECT ${key} AS ticket_id, ${text('departmentCode')} AS department_code,
      ${text('staffId')} AS staff_id, ${text('mode')} AS mode, ${text('week')} AS week, ${text('scheduledFor')} AS scheduled_for,
      ${text('startedAt')} AS started_at, ${text('endedAt')} AS ended_at, ${number('minutes')} AS minutes,
      ${text('recordKind')} AS record_kind, ${integer('recorded')} AS recorded, ${integer('recordingMissing')} AS recording_missing,
      ${integer('recordingWaived')} AS recording_waived, ${integer('resolutionIssued')} AS resolution_issued,
      ${number('resolutionAfterMinutes')} AS resolution_after_minutes FROM ${rows} WHERE ${integer('held')} = 1`,
  },
  {
    name: 'weekly_summary',
    sql: ({ rows, text, number, integer }) => `SELECT ${text('week')} AS week, ${text('departmentCode')} AS department_code,
      count(*) AS tickets, sum(${integer('held')}) AS held, sum(${integer('citizenAbsent')}) AS citizen_absent,
      sum(${integer('staffAbsent')}) AS staff_absent, sum(CASE WHEN ${text('cancelledBy')} IS NULL THEN 0 ELSE 1 END) AS cancelled,
      sum(${integer('rescheduledByCitizen')} + ${integer('rescheduledByStaff')}) AS reschedulings,
      sum(${integer('recorded')}) AS recorded, sum(${integer('resolutionIssued')}) AS resolutions,
      avg(${number('minutes')}) AS average_minutes, avg(${number('resolutionAfterMinutes')}) AS average_resolution_after_minutes
      FROM ${rows} WHERE ${text('week')} IS NOT NULL GROUP BY ${text('week')}, ${text('departmentCode')}`,
  },
];
