import type { ReportingTableView } from '@tichet-albastru/event-log/ports/reporting';

const counted = {
  tickets: 'Tickets that have, or had, an hour in it, also those cancelled since.',
  held: 'Meetings that took place.',
  held_online: 'Of those, the ones whose mode is `online` (A12).',
  to_be_recorded:
    'Of those held, the ones that were on Webex at least in part and whose citizen did not object: a recording is owed (A12, A13).',
  recorded: 'Tickets of which there is a recording, or was until the time was over for which it is kept (A13).',
  recorded_of_owed:
    'Of those to be recorded, the ones that are recorded: compare it with `to_be_recorded`, whether the duty is kept (Art. 5).',
  recorded_observed: 'Of those recorded, the ones that the video service has confirmed.',
  recorded_declared: 'Of those recorded, the ones of which only a person says so.',
  share_recorded:
    'Those recorded in percent of those held online, one decimal, as the service’s own page of figures; empty where none was held online.',
  recording_missing: 'Tickets of which somebody said that there is no recording, and why (A13).',
  recording_waived: 'Tickets whose citizen objected to a recording (A13).',
  cancelled_by_citizen: 'Tickets that the citizen cancelled (A19).',
  cancelled_by_staff: 'Tickets that staff cancelled (Art. 8).',
  moved_by_citizen: 'Moves to another hour by citizens (A19); a ticket may have several.',
  moved_by_staff: 'Moves to another hour by staff (Art. 8).',
  reassigned: 'Hours that went to another civil servant (A3).',
  citizen_absent: 'Tickets whose citizen did not come (A22).',
  staff_absent:
    'Tickets whose civil servant did not come to an hour of theirs (A23), as the service’s own page counts them: where the ticket stands now, which may be a new hour. By the hour that was missed: `attendance`.',
  resolutions_issued: 'Resolutions that were written (Art. 7).',
  resolutions_filed: 'Resolutions that are connected to the request in the register (Art. 7).',
  resolutions_sent: 'Resolutions that the mail server took (Art. 7).',
  resolutions_delivered: 'Of meetings held, the resolutions that were sent or handed over (A11).',
  resolutions_declared: 'Of those delivered, the ones of which only a person says that they were handed over.',
  average_lead_hours: 'Elapsed hours between asking and the first hour booked, on average (Art. 4).',
  average_waiting_days: 'Days between asking and the meeting as it stands, on average.',
  average_minutes: 'Length of the meetings held in minutes, on average.',
  average_resolution_minutes: 'Minutes from the end of the meeting to the delivery of the resolution, on average (A17).',
} as const;

const one = (flag: string): string => `CAST(count(*) FILTER (WHERE ${flag}) AS integer)`;
const sumOf = (column: string): string => `CAST(sum(${column}) AS integer)`;
/** As the service rounds: what misses the whole by little is not a hundred, and little is not nothing. */
export const percentIn = (part: string, all: string): string => `CAST(CASE
      WHEN ${all} = 0 THEN NULL
      WHEN ${part} < ${all} AND round(100.0 * ${part} / ${all}, 1) >= 100 THEN 99.9
      WHEN ${part} > 0 AND round(100.0 * ${part} / ${all}, 1) = 0 THEN 0.1
      ELSE round(100.0 * ${part} / ${all}, 1) END AS double precision)`;
const average = (column: string): string => `avg(CAST(${column} AS double precision))`;

