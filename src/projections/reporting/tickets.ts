import type { ReportingRow, ReportingTable } from '@tichet-albastru/event-log/ports/reporting';
import { tables, type TicketChange, type TicketFactsRow } from '../../application/kernel/ports/tables';
import type { Instant } from '../../domain/kernel/fact';
import { civilDateOf, daysBetween, isoWeekOf, minutesBetween } from '../../domain/time/civil-time';
import { hundredths } from '../kernel/numbers';
import { always, day, decimal, flag, moment, staffId, text, ticketColumns, whole } from './columns';
import { attemptsOf, bouncesOf, isOfChange } from './notices';
import { monthOf } from './turns';

/** An hour that was given back, or never was a meeting's, is nobody's. */
const keepsHour = ({ scheduledFor, status }: TicketFactsRow): boolean =>
  scheduledFor !== null && status !== 'cancelled' && status !== 'lapsed';

/** A document may be there before the end of the meeting is told: then it took no time. */
const afterEnd = ({ endedAt }: TicketFactsRow, at: Instant | null): number | null =>
  endedAt === null || at === null ? null : hundredths(Math.max(0, minutesBetween(endedAt, at)));

const isInTarget = ({ resolutionTargetAt, resolutionAt }: TicketFactsRow): boolean | null =>
  resolutionTargetAt === null || resolutionAt === null ? null : resolutionAt <= resolutionTargetAt;

const newestReason = ({ changes }: TicketFactsRow, kind: TicketChange['kind']): string | null =>
  changes.findLast((change) => change.kind === kind)?.reason ?? null;

const placeColumns = ({ scheduledFor, requestedAt }: TicketFactsRow): ReportingRow => {
  if (scheduledFor === null) return {};
  const date = civilDateOf(scheduledFor);
  return {
    starts_at: scheduledFor,
    meeting_date: date,
    week: isoWeekOf(date),
    month: monthOf(date),
    waiting_days: daysBetween(civilDateOf(requestedAt), date),
  };
};

const resolutionColumns = (row: TicketFactsRow): ReportingRow => ({
  resolution_issued_at: row.resolutionIssuedAt,
  resolution_issued_after_minutes: afterEnd(row, row.resolutionIssuedAt),
  resolution_filed_at: row.resolutionFiledAt,
  resolution_filed_after_minutes: afterEnd(row, row.resolutionFiledAt),
  resolution_filed_grade: row.resolutionFiledGrade,
  resolution_sent_at: row.resolutionSentAt,
  resolution_sent_after_minutes: afterEnd(row, row.resolutionSentAt),
  resolution_delivered_at: row.resolutionAt,
  resolution_delivered_after_minutes: row.resolutionAfterMinutes,
  resolution_in_target: isInTarget(row),
  resolution_grade: row.resolutionGrade,
});

const ticketRow = (row: TicketFactsRow): ReportingRow => ({
  ticket_id: row.ticketId,
  department_code: row.departmentCode,
  staff_id: row.staffId,
  mode: row.mode,
  ground: row.ground,
  late_admission: row.lateAdmission,
  status: row.status,
  requested_at: row.requestedAt,
  scheduled_at: row.scheduledAt,
  ...placeColumns(row),
  booked: keepsHour(row),
  lead_hours: row.leadHours,
  shorter_notice: row.changes.some(({ agreed }) => agreed),
  moved_by_citizen: row.rescheduledByCitizen,
  moved_by_staff: row.rescheduledByStaff,
  reassigned: row.reassigned,
  cancelled_by: row.cancelledBy,
  cancel_reason: newestReason(row, 'cancelled'),
  lapse_reason: newestReason(row, 'lapsed'),
  citizen_absent: row.citizenAbsent,
  staff_absent: row.staffAbsent,
  wrong_codes: row.wrongCodes,
  notices: attemptsOf(row).filter(isOfChange).length,
  bounces: bouncesOf(row),
  held: row.held,
  held_online: row.held && row.mode === 'online',
  to_be_recorded: row.held && row.recordKind === 'webex-recording' && !row.recordingWaived,
  started_at: row.startedAt,
  ended_at: row.endedAt,
  minutes: row.minutes,
  recorded: row.recorded,
  recorded_grade: row.recordedGrade,
  recording_missing: row.recordingMissing,
  recording_waived: row.recordingWaived,
  ...resolutionColumns(row),
});

