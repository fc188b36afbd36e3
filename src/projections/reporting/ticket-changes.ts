import type { ReportingRow, ReportingTable, ReportingTableView } from '@tichet-albastru/event-log/ports/reporting';
import { tables, type TicketChange, type TicketFactsRow } from '../../application/kernel/ports/tables';
import { civilDateOf, isoWeekOf, minutesBetween } from '../../domain/time/civil-time';
import { hundredths } from '../kernel/numbers';
import { always, day, decimal, flag, moment, text, ticketColumns, whole } from './columns';
import { monthOf } from './turns';

const leftColumns = ({ from }: TicketChange): ReportingRow => {
  if (from.startsAt === null) return {};
  const date = civilDateOf(from.startsAt);
  return { from_starts_at: from.startsAt, from_week: isoWeekOf(date), from_month: monthOf(date) };
};

/** Art. 4 and A20 speak of an hour that is new to the citizen. */
const leadHours = ({ at, from, to }: TicketChange): number | null =>
  to?.startsAt == null || to.startsAt === from.startsAt ? null : hundredths(minutesBetween(at, to.startsAt) / 60);

const changeRow = ({ ticketId, departmentCode }: TicketFactsRow, change: TicketChange, number: number): ReportingRow => {
  const { kind, askedBy, actedBy, actor, reason, at, from, to, agreed } = change;
  const date = civilDateOf(at);
  return {
    ticket_id: ticketId,
    department_code: departmentCode,
    number,
    kind,
    asked_by: askedBy,
    acted_by: actedBy,
    actor,
    reason,
    changed_at: at,
    date,
    week: isoWeekOf(date),
    lead_hours: leadHours(change),
    ...leftColumns(change),
    to_starts_at: to?.startsAt ?? null,
    from_staff_id: from.staffId,
    to_staff_id: to?.staffId ?? null,
    from_mode: from.mode,
    to_mode: to?.mode ?? null,
    shorter_notice: agreed,
  };
};

/** What became of the hour of a ticket, one change after another. */
export const ticketChangesTable: ReportingTable<TicketFactsRow> = {
  name: 'ticket_changes',
  told: 'a change to a ticket: a move, another person, another mode, a cancellation, a lapse, somebody absent',
  version: 2,
  key: ['ticket_id', 'number'],
  indexes: [
    ['kind', 'changed_at'],
    ['department_code', 'changed_at'],
    ['week', 'department_code'],
    ['from_week', 'kind', 'department_code'],
  ],
  source: tables.ticketFacts,
  sourceKey: 'ticket_id',
  department: 'department_code',
  columns: {
    ...ticketColumns,
    number: always(whole('Which change of the ticket it is, counted from 1.')),
    kind: always(
      text(
        'What changed: `moved`, `reassigned`, `mode-changed`, `cancelled`, `lapsed`, `citizen-absent` or `staff-absent` (Art. 8, A19, A22, A23).',
      ),
    ),
    asked_by: text('Whose wish it was, `citizen` or `staff`; empty of a lapse and of an absence.'),
    acted_by: always(text('Who entered it: `citizen`, `staff` or `service`, a process of the service or another program.')),
    actor: text('The civil servant who entered it, by pseudonym; empty where nobody of the staff did.'),
    reason: text(
      'Of a move, a change of mode or a cancellation `illness`, `leave`, `bridge-day`, `technical`, `citizen-request` or `other` (A20); of a lapse its cause; empty where none was given.',
    ),
    changed_at: always(moment('When it was decided, by the clock of the service.')),
    date: always(day('The day of that, in Bucharest.')),
    week: always(text('The ISO week of that day, `2026-W09`.')),
    lead_hours: decimal(
      'Elapsed hours from then to the hour to which it came; below 48 only where the citizen agreed or asked (A20). Empty where the hour stays: nothing is asked of it then.',
    ),
    from_starts_at: moment('The start of the hour that it left, or at which it stood.'),
    from_week: text('The ISO week of that hour in Bucharest, `2026-W09`.'),
    from_month: text('The month of that hour in Bucharest, `2026-03`.'),
    to_starts_at: moment('The start of the hour to which it came; empty where it has none any more.'),
    from_staff_id: text('The civil servant who had it, by pseudonym.'),
    to_staff_id: text('The civil servant who has it from then on, by pseudonym; empty where nobody has.'),
    from_mode: text('How they were to meet before (Art. 3 d).'),
    to_mode: text('How they meet from then on; empty where they do not.'),
    shorter_notice: always(
      flag('Staff changed it and the citizen agreed on record; so the hour may be less than 48 hours after the asking (A20).'),
    ),
  },
  rowsOf: (row) => ({ rows: row.changes.map((change, index) => changeRow(row, change, index + 1)) }),
};

/** Who did not come is counted where it happened: the ticket itself may stand at an hour given afterwards (A23). */
export const attendanceView: ReportingTableView = {
  name: 'attendance',
  told: 'a department’s hours that came in an ISO week and month: held, or one of the two did not come; of a week in two months there are two',
  columns: {
    week: 'The ISO week of the hour, `2026-W09`; of an absence that of the missed hour, also where a new one was given (A23).',
    month: 'The month of the hour, `2026-03`.',
    department_code: 'The department, as the ticket stands now.',
    hours: 'Hours that came; a ticket has one for each that was missed, and one for the meeting.',
    held: 'Those in which the meeting took place.',
    citizen_absent: 'Those to which the citizen did not come (A22).',
    staff_absent: 'Those to which the civil servant did not come (A23).',
  },
  sql: (table) => `SELECT week, month, department_code, CAST(count(*) AS integer) AS hours, CAST(sum(held) AS integer) AS held,
    CAST(sum(citizen_absent) AS integer) AS citizen_absent, CAST(sum(staff_absent) AS integer) AS staff_absent
    FROM (SELECT week, month, department_code, 1 AS held, 0 AS citizen_absent, 0 AS staff_absent
      FROM ${table('tickets')} WHERE held
      UNION ALL
      SELECT from_week, from_month, department_code, 0, CASE WHEN kind = 'citizen-absent' THEN 1 ELSE 0 END,
        CASE WHEN kind = 'staff-absent' THEN 1 ELSE 0 END
      FROM ${table('ticket_changes')} WHERE kind IN ('citizen-absent', 'staff-absent')) AS hours
    GROUP BY week, month, department_code`,
};