const figuresBy = (period: 'week' | 'month', tickets: string): string => {
  const rows = (flag: string): string => `count(*) FILTER (WHERE ${flag})`;
  return `SELECT ${period}, department_code, CAST(count(*) AS integer) AS tickets,
    ${one('held')} AS held, ${one('held_online')} AS held_online, ${one('to_be_recorded')} AS to_be_recorded,
    ${one('recorded')} AS recorded, ${one('recorded AND to_be_recorded')} AS recorded_of_owed,
    ${one("recorded_grade = 'observed'")} AS recorded_observed,
    ${one("recorded_grade = 'declared'")} AS recorded_declared, ${percentIn(rows('recorded'), rows('held_online'))} AS share_recorded,
    ${one('recording_missing')} AS recording_missing, ${one('recording_waived')} AS recording_waived,
    ${one("cancelled_by = 'citizen'")} AS cancelled_by_citizen, ${one("cancelled_by = 'staff'")} AS cancelled_by_staff,
    ${sumOf('moved_by_citizen')} AS moved_by_citizen, ${sumOf('moved_by_staff')} AS moved_by_staff, ${sumOf('reassigned')} AS reassigned,
    ${one('citizen_absent')} AS citizen_absent, ${one('staff_absent')} AS staff_absent,
    ${one('resolution_issued_at IS NOT NULL')} AS resolutions_issued, ${one('resolution_filed_at IS NOT NULL')} AS resolutions_filed,
    ${one('resolution_sent_at IS NOT NULL')} AS resolutions_sent,
    ${one('held AND resolution_delivered_at IS NOT NULL')} AS resolutions_delivered,
    ${one("held AND resolution_grade = 'declared'")} AS resolutions_declared,
    ${average('lead_hours')} AS average_lead_hours, ${average('waiting_days')} AS average_waiting_days,
    ${average('minutes')} AS average_minutes, ${average('resolution_delivered_after_minutes')} AS average_resolution_minutes
    FROM ${tickets} WHERE ${period} IS NOT NULL GROUP BY ${period}, department_code`;
};

export const weeklyView: ReportingTableView = {
  name: 'weekly',
  told: 'the figures of a department in an ISO week, by the day of the meeting as it stands now',
  columns: { week: 'The ISO week, `2026-W09`.', department_code: 'The department.', ...counted },
  sql: (table) => figuresBy('week', table('tickets')),
};

export const monthlyView: ReportingTableView = {
  name: 'monthly',
  told: 'the figures of a department in a month, by the day of the meeting as it stands now',
  columns: { month: 'The month, `2026-03`.', department_code: 'The department.', ...counted },
  sql: (table) => figuresBy('month', table('tickets')),
};

/** Half of the resolutions took no longer than the median. It puts them in order, by an index that has all that it needs, so it stands by itself. */
export const resolutionTimesView: ReportingTableView = {
  name: 'resolution_times',
  told: 'how long the resolutions of a department took in an ISO week, by the day of the meeting (A17)',
  columns: {
    week: 'The ISO week of the meeting, `2026-W09`.',
    department_code: 'The department.',
    resolutions: 'Resolutions that were delivered.',
    average_minutes: 'Minutes from the end of the meeting to the delivery, on average.',
    median_minutes: 'Minutes that half of them did not exceed.',
    longest_minutes: 'Minutes of the one that took longest.',
    in_target: 'Those delivered by the target that the policy of then set, at first two hours (Art. 7, A17).',
  },
  sql: (table) => `SELECT week, department_code, CAST(max(of_all) AS integer) AS resolutions, avg(minutes) AS average_minutes,
    avg(minutes) FILTER (WHERE 2 * place BETWEEN of_all AND of_all + 2) AS median_minutes, max(minutes) AS longest_minutes,
    ${one('in_target')} AS in_target
    FROM (SELECT week, department_code, resolution_delivered_after_minutes AS minutes, resolution_in_target AS in_target, row_number() OVER in_order AS place,
        count(*) OVER (in_order ROWS BETWEEN UNBOUNDED PRECEDING AND UNBOUNDED FOLLOWING) AS of_all
      FROM ${table('tickets')} WHERE resolution_delivered_after_minutes IS NOT NULL
      WINDOW in_order AS (PARTITION BY week, department_code ORDER BY resolution_delivered_after_minutes)) AS delivered
    GROUP BY week, department_code`,
};