/** The numbers of one ticket, flat: what the views count and what a report of one's own counts otherwise. */
export const ticketsTable: ReportingTable<TicketFactsRow> = {
  name: 'tickets',
  told: 'a blue ticket, with where it stands, when, how and what came of it',
  version: 2,
  key: ['ticket_id'],
  indexes: [
    ['week', 'department_code', 'resolution_delivered_after_minutes', 'resolution_in_target'],
    ['month', 'department_code'],
    ['meeting_date'],
    ['staff_id', 'meeting_date'],
    ['requested_at'],
  ],
  source: tables.ticketFacts,
  sourceKey: 'ticket_id',
  department: 'department_code',
  columns: {
    ...ticketColumns,
    staff_id: always(staffId),
    mode: always(text('How they meet (Art. 3 d): `online`, `phone` or `in-person`, as it stands now.')),
    ground: always(text('Why there may be a ticket (Art. 2): `in-operation`, `clarification` or, of Art. 8, `new-hour-owed`.')),
    late_admission: always(flag('The 30 days were over and a head admitted the request all the same (A27).')),
    status: always(
      text(
        'Where it stands: `awaiting-code`, `scheduled`, `in-progress`, `held`, `resolved`, `concluded`, `lapsed`, `cancelled`, `citizen-absent` or `staff-absent`.',
      ),
    ),
    requested_at: always(moment('When the ticket was asked for (Art. 3).')),
    scheduled_at: moment('When it was booked for the first time (Art. 4); empty where it never was.'),
    starts_at: moment('The start of the hour at which it stands now, or stood last (Art. 6); empty where it was never booked.'),
    meeting_date: day('The day of that hour, in Bucharest.'),
    week: text('The ISO week of that day, `2026-W09`.'),
    month: text('The month of that day, `2026-03`.'),
    booked: always(flag('It has an hour and keeps it: booked, and neither cancelled nor lapsed. Such an hour counts as taken.')),
    lead_hours: decimal('Elapsed hours between the asking and the first hour that was booked (Art. 4).'),
    waiting_days: whole('Days between the day of asking and the day of the meeting as it stands now; 0 on the same day.'),
    shorter_notice: always(
      flag('The citizen agreed on record to what staff changed; so the hour may be less than 48 hours after the asking (A20).'),
    ),
    moved_by_citizen: always(whole('How often the citizen moved it to another hour (A19).')),
    moved_by_staff: always(whole('How often staff did (Art. 8).')),
    reassigned: always(whole('How often the same hour went to another civil servant (Art. 1, A3).')),
    cancelled_by: text('Whose wish it was: `citizen` (A19) or `staff` (Art. 8); empty where it was not cancelled.'),
    cancel_reason: text(
      'Why: `illness`, `leave`, `bridge-day`, `technical`, `citizen-request` or `other` (A20); empty where none was given.',
    ),
    lapse_reason: text(
      'Why it ended before it was ever booked (A9, A24): `not-verified`, `never-requested`, `slot-lost`, `too-many-tickets`, `same-hour` or `withdrawn`.',
    ),
    citizen_absent: always(flag('The citizen did not come (A22).')),
    staff_absent: always(flag('The civil servant did not come (A23); it stays so where a new hour was given afterwards.')),
    wrong_codes: always(whole('Wrong codes that were entered (A9).')),
    notices: always(whole('How often somebody told the citizen of a change, or tried to (A21).')),
    bounces: always(whole('Letters about it that came back: notices, invitations and resolutions.')),
    held: always(flag('The meeting took place (Art. 6).')),
    held_online: always(
      flag('It took place and its mode is `online`: the denominator of the share recorded that the service shows (A12).'),
    ),
    to_be_recorded: always(
      flag('It took place on Webex, at least in part, and the citizen did not object: a recording of it is owed (Art. 5, A12, A13).'),
    ),
    started_at: moment('When it really began (A18).'),
    ended_at: moment('When it really ended.'),
    minutes: decimal('Its real length in minutes.'),
    recorded: always(flag('There is a recording of it (Art. 5), or there was until the time was over for which it is kept (A13).')),
    recorded_grade: text('How that is known: `observed` by the video service, or `declared` by a person; of several the weakest.'),
    recording_missing: always(flag('Somebody said that there is no recording, and why (A13).')),
    recording_waived: always(flag('The citizen objected to a recording and was offered another way (A13).')),
    resolution_issued_at: moment('When the conclusions were written (Art. 7).'),
    resolution_issued_after_minutes: decimal('Minutes from the end of the meeting until then; 0 where it came before.'),
    resolution_filed_at: moment('When the document was connected to the request in the register (Art. 7); empty once that was disproved.'),
    resolution_filed_after_minutes: decimal('Minutes from the end of the meeting until then; 0 where it came before.'),
    resolution_filed_grade: text('How that is known: `observed` by the register, or `declared` by a person.'),
    resolution_sent_at: moment('When the mail server first took the letter with it (Art. 7), also where it came back.'),
    resolution_sent_after_minutes: decimal('Minutes from the end of the meeting until then; 0 where it came before.'),
    resolution_delivered_at: moment(
      'When it first was sent, or handed over with proof where there is no e-mail (A11); a letter that came back afterwards still counts as sent (`bounces`).',
    ),
    resolution_delivered_after_minutes: decimal('Minutes from the end of the meeting until then (A17); 0 where it came before.'),
    resolution_in_target: flag(
      'It was delivered by the target of the policy in force at the meeting, at first two hours after its end (Art. 7, A17); empty while it was not delivered.',
    ),
    resolution_grade: text('How the delivery is known: `observed` by the mail server, or `declared` by a person who handed it over.'),
  },
  rowsOf: (row) => ({ rows: [ticketRow(row)] }),
};
