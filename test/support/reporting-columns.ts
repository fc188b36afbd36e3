import { tableCheckIds } from '../../src/domain/audit/judge';

/** The reporting views and their columns, as docs/projections.md promises them: stable for whoever draws reports. */
export const reportingColumns = {
  tickets:
    'ticket_id department department_code staff_id mode ground late_admission status requested_at scheduled_at scheduled_for week lead_hours rescheduled_by_citizen rescheduled_by_staff reassigned cancelled_by citizen_absent staff_absent wrong_codes',
  meetings:
    'ticket_id department_code staff_id mode week scheduled_for started_at ended_at minutes record_kind recorded recording_missing recording_waived resolution_issued resolution_after_minutes recorded_grade resolution_grade',
  verdicts: `ticket_id department_code staff_id mode starts_at record_kind overall warnings waived as_of next_change_at ${tableCheckIds.join(' ').toLowerCase()} grade confirmable_by ${tableCheckIds.map((id) => `${id.toLowerCase()}_grade`).join(' ')}`,
  eligibility:
    'request_number filed_on status department_code communicated_on advertised_until enforced_until late_admission_until active_ticket_id',
  weekly_summary:
    'week department_code tickets held citizen_absent staff_absent cancelled reschedulings recorded resolutions average_minutes average_resolution_after_minutes recorded_declared resolutions_declared',
} as const;
