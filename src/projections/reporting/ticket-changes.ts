import type { ReportingRow, ReportingTable } from '../../application/kernel/ports/reporting';
import { tables, type TicketChange, type TicketFactsRow } from '../../application/kernel/ports/tables';
import { civilDateOf, isoWeekOf, minutesBetween } from '../../domain/time/civil-time';
import { hundredths } from '../kernel/numbers';
import { always, day, decimal, flag, moment, text, ticketColumns, whole } from './columns';

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
    lead_hours: to?.startsAt == null ? null : hundredths(minutesBetween(at, to.startsAt) / 60),
    from_starts_at: from.startsAt,
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
  version: 1,
  key: ['ticket_id', 'number'],
  indexes: [
    ['kind', 'changed_at'],
    ['department_code', 'changed_at'],
    ['week', 'department_code'],
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
    lead_hours: decimal('Elapsed hours from then to the hour to which it came; below 48 only where the citizen agreed or asked (A20).'),
    from_starts_at: moment('The start of the hour that it left, or at which it stood.'),
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
